using System.Globalization;
using System.Text.RegularExpressions;
using Waymark.Generator.Tests.Emit;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests;

/// <summary>These tests change the culture of every thread, so no other test runs beside them.</summary>
[CollectionDefinition(nameof(DeterminismTests), DisableParallelization = true)]
public sealed class WithoutOtherTests;

/// <summary>The output depends on the routes alone: not on the order of files, not on the machine's culture.</summary>
[Collection(nameof(DeterminismTests))]
public sealed partial class DeterminismTests
{
    private const int ShuffleCount = 12;

    /// <summary>
    /// Files whose names, numbers and letters other cultures sort, fold or print in another way: dotted and dotless i,
    /// a negative default (a true minus sign in Finnish), letters beyond ASCII, and mistakes whose messages hold
    /// numbers.
    /// </summary>
    private static readonly string[] Sources =
    [
        EmittedCodeTests.JsonContext,
        """
        namespace Shop;
        [Group("/INFO")] static class Issues
        {
            [Get("/:Iıd")] internal static string Find(string Iıd) => Iıd;
            [Get("/")] internal static string List(int offset = -1, long since = -1234567) => "";
        }
        """,
        """
        namespace Shop;
        [Group("/info")] static class issues
        {
            [Get("/:id")] internal static string Find(int id) => "";
            [Delete("/:id")] internal static void Remove(int id) { }
        }
        """,
        """
        static class Zebra
        {
            [Get("/zebra")] internal static void Z() { }
            [Get("/Zebra")] internal static void z() { }
            [Get("/co-op")] internal static void Hyphen() { }
            [Get("/coop")] internal static void NoHyphen() { }
        }
        """,
        """
        static class Äpfel
        {
            [Get("/äpfel/:x")] internal static void Ä(string x) { }
            [Get("/apfel/:x")] internal static void A(string x) { }
            [Get("/öl")] internal static void Ö() { }
            [Get("/ıi")] internal static void Iı() { }
        }
        """,
        """
        static class First { [Get("/twice/:a")] internal static void M(int a) { } }
        """,
        """
        static class Second { [Get("/twice/:b")] internal static void M(int b) { } }
        """,
        """
        static class Wrong
        {
            [Get("/a//b")] internal static void Empty() { }
            [Get("/wrong/:id")] internal static void Missing() { }
        }
        """,
    ];

    [Fact]
    public void The_order_of_files_changes_nothing()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        string expected = Generate(Sources);
        for (int round = 0; round < ShuffleCount; round++)
        {
            string[] shuffled = [.. Sources];
            random.Shuffle(shuffled);
            Assert.True(expected == Generate(shuffled), $"seed {seed}, round {round}: the output differs");
        }
    }

    [Fact]
    public void The_sources_hold_routes_and_every_kind_of_mistake()
    {
        string text = Generate(Sources);
        foreach (string part in (string[])["-1234567", "WM1002", "WM1010", "WM2001", "Issues", "Zebra"])
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void The_culture_changes_nothing(string name)
    {
        string expected = Generate(Sources);
        string actual = InCulture(FindCulture(name), () => Generate(Sources));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_cultures_are_really_active()
    {
        Assert.Equal("ı", InCulture(FindCulture("tr-TR"), () => Fold("I")));
        Assert.Equal("−1", InCulture(FindCulture("fi-FI"), () => $"{-1}"));
        Assert.Equal("2569", InCulture(FindCulture("th-TH"), () => $"{new DateTime(2026, 1, 1):yyyy}"));
        Assert.True(InCulture(FindCulture("tr-TR"), IsActiveOnNewThread), "new threads have it too");

#pragma warning disable CA1304, CA1311 // What the culture does is what is asked here.
        static string Fold(string text) => text.ToLower();
#pragma warning restore CA1304, CA1311

        static bool IsActiveOnNewThread()
        {
            string found = "";
            var thread = new Thread(() => found = CultureInfo.CurrentCulture.Name);
            thread.Start();
            thread.Join();
            return found == "tr-TR";
        }
    }

    /// <summary>
    /// The files of a run as one text, with the mistakes as <c>#error</c> lines. Those name their source files, which
    /// the harness numbers in the order that they come in.
    /// </summary>
    private static string Generate(string[] sources) => NumberedFile().Replace(
        string.Join(
            "\n",
            GeneratorRun.Run(GeneratorRun.Compile(sources), ("RunAnalyzers", "false"))
                .OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => $"{file.Key}\n{file.Value}")),
        "\"File.cs\"");

    [GeneratedRegex("\"File[0-9]+\\.cs\"")]
    private static partial Regex NumberedFile();

    /// <summary>A culture with its own rules; skips the test on a machine where there are none.</summary>
    private static CultureInfo FindCulture(string name)
    {
        const string Reason = "This process has no cultures: ICU is missing or DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"
            + " is set. Install libicu and clear the variable to run this test.";
        try
        {
            bool hasRules = new CultureInfo("tr-TR").TextInfo.ToLower('I') == 'ı';
            Assert.SkipUnless(hasRules, Reason);
            return new CultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            Assert.Skip(Reason);
            throw;
        }
    }

    private static T InCulture<T>(CultureInfo culture, Func<T> run)
    {
        CultureInfo?[] before =
        [
            CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, CultureInfo.DefaultThreadCurrentCulture,
            CultureInfo.DefaultThreadCurrentUICulture,
        ];
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = culture;
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before[0]!;
            CultureInfo.CurrentUICulture = before[1]!;
            CultureInfo.DefaultThreadCurrentCulture = before[2];
            CultureInfo.DefaultThreadCurrentUICulture = before[3];
        }
    }
}
