using Waymark.TestSupport;

namespace Waymark.Tests.Documentation;

/// <summary>A page of which everything below a mark is made from the code.</summary>
/// <remarks>To bring a page up to date: WAYMARK_ACCEPT=1, then read the diff.</remarks>
internal static class ReferencePage
{
    private const string Mark = "<!-- Made from the code: a test compares what follows. -->\n";

    /// <summary>The page holds exactly this below its mark.</summary>
    public static void AssertHolds(string page, string expected)
    {
        string path = Repository.PathOf(page);
        string text = File.ReadAllText(path);
        int start = text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        Assert.True(start >= Mark.Length, $"{page} has no line {Mark}");
        bool isBuildMachine = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        if (Environment.GetEnvironmentVariable("WAYMARK_ACCEPT") == "1" && !isBuildMachine)
            File.WriteAllText(path, text = text[..start] + expected);
        Assert.Equal(expected, text[start..]);
    }

    /// <summary>A text as a cell of a table.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
