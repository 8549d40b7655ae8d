using Waymark.Hosting;

namespace Waymark.Tests.Hosting;

public sealed class AddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:1")]
    [InlineData(null, "http://127.0.0.1:2; http://127.0.0.1:3;", "http://127.0.0.1:2 http://127.0.0.1:3")]
    [InlineData(null, "", "http://localhost:8080")]
    [InlineData(null, " ; ", "http://localhost:8080")]
    [InlineData(null, null, "http://localhost:8080")]
    public void Arguments_win_over_the_environment_and_that_over_the_default(
        string? argument, string? variable, string expected)
    {
        var endpoints = Addresses.Resolve(
            argument is null ? [] : [argument], name => name == "WAYMARK_URLS" ? variable : null);
        Assert.Equal(expected, string.Join(' ', endpoints));
    }

    [Fact]
    public void All_bad_addresses_are_listed_at_once()
    {
        var e = Assert.Throws<OptionsException>(
            () => Addresses.Resolve(["https://a", "http://127.0.0.1:80", "http://b:1"], _ => null));
        Assert.Equal(2, e.Problems.Count);
        Assert.StartsWith("2 problems:\n  - The address 'https://a' is not", e.Message, StringComparison.Ordinal);
        Assert.Contains("\n  - The address 'http://b:1' is not usable", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_address_in_the_environment_names_the_variable()
    {
        var e = Assert.Throws<OptionsException>(() => Addresses.Resolve([], _ => "8080"));
        Assert.StartsWith("WAYMARK_URLS: The address '8080' is not usable", e.Message, StringComparison.Ordinal);
    }
}
