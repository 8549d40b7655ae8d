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

    /// <summary>The sources by file name.</summary>
    public static (string File, string Text)[] Sources { get; } =
    [
        .. Repository.Files("Tests/Waymark.Package.Tests/Planted", ".cs")
            .Select(file => (Path.GetFileName(file), File.ReadAllText(Repository.PathOf(file)))),
    ];

    /// <summary>
    /// The places that the comments in the sources point at: <c>//   ^ WM1001</c> is about the line above.
    /// </summary>
    public static List<Found> Expected(IEnumerable<(string File, string Text)> sources) =>
    [
        .. sources.SelectMany(source => source.Text.Split('\n').Index().SelectMany(line => MarkPattern()
            .Matches(line.Item)
            .Select(mark => new Found(
                source.File, line.Index, mark.Groups["place"].Index + 1, mark.Groups["id"].Value)))).Order(),
    ];

    /// <summary>What the output of a build shows: errors and warnings in the form of the compilers, each once.</summary>
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

    [GeneratedRegex(@"^ *// *(?<place>\^) (?<id>WM\d{4})$")]
    private static partial Regex MarkPattern();

    // A compiler's #error has an id of its own, CS1029, and ours in its text.
    [GeneratedRegex(
        @"^(?<file>[^\n(]+)\((?<line>\d+),(?<column>\d+)\): (error|warning) (CS1029: #error: '+)?(?<id>\w+): ",
        RegexOptions.Multiline)]
    private static partial Regex ShownPattern();
}
