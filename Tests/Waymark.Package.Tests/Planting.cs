using System.Globalization;
using System.Text.RegularExpressions;
using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>A diagnostic at a place; lines and columns count from 1.</summary>
internal readonly record struct Found(string File, int Line, int Column, string Id) : IComparable<Found>
{
    public int CompareTo(Found other) =>
        (File, Line, Column, Id).CompareTo((other.File, other.Line, other.Column, other.Id));
}

/// <summary>The sources with mistakes, and what a build says of them.</summary>
internal static partial class Planting
{
    /// <summary>What every project of mistakes has beside them.</summary>
    public static readonly (string File, string Text) Program =
        ("Program.cs", "Console.WriteLine(Routes.Table.Routes.Count);\n");

    /// <summary>The sources of a folder below Planted, by file name.</summary>
    public static (string File, string Text)[] SourcesOf(string folder) =>
    [
        .. Repository.Files($"Tests/Waymark.Package.Tests/Planted/{folder}", ".cs")
            .Select(file => (Path.GetFileName(file), File.ReadAllText(Repository.PathOf(file)))),
    ];

    /// <summary>The places that the comments in the sources point at: those of <c>//   ^ WM1001</c>.</summary>
    /// <param name="sources">By file name.</param>
    /// <param name="areTakenBack">Whether the suppressions that comments name are at work.</param>
    public static List<Found> Expected(IEnumerable<(string File, string Text)> sources, bool areTakenBack = true) =>
        [.. sources.SelectMany(source => Marks(source.File, source.Text, areTakenBack)).Order()];

    private static IEnumerable<Found> Marks(string file, string text, bool areTakenBack)
    {
        int line = 0;
        int marked = 0;
        foreach (string content in text.Split('\n'))
        {
            line++;
            // Several marks below each other are about the line above them all.
            if (MarkPattern().Match(content) is not { Success: true } mark)
                marked = line;
            else if (!areTakenBack || !mark.Groups["suppression"].Success)
                yield return new Found(file, marked, mark.Groups["place"].Index + 1, mark.Groups["id"].Value);
        }
    }

    /// <summary>What the output of a build shows, each once: errors and warnings in the form of compilers.</summary>
    public static List<Found> Shown(string output) =>
    [
        .. ShownPattern().Matches(output)
            .Select(match => new Found(
                Path.GetFileName(match.Groups["file"].Value),
                int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture),
                match.Groups["id"].Value))
            .Distinct()
            .Order(),
    ];

    [GeneratedRegex(@"^ *// *(?<place>\^) (?<id>[A-Z]+\d+)(?<suppression> taken back by WMS\d{3})?$")]
    private static partial Regex MarkPattern();

    // A compiler's #error has an id of its own, CS1029, and ours in its text.
    [GeneratedRegex(
        @"^(?<file>[^\n(]+)\((?<line>\d+),(?<column>\d+)\): (error|warning) (CS1029: #error: '+)?(?<id>\w+): ",
        RegexOptions.Multiline)]
    private static partial Regex ShownPattern();
}
