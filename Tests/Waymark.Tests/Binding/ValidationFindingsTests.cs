using Waymark.CompilerServices;

namespace Waymark.Tests.Binding;

/// <summary>Places are put together from the inside out.</summary>
public sealed class ValidationFindingsTests
{
    [Fact]
    public void Only_new_errors_get_the_name_before_them()
    {
        ValidationFindings found = default;
        found.Add("/first", "one");
        int start = found.Count;
        found.Add("/x", "two");
        found.Add("", "three");
        found.Enter(start, 7);
        found.Enter(start, "a/b~c");
        Assert.Equal(["/first: one", "/a~1b~0c/7/x: two", "/a~1b~0c/7: three"], Texts(found));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(101, true)]
    public void At_most_100_are_kept(int count, bool isFull)
    {
        ValidationFindings found = default;
        found.AddRange(Enumerable.Range(0, count).Select(number => new ValidationError("", $"{number}")));
        Assert.Equal(Math.Min(count, ValidationFindings.CountMax), found.Count);
        Assert.Equal(isFull, found.IsFull);
    }

    [Fact]
    public void What_a_method_finds_nothing_in_costs_nothing()
    {
        ValidationFindings found = default;
        found.AddRange(null);
        found.AddRange([]);
        BindErrors errors = default;
        found.MoveTo(ref errors);
        Assert.True(errors.IsEmpty);
        found.AddRange([new ValidationError("name", "is taken")]);
        Assert.Equal(["/name: is taken"], Texts(found));
        found.MoveTo(ref errors);
        Assert.False(errors.IsEmpty);
    }

    private static IEnumerable<string> Texts(ValidationFindings found)
    {
        var errors = (List<ValidationError>?)typeof(ValidationFindings)
            .GetField("_errors", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .GetValue(found);
        return (errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}");
    }
}
