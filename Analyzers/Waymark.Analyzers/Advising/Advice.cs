namespace Waymark.Analyzers.Advising;

/// <summary>What is suspicious in a template, or a matter of style, while the route is served.</summary>
/// <param name="Id">The diagnostic.</param>
/// <param name="Start">Offset of the place in the whole template, group prefixes included.</param>
/// <param name="Length">Length of the place; at least 1.</param>
/// <param name="Message">The finished sentence.</param>
/// <param name="Replacement">What a fix writes in that place; null where only its author knows.</param>
internal sealed record Advice(string Id, int Start, int Length, string Message, string? Replacement = null)
{
    /// <summary>The whole template once the replacement is written.</summary>
    public string In(string template) => template.Remove(Start, Length).Insert(Start, Replacement ?? "");
}
