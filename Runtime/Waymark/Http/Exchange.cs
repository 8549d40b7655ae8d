using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark;

/// <summary>One request and its response.</summary>
/// <remarks>
/// Pooled per connection: valid until the handler's task ends, never afterwards. Not safe for use by several threads at
/// once.
/// </remarks>
public sealed class Exchange
{
    private byte[] _scratch = [];
    private int _scratchLength;
    private List<object>? _disposables;
    private IServiceProvider? _services;

    // Bytes, so that giving an id allocates nothing; text once somebody asks for it.
    private byte[] _requestIdBytes = [];
    private int _requestIdLength;
    private string? _requestId;

    internal Exchange(ConnectionInfo connection, Request request, Response response)
    {
        Connection = connection;
        Request = request;
        Response = response;
    }

    /// <summary>The connection that the request came on.</summary>
    public ConnectionInfo Connection { get; }

    /// <summary>What the client asked for.</summary>
    public Request Request { get; }

    /// <summary>What it gets.</summary>
    public Response Response { get; }

    /// <summary>
    /// Cancelled when the client has reset the connection, when the server's drain time is over, and when a
    /// <see cref="RequestTimeout"/> around the handler is: a handler that still runs should give up.
    /// </summary>
    /// <remarks>
    /// The client is watched from the first use in an exchange on, about once a second, where the transport can tell
    /// (TCP on Linux). One that has only finished sending is not gone: it may wait for its answer (RFC 9112 section
    /// 9.6). So a client that closes while it is sent a stream is noticed by the second write after that, since the
    /// first one makes its system reset the connection. The token is that of the connection: take back what was
    /// registered on it when the handler ends.
    /// </remarks>
    public CancellationToken RequestAborted => Deadline?.Observe(ObserveAbort()) ?? ObserveAbort();

    /// <summary>The connection that serves this; null where there is none, in tests.</summary>
    internal HttpConnection? Owner { get; init; }

    /// <summary>
    /// True where the client asks to change to a protocol on this connection, and nothing stands in the way: the
    /// request is HTTP/1.1 without a body, has <c>Connection: upgrade</c> and lists the protocol in <c>Upgrade</c>, and
    /// the answer has not started.
    /// </summary>
    /// <param name="protocol">For example <c>websocket</c>; compared without its case.</param>
    public bool CanUpgrade(ReadOnlySpan<byte> protocol) => Owner?.CanUpgrade(protocol) ?? false;

    /// <summary>
    /// Answers with 101 (Switching Protocols) and the header fields that are set, and hands the connection over: RFC
    /// 9110 section 7.8.
    /// </summary>
    /// <remarks>
    /// The stream gives what came behind the request first. It is asynchronous only, takes one read and one write at a
    /// time, and ends with the handler's task: then the connection is closed. A read throws <see cref="IOException"/>
    /// when nothing came for its <see cref="Stream.ReadTimeout"/>, at first
    /// <see cref="ServerLimits.KeepAliveTimeout"/>; a write has <see cref="ServerLimits.SendTimeout"/>. At the end of a
    /// stop's drain time <see cref="RequestAborted"/> is cancelled and reads end. CONNECT is not supported.
    /// </remarks>
    /// <param name="protocol">One that <see cref="CanUpgrade"/> is true for.</param>
    /// <returns>The connection; valid until the handler's task ends.</returns>
    /// <exception cref="InvalidOperationException"><see cref="CanUpgrade"/> is false for the protocol.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public ValueTask<Stream> UpgradeAsync(ReadOnlySpan<byte> protocol)
    {
        if (!CanUpgrade(protocol))
        {
            throw new InvalidOperationException(
                "The client has not asked for this protocol, or the answer has started: see Exchange.CanUpgrade.");
        }

        Owner!.WriteSwitch(protocol);
        return Owner.UpgradeAsync();
    }

    /// <summary>
    /// What <see cref="NetworkServerOptions.Services"/> gives; without them, a provider that has nothing. Where those
    /// know scopes, the first use in an exchange opens one, which ends with it.
    /// </summary>
    public IServiceProvider Services => _services ?? OpenServices();

    /// <summary>
    /// The id by which the request is found in logs, also those of other services, where the server uses
    /// <see cref="Waymark.RequestId"/>; null elsewhere.
    /// </summary>
    /// <remarks>Visible ASCII without quotes, 1 to 128 characters.</remarks>
    public string? RequestId =>
        _requestIdLength == 0 ? null : _requestId ??= Encoding.ASCII.GetString(RequestIdBytes);

    /// <summary>The same as ASCII; empty for none.</summary>
    internal ReadOnlySpan<byte> RequestIdBytes => _requestIdBytes.AsSpan(0, _requestIdLength);

    /// <summary>
    /// Who sends the request; null where nobody has found out. Authentication (docs/middleware/authentication.md) sets
    /// it, as any middleware may.
    /// </summary>
    public Principal? User { get; set; }

    /// <summary>What a 401 asks for.</summary>
    internal ChallengeList Challenges;

    /// <summary>The services of the server.</summary>
    internal IServiceProvider ServerServices { get; set; } = NoServices.Instance;

    /// <summary>The routes that are too slow for a transport's thread; null without a server, in tests.</summary>
    internal SlowTurns? Turns { get; init; }

    /// <summary>The index of the route whose handler runs; <see cref="SlowTurns.NoRoute"/> before.</summary>
    internal int Route { get; set; } = SlowTurns.NoRoute;

    /// <summary>
    /// Where the middleware of a route runs for a preflight: the methods that the path answers. None otherwise.
    /// </summary>
    internal Verbs PreflightAllow { get; set; }

    /// <summary>
    /// The timestamp at which the outermost middleware that measures began; 0 where none does.
    /// </summary>
    internal long StartedAt { get; set; }

    /// <summary>The span of the request; null where nobody listens.</summary>
    internal Activity? Span { get; set; }

    /// <summary>The captures of the matched route.</summary>
    internal RouteMatch Match;

    /// <summary>
    /// Memory for decoded text; valid until the exchange ends. Kept, so that the next one needs no new.
    /// </summary>
    internal Span<byte> Scratch(int length)
    {
        // Multiples of two keep what is used for characters aligned. An array that is too small stays with the spans
        // that point into it.
        int rounded = (length + 1) & ~1;
        if (_scratch.Length - _scratchLength < rounded)
        {
            _scratch = new byte[Math.Max(256, Math.Max(rounded, _scratch.Length * 2))];
            _scratchLength = 0;
        }

        Span<byte> taken = _scratch.AsSpan(_scratchLength, length);
        _scratchLength += rounded;
        return taken;
    }

    /// <summary>
    /// Has a callback run once, just before the head of the answer is put together: the last moment at which status and
    /// header fields can be set, whether the handler ended, flushed or failed. The last one registered runs first.
    /// </summary>
    /// <remarks>
    /// A static callback costs nothing. What it throws is logged, and the answer goes on. None runs where no answer is
    /// sent: the connection is aborted, or refused before any handler.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void OnStarting(Action<Exchange> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (Response.HasStarted)
            throw new InvalidOperationException("The answer has started: register before the first flush.");
        Starting.Add(callback);
    }

    /// <summary>
    /// Has a callback run once, when the answer is written or given up: <see cref="Response.StatusCode"/> is the one
    /// that was sent. The last one registered runs first.
    /// </summary>
    /// <remarks>A static callback costs nothing. What it throws is logged.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public void OnCompleted(Action<Exchange> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Completed.Add(callback);
    }

    /// <summary>Runs when the head is put together.</summary>
    internal ExchangeCallbacks Starting;

    /// <summary>Runs when the answer is written or given up.</summary>
    internal ExchangeCallbacks Completed;

    /// <summary>What the handler let through; null where it ended well.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>True where the answer was given up: the connection ends without all of it.</summary>
    internal bool IsCutOff { get; set; }

    /// <summary>The status code that the client got; 0 where the connection ended before any.</summary>
    internal int SentStatus => Owner is { IsUpgraded: true } ? 101
        : IsCutOff && !Response.HasStarted ? 0
        : Response.StatusCode;

    /// <summary>How many bytes of body went out, without those that frame it.</summary>
    internal long SentBodyBytes => IsCutOff && !Response.HasStarted ? 0 : Response.KeptBytes;

    /// <summary>Room for a new request id.</summary>
    internal Span<byte> TakeRequestId(int length)
    {
        if (_requestIdBytes.Length < length)
            _requestIdBytes = new byte[Math.Max(32, length)];
        _requestIdLength = length;
        _requestId = null;
        return _requestIdBytes.AsSpan(0, length);
    }

    /// <summary>What a <see cref="RequestTimeout"/> gives the handler; null where there is none.</summary>
    internal RequestDeadline? Deadline { get; set; }

    /// <summary>True where a policy has said which origins may read the answer: the innermost one counts.</summary>
    internal bool IsCorsDecided { get; set; }

    /// <summary>Makes ready for the next exchange.</summary>
    internal void Reset()
    {
        IsCorsDecided = false;
        Deadline = null;
        Starting.Clear();
        Failure = null;
        User = null;
        Challenges.Clear();
        _scratchLength = 0;
        _services = null;
        Route = SlowTurns.NoRoute;
        PreflightAllow = Verbs.None;
        StartedAt = 0;
        Span = null;
        _requestIdLength = 0;
    }

    /// <summary>True where something waits for the end of this exchange.</summary>
    internal int DisposableCount => _disposables?.Count ?? 0;

    /// <summary>
    /// Has an <see cref="IAsyncDisposable"/>, else an <see cref="IDisposable"/>, disposed when the handler's task has
    /// ended, however it ended; the last one first.
    /// </summary>
    internal void RegisterForDispose(object disposable)
    {
        if (disposable is not (IAsyncDisposable or IDisposable))
            throw new ArgumentException("Neither IAsyncDisposable nor IDisposable.", nameof(disposable));
        (_disposables ??= []).Add(disposable);
    }

    /// <summary>Disposes what was registered; what fails at it is logged, and the rest has its turn.</summary>
    internal async ValueTask DisposeRegisteredAsync(ILogger logger)
    {
        // What is disposed may register more: the list is read anew each time.
        while (_disposables is { Count: > 0 } rest)
        {
            object last = rest[^1];
            rest.RemoveAt(rest.Count - 1);
            try
            {
                if (last is IAsyncDisposable later)
                    await later.DisposeAsync().ConfigureAwait(false);
                else
                    ((IDisposable)last).Dispose();
            }
            catch (Exception exception)
            {
                HttpLog.DisposalFailed(logger, exception, Request.Method, Request.Path);
            }
        }
    }

    private CancellationToken ObserveAbort() => Owner?.ObserveAbort() ?? CancellationToken.None;

    /// <summary>A scope lives as long as the exchange; a provider that knows none is asked itself.</summary>
    private IServiceProvider OpenServices()
    {
        if (ServerServices.GetService(typeof(IServiceScopeFactory)) is not IServiceScopeFactory factory)
            return _services = ServerServices;
        AsyncServiceScope scope = factory.CreateAsyncScope();
        RegisterForDispose(scope);
        return _services = scope.ServiceProvider;
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
