using Waymark.Connections;
using Waymark.Transport;

namespace Waymark.Http;

/// <content>What becomes of handlers that keep the thread of a transport: see <see cref="SlowTurns"/>.</content>
internal sealed partial class HttpConnection : ITurnObserver
{
    /// <summary>Logs the first time at which a route is sent to the thread pool.</summary>
    public void NoteHop(int route)
    {
        if (_services.Turns.IsFirstHop(route))
            HttpLog.RouteBlocks(_services.Logger, _exchange.Request.Method, _exchange.Request.Path);
    }

    void ITurnObserver.OnBlocking()
    {
        if (_context.State == ConnectionState.Processing && !IsUpgraded)
            _services.Turns.Strike(_exchange.Route);
    }

    private async ValueTask HandleOnPoolAsync()
    {
        NoteHop(SlowTurns.NoRoute);
        await Task.Yield();
        await _services.Handler(_exchange).ConfigureAwait(false);
    }
}
