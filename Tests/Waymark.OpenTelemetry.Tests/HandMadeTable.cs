using Waymark.CompilerServices;

namespace Waymark.OpenTelemetry.Tests;

/// <summary>A route table by hand: methods with templates that have a capture at their end at most.</summary>
internal sealed class HandMadeTable(params (string Method, string Template, Handler Handler)[] rows) : RouteTable
{
    public override IReadOnlyList<RouteInfo> Routes { get; } =
        [.. rows.Select(row => new RouteInfo(row.Method, row.Template, "Test"))];

    protected override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match)
    {
        string text = System.Text.Encoding.UTF8.GetString(path);
        match.Allow = Verbs.None;
        for (int index = 0; index < rows.Length; index++)
        {
            string[] parts = rows[index].Template.Split(':');
            if (parts.Length == 1 ? text != parts[0] : !text.StartsWith(parts[0], StringComparison.Ordinal))
                continue;
            Verbs own = rows[index].Method == "GET" ? Verbs.Get | Verbs.Head : Verbs.Post;
            if ((own & verb) != 0)
                return index;
            match.Allow |= own;
        }

        return NoRoute;
    }

    protected override ValueTask InvokeAsync(int route, Exchange exchange) => rows[route].Handler(exchange);
}
