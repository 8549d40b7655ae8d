using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Matching;

/// <summary>One row of a table under test.</summary>
internal sealed record RouteRow(string Method, string Template, int Rank = 0);

/// <summary>What holds for a whole table.</summary>
internal sealed record TableOptions(SlashMode Slash = SlashMode.Strict, bool IgnoreCase = false);

internal enum SlashMode
{
    Strict,
    Ignore,
    Redirect308,
}

/// <summary>What the twin wants of one request.</summary>
/// <param name="Routes">The routes that may answer, with their captures: several where nothing orders them.</param>
/// <param name="Allow">On a path without a route for the method, all that it answers.</param>
/// <param name="IsElsewhere">Whether the path with or without its last slash answers.</param>
internal sealed record TwinOutcome(
    HashSet<(int Route, string Captures)> Routes, HashSet<string> Allow, bool IsElsewhere);

/// <summary>One segment: text, then for each capture its rules and the text behind it.</summary>
internal sealed record Segment(List<string> Literals, List<string> Rules)
{
    /// <summary>Each capture ends where the literal behind it comes first, the last one with the </summary>
    public bool Divide(string part, bool ignoreCase, List<string> captures)
    {
        string text = ignoreCase ? part.ToLowerInvariant() : part;
        if (Rules.Count == 0)
            return text == Literals[0];
        int start = Literals[0].Length;
        bool isMatch = start < text.Length && text[..start] == Literals[0];
        for (int i = 1; isMatch && i < Literals.Count; i++)
        {
            string next = Literals[i];
            int end = i < Rules.Count
                ? text.IndexOf(next, Math.Min(start + 1, text.Length), StringComparison.Ordinal)
                : text.EndsWith(next, StringComparison.Ordinal) ? text.Length - next.Length : -1;
            isMatch = end > start && Constraints.Hold(Rules[i - 1], Uri.UnescapeDataString(part[start..end]));
            captures.Add(isMatch ? part[start..end] : "");
            start = end + next.Length;
        }

        return isMatch;
    }

    /// <summary>Whether each of its captures takes less than, or the same as, one divided alike.</summary>
    public bool IsNarrower(Segment other) =>
        Literals.SequenceEqual(other.Literals)
        && Rules.Zip(other.Rules).All(pair => Constraints.IsSubset(pair.First, pair.Second))
        && Rules.Zip(other.Rules).Any(pair => !Constraints.IsSubset(pair.Second, pair.First));
}

/// <summary>One shape of path that a route answers; the twin's own reading of a template.</summary>
/// <param name="Route">The route's number.</param>
/// <param name="Segments">All but the slash or the catch-all at the end.</param>
/// <param name="End"><c>/</c>, <c>*</c>, <c>*?</c> or nothing.</param>
/// <param name="Missing">Captures that are empty because the optional end is not there.</param>
internal sealed record Pattern(int Route, List<Segment> Segments, string End, string[] Missing)
{
    private const string Optional = ":\\w+(<[^<>]*>)?\\?$";

    /// <summary>The segments up to each place, names left out: what patterns share.</summary>
    public List<string> Shapes { get; } = [.. Segments.Select((_, i) => string.Join('/', Segments.Take(i + 1).Select(
        segment => string.Join('\n', segment.Literals) + '\r' + string.Join('\n', segment.Rules))))];

    public bool TakesRest => End.StartsWith('*');

    /// <summary>A template's patterns: two where its last parameter is optional.</summary>
    public static Pattern[] Of(string template, int route, bool ignoreCase) => Regex.IsMatch(template, Optional)
        ? [Parse(template[..^1], route, ignoreCase, []),
            Parse(Regex.Replace(template, $"(?<=.)/{Optional}|{Optional}", ""), route, ignoreCase, [""])]
        : [Parse(template, route, ignoreCase, [])];

    /// <summary>
    /// The one spelling of a literal or path: unreserved characters as they are, every other escape in upper case.
    /// </summary>
    public static string Canonical(string text) => Regex.Replace(
        Regex.Replace(text, "[^\0-\x7f]+", match => Uri.EscapeDataString(match.Value)), "%..", match => Regex.Replace(
            Uri.UnescapeDataString(match.Value), "[^A-Za-z0-9._~-].*", match.Value.ToUpperInvariant()));

    public static int CountCaptures(string template) =>
        Regex.Count(template.Replace("::", "", StringComparison.Ordinal), "[:*]\\w+(<[^<>]*>)?");

    private static Pattern Parse(string template, int route, bool ignoreCase, string[] missing)
    {
        string[] parts = template[1..].Split('/');
        string end = parts[^1] == "" ? "/" : parts[^1][0] != '*' ? "" : parts[^1].EndsWith('?') ? "*?" : "*";
        return new Pattern(
            route, [.. (end == "" ? parts : parts[..^1]).Select(part => Read(part, ignoreCase))], end, missing);
    }

    private static Segment Read(string part, bool ignoreCase)
    {
        List<string> literals = [""], rules = [];
        foreach (Match token in Regex.Matches(part, "(?<text>(::|[^:])+)|:\\w+(<(?<rules>[^<>]*)>)?"))
        {
            if (token.Groups["text"].Success)
                literals[^1] = Canonical(token.Value.Replace("::", ":", StringComparison.Ordinal));
            else
                (literals, rules) = ([.. literals, ""], [.. rules, token.Groups["rules"].Value]);
        }

        return new Segment(ignoreCase ? literals.ConvertAll(text => text.ToLowerInvariant()) : literals, rules);
    }
}
