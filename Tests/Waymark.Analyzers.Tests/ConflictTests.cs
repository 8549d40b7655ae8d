using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM1010: which pairs conflict, and that the path in the message really matches both.</summary>
public sealed partial class ConflictTests
{
    /// <summary>Two templates of GET; all captures are written <c>:_x</c>, so that no parameter is needed.</summary>
    public static TheoryData<string, string> Pairs => new()
    {
        { "/", "/" },
        { "/:_a", "/:_b" },
        { "/a/:_a/c", "/a/:_b/c" },
        { "/a-:_a", "/a-:_b" },
        { "/:_a-x:_b", "/:_c.y:_d" },
        { "/:_a?", "/" },
        { "/*_a", "/*_b?" },
        { "/a/*_a?", "/a/*_b" },
        { "/%61", "/a" },
        { "/ü", "/%c3%bc" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task The_witness_matches_both_templates(string first, string second)
    {
        List<Diagnostic> diagnostics = await Verify.ReportsWithAsync(
            "WM1010",
            "",
            Marked("A", first, isLater: string.CompareOrdinal(first, second) > 0),
            Marked("B", second, isLater: string.CompareOrdinal(first, second) <= 0));

        // One conflict is one message, at the later template; the other place is in the text.
        Diagnostic diagnostic = Assert.Single(diagnostics);
        string message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"'GET {first} (A.F)' at File0.cs(1)", message, StringComparison.Ordinal);
        Assert.Contains($"'GET {second} (B.F)' at File1.cs(1)", message, StringComparison.Ordinal);
        string witness = WitnessPattern().Match(message).Groups[1].Value;
        Assert.Matches(RegexOf(first), witness);
        Assert.Matches(RegexOf(second), witness);
        Assert.NotEqual(
            diagnostic.Location.SourceTree!.FilePath, diagnostic.AdditionalLocations.Single().SourceTree!.FilePath);
    }

    private static string Marked(string type, string template, bool isLater) =>
        $"internal static class {type} {{ [Get({(isLater ? "[|" : "")}\"{template}\"{(isLater ? "|]" : "")})] " +
        "internal static void F() { } }";

    [Fact]
    public async Task A_route_is_left_out_once_however_many_stand_before_it()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            """
            internal static class A
            {
                [Get("/:a<int>")] internal static void F(int a) { }
                [Get("/:b<len(1,3)>", Rank = 1)] internal static void G(string b) { }
                [Get({|WM1010:"/:c<hex>"|})] [Get({|WM1010:"/:d<int>"|})] internal static void H(
                    string c = "", string d = "") { }
            }
            """);
        Assert.All(diagnostics, diagnostic => Assert.Single(diagnostic.AdditionalLocations));
    }

    [GeneratedRegex("both match ([^ ,]+),")]
    private static partial Regex WitnessPattern();

    /// <summary>The obvious twin of the matcher.</summary>
    private static string RegexOf(string template)
    {
        string canonical = template
            .Replace("%61", "a", StringComparison.Ordinal)
            .Replace("ü", "%C3%BC", StringComparison.Ordinal)
            .Replace("%c3%bc", "%C3%BC", StringComparison.Ordinal);
        string pattern = Regex.Replace(
            canonical.Replace(".", "[.]", StringComparison.Ordinal),
            @"/?(:_\w+\??|\*_\w+\??)",
            match => (match.Value[0] == '/' ? "/" : "") + (match.Value.Contains('*', StringComparison.Ordinal)
                ? match.Value.EndsWith('?') ? ".*" : ".+"
                : match.Value.EndsWith('?') ? "[^/]*" : "[^/]+"));
        return $"^{pattern}$";
    }
}
