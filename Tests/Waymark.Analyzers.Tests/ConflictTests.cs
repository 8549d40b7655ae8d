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
            $"internal static class A {{ [Get([|\"{first}\"|])] internal static void F() {{ }} }}",
            $"internal static class B {{ [Get([|\"{second}\"|])] internal static void F() {{ }} }}");

        string message = diagnostics[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"'GET {first} (A.F)' and 'GET {second} (B.F)' both match ", message, StringComparison.Ordinal);
        string witness = WitnessPattern().Match(message).Groups[1].Value;
        Assert.Matches(RegexOf(first), witness);
        Assert.Matches(RegexOf(second), witness);
        Assert.Equal("File1.cs", Path.GetFileName(diagnostics[0].AdditionalLocations.Single().SourceTree!.FilePath));
    }

    [Fact]
    public async Task All_sites_of_a_conflict_are_additional_locations()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            """
            internal static class A
            {
                [Get({|WM1010:"/:a"|})] internal static void F(int a) { }
                [Get({|WM1010:"/:b"|})] [Get({|WM1010:"/:_c"|})] internal static void G(int b) { }
            }
            """);
        Assert.All(diagnostics, diagnostic => Assert.Equal(2, diagnostic.AdditionalLocations.Count));
        Assert.All(diagnostics, diagnostic => Assert.Contains(
            "1 more",
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal));
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
