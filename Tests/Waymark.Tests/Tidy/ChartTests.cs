using System.Text.RegularExpressions;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

public sealed class ChartTests
{
    [Fact]
    public void Every_figure_of_the_chart_is_a_cell_of_the_page_that_it_names()
    {
        string chart = File.ReadAllText(Repository.PathOf("docs/images/load.svg"));
        string page = Regex.Match(chart, "Figures: ([^<]+)<").Groups[1].Value;
        string results = File.ReadAllText(Repository.PathOf(page));
        string[] figures = [.. Regex.Matches(chart, "<title>[^:]+: ([^<]+)</title>").Select(figure =>
            Regex.Replace(figure.Groups[1].Value, " (µs|ms|MB)$", ""))];
        Assert.Equal(18, figures.Length);
        Assert.All(figures, figure => Assert.Contains($"| {figure} |", results, StringComparison.Ordinal));
    }
}
