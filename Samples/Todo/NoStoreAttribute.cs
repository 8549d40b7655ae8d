using Waymark;

namespace Todo;

/// <summary>No cache keeps the answers of these routes, errors among them: they change with every call.</summary>
internal sealed class NoStoreAttribute : MiddlewareAttribute
{
    public override Handler Wrap(Handler next, ServerContext server) => exchange =>
    {
        exchange.OnStarting(static exchange => exchange.Response.Headers.Set("Cache-Control", "no-store"));
        return next(exchange);
    };
}
