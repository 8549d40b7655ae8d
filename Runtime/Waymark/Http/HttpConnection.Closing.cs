using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http.Parsing;
using Waymark.Http.Writing;

namespace Waymark.Http;

/// <content>When a connection ends, and why: what the log says of it.</content>
internal sealed partial class HttpConnection
{
    // True where a handler failed and the client is to get nothing.
    private bool _isSilenced;

    private bool IsCloseAsked =>
        _exchange.Request.Head.Has(HeadFacts.Close) || (IsHttp10 && !_exchange.Request.Head.Has(HeadFacts.KeepAlive));

    /// <summary>True where the program wants no further request after an answer with such a status.</summary>
    /// <remarks>404, 409 and 412 are what a client that does nothing wrong meets every day.</remarks>
    private bool IsCloseDueToStatus =>
        _services.Policy.ClosesOnErrorStatus
        && _exchange.Response.StatusCode is >= 400 and not (404 or 409 or 412);

    private void NoteEndOfInput() => _context.EndReason = _context.HasTimedOut ? ConnectionEnds.TimedOut
        : _context.IsStopping ? ConnectionEnds.Stopping
        : ConnectionEnds.Peer;

    private void NoteLastAnswer()
    {
        if (_context.EndReason is not null)
            return;
        if (IsCloseAsked)
            _context.EndReason = ConnectionEnds.Asked;
        else if (_context.RequestCount >= _services.Policy.RequestsMax)
            _context.EndReason = ConnectionEnds.RequestLimit;
        else if (_context.IsStopping)
            _context.EndReason = ConnectionEnds.Stopping;
        else if (_services.Logger.IsEnabled(LogLevel.Debug))
            NoteStatus();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteStatus()
    {
        int status = _exchange.Response.StatusCode;
        _context.EndReason = $"{status} {StatusText.Of(status)}";
    }
}
