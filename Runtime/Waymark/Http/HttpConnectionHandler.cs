using Microsoft.Extensions.Logging;
using Waymark.Connections;

namespace Waymark.Http;

/// <summary>Serves HTTP/1.1 on connections: STUB, to be written with the HTTP engine.</summary>
internal sealed class HttpConnectionHandler(Handler handler, ServerLimits limits, TimeProvider time, ILogger logger, bool detailedErrors)
    : ConnectionHandler
{
    public override Task RunAsync(ConnectionContext context)
    {
        _ = (handler, limits, time, logger, detailedErrors);
        throw new NotImplementedException();
    }
}
