using System.Text;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Documentation;

/// <summary>docs/reference/limits.md lists every refusal of the parser, with its status and sentence.</summary>
public sealed class LimitsPageTests
{
    [Fact]
    public void The_page_has_every_refusal_with_its_status()
    {
        RequestRejection[] rejections =
            [.. Enum.GetValues<RequestRejection>().Where(rejection => rejection != RequestRejection.None)];
        Assert.True(rejections.Length > 60, $"{rejections.Length} refusals were found");
        var text = new StringBuilder("\n| status | detail | type |\n|---|---|---|\n");
        foreach (RequestRejection rejection in rejections)
        {
            string type = Refusals.TypeOf(rejection).Uri.Split(':')[^1];
            text.Append($"| {Refusals.StatusOf(rejection)} | {ReferencePage.Cell(Refusals.DetailOf(rejection))} ")
                .Append($"| [{type}](../problems/{type}.md) |\n");
        }

        ReferencePage.AssertHolds("docs/reference/limits.md", text.ToString());
    }
}
