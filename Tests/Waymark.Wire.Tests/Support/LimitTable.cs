using Waymark.CompilerServices;

namespace Waymark.Wire.Tests.Support;

/// <summary>Routes with body limits of their own; each answers with the length of the body.</summary>
internal sealed class LimitTable : RouteTable
{
    private static readonly (string Path, long BytesMax)[] Rows = [("/small", 10), ("/plain", -1), ("/large", 1000)];

    public override IReadOnlyList<RouteInfo> Routes { get; } =
        Rows.Select(row => new RouteInfo("POST", row.Path, "Test")).ToArray();

    protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match)
    {
        match.Allow = Verbs.None;
        for (int index = 0; index < Rows.Length; index++)
        {
            if (!System.Text.Ascii.Equals(path, Rows[index].Path))
                continue;
            if (verb == Verbs.Post)
                return index;
            match.Allow = Verbs.Post | Verbs.Options;
        }

        return NoRoute;
    }

    protected internal override long BodyBytesMaxOf(int route) => Rows[route].BytesMax;

    protected internal override async ValueTask InvokeAsync(int route, Exchange exchange)
    {
        ReadOnlyMemory<byte> body = await exchange.Request.Body.ReadAllAsync();
        exchange.Response.Write($"{body.Length} of {exchange.Request.Body.BytesMax}");
    }
}
