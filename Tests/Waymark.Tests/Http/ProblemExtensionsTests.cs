using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Tests.Http;

public sealed partial class ProblemExtensionsTests
{
    private static readonly int[] Points = [1, 2];

    [Fact]
    public void Values_become_JSON_in_the_order_in_which_they_were_added()
    {
        var problem = new ProblemDetails
        {
            Extensions =
            {
                { "text", "a \"b\" \\ \n é <" },
                { "nothing", (string?)null },
                { "int", 30 },
                { "least", long.MinValue },
                { "ratio", 0.1 },
                { "price", 12.50m },
                { "yes", true },
                { "no", false },
                { "points", Points, ExtensionsJson.Default.Int32Array },
            },
        };
        Assert.Equal(
            [
                ("text", """
                    "a \"b\" \\ \n é <"
                    """),
                ("nothing", "null"), ("int", "30"), ("least", "-9223372036854775808"), ("ratio", "0.1"),
                ("price", "12.50"), ("yes", "true"), ("no", "false"), ("points", "[1,2]"),
            ],
            problem.Extensions.Select(member => (member.Key, member.Value)));
        Assert.Equal(9, problem.Extensions.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("type")]
    [InlineData("title")]
    [InlineData("status")]
    [InlineData("detail")]
    [InlineData("instance")]
    [InlineData("errors")]
    [InlineData("taken")]
    public void A_name_that_would_stand_twice_or_not_at_all_is_refused(string name)
    {
        var problem = new ProblemDetails { Extensions = { { "taken", 1 } } };
        Assert.Throws<ArgumentException>(() => problem.Extensions.Add(name, true));
        Assert.Single(problem.Extensions);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_that_JSON_does_not_have_is_refused(double value)
    {
        Assert.Throws<ArgumentException>(() => new ProblemDetails().Extensions.Add("value", value));
    }

    [Fact]
    public void Large_and_small_numbers_are_valid_JSON()
    {
        foreach (double value in new[] { double.MaxValue, double.Epsilon, -0.0, 1e21, 123456789.125 })
        {
            var problem = new ProblemDetails { Extensions = { { "value", value } } };
            Assert.Equal(value, JsonDocument.Parse(problem.Extensions.Single().Value).RootElement.GetDouble());
        }
    }

    [Theory]
    [InlineData(399, false)]
    [InlineData(400, true)]
    [InlineData(599, true)]
    [InlineData(600, false)]
    public void A_status_is_from_400_to_599(int status, bool isTaken)
    {
        if (isTaken)
            Assert.Equal(status, new ProblemDetails { Status = status }.Status);
        else
            Assert.Throws<ArgumentOutOfRangeException>(() => new ProblemDetails { Status = status });
    }

    [JsonSerializable(typeof(int[]))]
    private sealed partial class ExtensionsJson : JsonSerializerContext;
}
