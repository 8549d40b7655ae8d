using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Tests.Support;

/// <summary>A table for people only: it shows routes and matches nothing.</summary>
internal sealed class FixedTable(params RouteInfo[] routes) : RouteTable
{
    public override IReadOnlyList<RouteInfo> Routes { get; } = routes;

    /// <summary>The OpenAPI document; empty for none.</summary>
    public string Document { get; init; } = "";

    public override ReadOnlySpan<byte> OpenApi => Encoding.UTF8.GetBytes(Document);

    protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match) => NoRoute;

    protected internal override ValueTask InvokeAsync(int route, Exchange exchange) =>
        throw new InvalidOperationException("Nothing matches, so nothing is called.");
}
