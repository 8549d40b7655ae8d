using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM5017: policies that are refused when the program starts.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData("""new() { Origins = ["*"], {|WM5017:AllowsCredentials = true|} }""")]
    [InlineData("""new CorsOptions { {|WM5017:AllowsCredentials = true|}, Origins = new[] { "https://a.example", "*" } }""")]
    [InlineData("""new CorsOptions { Origins = new string[] { "*" }, {|WM5017:AllowsCredentials = !false|} }""")]
    [InlineData("""new CorsOptions { Origins = new List<string> { Any }, {|WM5017:AllowsCredentials = true|} }""")]
    [InlineData("""Named with { Origins = [Any], {|WM5017:AllowsCredentials = true|} }""")]
    public Task Credentials_for_everybody_are_shown(string options) => Verify.ReportsAsync(Class(options));

    [Theory]
    [InlineData("""new() { Origins = ["https://a.example"], AllowsCredentials = true }""")]
    [InlineData("""new() { Origins = ["https://*.a.example"], AllowsCredentials = true }""")]
    [InlineData("""new() { Origins = ["*"], AllowsCredentials = false }""")]
    [InlineData("""new() { Origins = ["*"] }""")]
    [InlineData("""new() { Origins = ["*"], AllowsCredentials = bool.Parse("true") }""")]
    [InlineData("""Named with { AllowsCredentials = true }""")]
    [InlineData("""new() { Origins = [.. Others], AllowsCredentials = true }""")]
    [InlineData("""new() { Methods = ["*"], AllowsCredentials = true }""")]
    public Task What_is_named_or_not_known_is_left_alone(string options) =>
        Verify.IsSilentAsync("WM5017", Class(options));

    [Fact]
    public Task Options_of_another_namespace_are_left_alone() => Verify.IsSilentAsync(
        "WM5017",
        """
        namespace Shop;

        internal sealed class CorsOptions { public string[] Origins = []; public bool AllowsCredentials { get; set; } }
        internal static class A
        {
            internal static CorsOptions Make() => new() { Origins = ["*"], AllowsCredentials = true };
        }
        """);

    [Theory]
    [InlineData(
        """new() { Origins = ["*"], AllowsCredentials = true }""", """new() { Origins = ["*"] }""")]
    [InlineData(
        """new() { AllowsCredentials = true, Origins = ["*"] }""", """new() { Origins = ["*"] }""")]
    [InlineData(
        """new() { Origins = ["*"], AllowsCredentials = true, Methods = ["GET"], }""",
        """new() { Origins = ["*"], Methods = ["GET"], }""")]
    public Task The_fix_takes_the_credentials_out(string before, string after) =>
        Fix.YieldsAsync("WM5017.drop", [Class(before)], [Class(after)]);

    private static string Class(string options) => $$"""
        internal static class A
        {
            internal const string Any = "*";
            internal static readonly string[] Others = ["https://b.example"];
            internal static readonly CorsOptions Named = new() { Origins = ["https://a.example"] };
            internal static readonly CorsOptions Options = {{options}};
        }
        """;
}
