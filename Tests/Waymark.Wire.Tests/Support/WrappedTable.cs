using Waymark.CompilerServices;

namespace Waymark.Wire.Tests.Support;

/// <summary>The routes of <see cref="TestTable"/> with middleware around those whose template has a word.</summary>
internal sealed class WrappedTable(string word, params IMiddleware[] middleware) : RouteTable
{
    private readonly TestTable _table = new();

    public override IReadOnlyList<RouteInfo> Routes => _table.Routes;

    protected internal override RouteMiddleware Middleware
    {
        get
        {
            int[] routes =
            [
                .. Enumerable.Range(0, Routes.Count)
                    .Where(route => Routes[route].Template.Contains(word, StringComparison.Ordinal)),
            ];
            var all = new RouteMiddleware();
            foreach (IMiddleware one in middleware)
                all.Add(one.GetType().Name, () => one, routes);
            return all;
        }
    }

    protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match) =>
        _table.Match(path, verb, ref match);

    protected internal override ValueTask InvokeAsync(int route, Exchange exchange) =>
        _table.InvokeAsync(route, exchange);
}
