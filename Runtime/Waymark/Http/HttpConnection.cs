using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waymark.Buffers;
using Waymark.Connections;
using Waymark.Http.Body;
using Waymark.Http.Parsing;
using Waymark.Http.Writing;
using Waymark.Transport;

namespace Waymark.Http;

/// <summary>THE LOOP: speaks HTTP/1.1 on one connection until it ends (RFC 9112 section 9).</summary>
/// <remarks>
/// <code>
///                +---------------------------- another head is buffered ----------------------------+
///                v                                                                                  |
///  receive --> parse --(Done)--> frame the body --> handler --> write the answer --(keep)--> drain the body
///     ^          |                                                     |
///     |       NeedMore: send the burst, then receive                 (last): send, shut down writing, linger
///     +----------+                                                     |
///                +--(Rejected)--> prepared answer ---------------------+
/// </code>
/// One receive and one send are pending at most: the loop awaits the handler before it receives or sends again, and a
/// handler awaits what it starts. Heads and chunked bodies come through <see cref="ReceiveAsync"/>; a body of known
/// length goes straight into its reader's memory. Answers leave through <see cref="FlushAsync"/>; large ones of known
/// length are sent from where they lie. A burst of pipelined requests is one send while its answers stay below 64 KiB.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync ends with giving its buffers back.")]
internal sealed partial class HttpConnection
{
    private const int DrainBytesMax = 64 * 1024;
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);

    private readonly ConnectionContext _context;
    private readonly Connection _connection;
    private readonly HttpServices _services;
    private readonly ReceiveBuffer _input = new();
    private readonly OutputBuffer _output = new();
    private readonly ResponseWriter _writer;
    private readonly Exchange _exchange;
    private bool _isClosing;
    private bool _isAborted;
    private bool _isFirst = true;
    private bool _isHeadTimed;
    private bool _isDraining;
    private bool _isLeftBehind;

    public HttpConnection(ConnectionContext context, HttpServices services)
    {
        _context = context;
        _connection = context.Connection;
        _services = services;
        _writer = new ResponseWriter(this, _output, services.Date);
        _exchange = new Exchange(context.Info, new Request(this, services.Limits), new Response(_writer))
        {
            Owner = this,
            Turns = services.Turns,
        };
        if (services.Services is not null)
            _exchange.ServerServices = services.Services;
        _exchange.Request.Peer = _connection.RemoteEndPoint;
        if (_connection.Tls is not null)
            _exchange.Request.ConnectionScheme = "https";
        _exchange.Request.Head.Reset();
        context.SendFloor = services.SendFloor;
        _connection.Observer = this;
    }

    /// <summary>True where the answer carries no body: RFC 9110 section 9.3.2.</summary>
    public bool IsHeadRequest => _exchange.Request.Verb == CompilerServices.Verbs.Head;

    public bool IsHttp10 => _exchange.Request.IsHttp10;

    /// <summary>The Connection field line of the answer; empty for HTTP/1.1 that goes on.</summary>
    public ReadOnlySpan<byte> ConnectionLine => IsLast() ? "Connection: close\r\n"u8
        : IsHttp10 ? "Connection: keep-alive\r\n"u8
        : default;

    /// <summary>Makes this answer the last one.</summary>
    public void CloseAfterAnswer() => _isClosing = true;

    public async Task RunAsync()
    {
        try
        {
            await ServeAsync().ConfigureAwait(false);
        }
        finally
        {
            _serverAbort.Unregister();
            _exchange.Request.Body.End(_isLeftBehind);
            if (!_isLeftBehind)
            {
                _input.Dispose();
                _output.Dispose();
            }
        }
    }

    private async Task ServeAsync()
    {
        ServerLimits limits = _services.Limits;
        while (true)
        {
            ParseResult result = RequestParser.Parse(
                _input.Unread, limits, ref _exchange.Request.Head, _services.TargetRules);
            if (result == ParseResult.NeedMore)
            {
                if (_output.Length > 0)
                    await FlushAsync().ConfigureAwait(false);
                AwaitHead(limits);
                if (TryReturnInput())
                    await _connection.ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false);
                if (await ReceiveAsync(limits.RequestLineBytesMax + limits.HeaderBytesMax + 4).ConfigureAwait(false))
                    continue;
                NoteEndOfInput();
                if (_context.HasTimedOut && _input.UnreadLength > 0)
                    Refuse(RequestRejection.HeadTimedOut);
                break;
            }

            if (result == ParseResult.Rejected)
            {
                Refuse(_exchange.Request.Head.Rejection);
                break;
            }

            Begin();

            // A client may wait for the answers before, until it sends this body.
            if (_output.Length > 0 && !_exchange.Request.Body.HasArrived)
                await FlushAsync().ConfigureAwait(false);
            ValueTask handling = Handle();
            if (!handling.IsCompletedSuccessfully)
                await handling.ConfigureAwait(false);
            if (_exchange.DisposableCount > 0)
                await _exchange.DisposeRegisteredAsync(_services.Logger).ConfigureAwait(false);
            if (!TryFinish())
            {
                await AbortAsync().ConfigureAwait(false);
                return;
            }

            // A burst of large answers must not pile up behind a client that takes none.
            if (_output.Length >= ResponseWriter.PendingBytesMax)
                await FlushAsync().ConfigureAwait(false);

            // From here on only what the head has told the client counts: a stop that began since meets the next
            // request.
            if (!_exchange.Request.Body.IsComplete && !_isClosing)
                await DrainBodyAsync().ConfigureAwait(false);
            if (_isClosing)
                break;
            End();
        }

        await CloseAsync().ConfigureAwait(false);
    }

    /// <summary>Ends with a reset; the whole answers before the broken one are sent first.</summary>
    private async ValueTask AbortAsync()
    {
        if (!_writer.HasStarted && !_isLeftBehind)
        {
            _writer.DropBody();
            await FlushAsync().ConfigureAwait(false);
        }

        if (_isSilenced && !_isLeftBehind)
        {
            _context.EndReason = ConnectionEnds.Fault;
            await CloseAsync().ConfigureAwait(false);
            return;
        }

        _context.EndReason = ConnectionEnds.Aborted;
        _connection.Abort();
    }

    private void AwaitHead(ServerLimits limits)
    {
        if (_input.UnreadLength == 0)
        {
            _context.IsIdle = true;
            _output.ReturnBlock();
            _context.State = _isFirst ? ConnectionState.New : ConnectionState.KeepAlive;
            SetDeadline(_isFirst ? limits.FirstByteTimeout : limits.KeepAliveTimeout);
        }
        else if (!_isHeadTimed)
        {
            // Once for a head, from its first byte on: a drip does not move the deadline.
            _context.IsIdle = _isFirst = false;
            _context.State = ConnectionState.Reading;
            _isHeadTimed = true;
            SetDeadline(limits.HeadTimeout);
        }
    }

    private void Begin()
    {
        _context.IsIdle = _isFirst = _isHeadTimed = false;
        _context.ClearDeadline();
        Request request = _exchange.Request;
        request.Begin(_input.Block, _input.UnreadOffset);
        _input.Consume(request.Head.HeadBytes);
        _input.Hold();
        request.Body.Begin(in request.Head);
        _bodyBytes = _input.UnreadLength;
        _bodyWaited = TimeSpan.Zero;
        _writer.Begin();
        _isClosing = _context.BeginRequest() >= _services.Policy.RequestsMax || IsCloseAsked;
    }

    private ValueTask Handle()
    {
        RequestRejection rejection = CountLimits.Check(_exchange.Request, _services.Limits);
        if (rejection != RequestRejection.None)
        {
            // Where the request ends is certain, but whoever sends this is not answered further.
            _isClosing = true;
            ProblemWriter.Write(_exchange.Response, Refusals.TypeOf(rejection), Refusals.DetailOf(rejection));
            return ValueTask.CompletedTask;
        }

        if (_exchange.Request.Head.Has(HeadFacts.ExpectOther))
        {
            ProblemWriter.Write(_exchange.Response, 417, "Only 100-continue can be expected.");
            return ValueTask.CompletedTask;
        }

        try
        {
            ValueTask handling = _services.Turns.MustHop(SlowTurns.NoRoute)
                ? HandleOnPoolAsync()
                : _services.Handler(_exchange);
            return handling.IsCompletedSuccessfully ? handling : AwaitHandlerAsync(handling);
        }
        catch (Exception exception)
        {
            return FailAsync(exception);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitHandlerAsync(ValueTask handling)
    {
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await FailAsync(exception).ConfigureAwait(false);
        }
    }

    private bool Complete()
    {
        _context.State = ConnectionState.Writing;
        if (_isAborted)
            return false;
        if (_writer.TryComplete(_exchange.Response))
            return true;
        HttpLog.AnswerTooShort(_services.Logger, _exchange.Request.Method, _exchange.Request.Path);
        return false;
    }

    private void End()
    {
        _exchange.Request.Body.End();
        _exchange.Request.Head.Reset();
        _exchange.Response.Reset();
        _exchange.Reset();
        _input.Release();
    }

    /// <summary>Decided anew until the head is written: a stop may begin while a handler runs.</summary>
    private bool IsLast()
    {
        if (!_isClosing && (_context.IsStopping || MustCloseForBody() || IsCloseDueToStatus))
            _isClosing = true;
        return _isClosing;
    }

    /// <summary>
    /// True where the body or the rest of it is too long to be dropped, or where it is open whether the client sends it
    /// at all (RFC 9110 section 10.1.1). A handler that answers while it reads is expected to read on.
    /// </summary>
    private bool MustCloseForBody()
    {
        RequestBody body = _exchange.Request.Body;
        return body.HasFailed || body.IsTooLarge || _context.HasTimedOut
            || (!body.IsComplete && (body.IsContinueExpected || (body.Remaining > DrainBytesMax && !IsReadOn(body))));
    }

    private bool IsReadOn(RequestBody body) => body.IsBegun && _context.State == ConnectionState.Processing;

    private async ValueTask DrainBodyAsync()
    {
        // The answer first: the client may wait for it before it sends the rest.
        await FlushAsync().ConfigureAwait(false);
        byte[] scratch = BlockPool.Rent(BlockPool.BlockBytesMin);
        _isDraining = true;
        SetDeadline(LingerTime);
        try
        {
            long total = 0;
            while (!_exchange.Request.Body.IsComplete)
            {
                int count = await _exchange.Request.Body.ReadEncodedAsync(scratch).ConfigureAwait(false);
                total += count;
                if (count == 0)
                    break;
                if (total > DrainBytesMax)
                {
                    _isClosing = true;
                    break;
                }
            }
        }
        catch (BadRequestException)
        {
            // The answer is out already; what follows cannot be trusted.
            _isClosing = true;
        }
        finally
        {
            _isDraining = false;
            BlockPool.Return(scratch);
        }
    }

    private void Refuse(RequestRejection rejection)
    {
        if (_services.Logger.IsEnabled(LogLevel.Debug))
        {
            HttpLog.RequestRefused(
                _services.Logger, _context.Id, Refusals.StatusOf(rejection), Refusals.DetailOf(rejection));
        }

        _context.EndReason = Refusals.ReasonOf(rejection);
        // RFC 9110 section 9.3.2: an answer to HEAD has no body, not even this one.
        bool isHead = _exchange.Request.Verb == CompilerServices.Verbs.Head;
        _output.Write(Refusals.StatusLine(rejection));
        _output.Write(_services.Date.Line);
        _output.Write(isHead ? Refusals.RestOfHead(rejection) : Refusals.Rest(rejection));
    }

    /// <summary>
    /// Sends what is left, shuts down writing and reads for a while, so that the peer sees the answer and not a reset
    /// (RFC 9112 section 9.6).
    /// </summary>
    private async ValueTask CloseAsync()
    {
        _context.IsIdle = false;
        await FlushAsync().ConfigureAwait(false);
        NoteLastAnswer();
        _context.State = ConnectionState.Closing;
        _connection.ShutdownSend();
        if (_context.HasTimedOut)
            return;
        SetDeadline(LingerTime);
        byte[] scratch = BlockPool.Rent(BlockPool.BlockBytesMin);
        try
        {
            while (await _connection.ReceiveAsync(scratch).ConfigureAwait(false) > 0)
            {
                // What comes after the last answer is dropped; the deadline ends it.
            }
        }
        finally
        {
            BlockPool.Return(scratch);
        }
    }

    private void SetDeadline(TimeSpan limit) => _context.SetDeadline(limit, _services.Time);
}
