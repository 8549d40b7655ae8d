namespace Waymark.Routing;

/// <summary>The innermost handler: matches the path, answers 404, 405, HEAD and OPTIONS. STUB.</summary>
internal sealed class Router(RouteTable table)
{
    public ValueTask HandleAsync(Exchange exchange) => table.InvokeAsync(0, exchange);
}
