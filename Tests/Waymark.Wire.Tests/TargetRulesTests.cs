using System.Text;
using Waymark.Http.Parsing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>
/// What <see cref="ServerOptions.DotSegments"/> and <see cref="ServerOptions.AcceptsRawOctets"/> change.
/// </summary>
public sealed class TargetRulesTests
{
    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/..", "/")]
    [InlineData("/../../etc", "/etc")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/b/..?x=/../y", "/a/")]
    [InlineData("/a/..b", "/a/..b")]
    [InlineData("/...", "/...")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("/%2e%2e%2fb", "/..%2Fb")]
    [InlineData("/%252e%252e/b", "/%252e%252e/b")]
    [InlineData("/%41/../%42%2f", "/B%2F")]
    [InlineData("http://x/a/../b", "/b")]
    public async Task Dot_segments_are_removed_before_the_match(string target, string matched)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get(target), null, EchoAsync, TargetRules.RemoveDotSegments);
        string query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and int mark ? target[mark..] : "";
        string raw = target[..^query.Length].Replace("http://x", "", StringComparison.Ordinal);
        Assert.Equal("200", answer.Statuses);
        Assert.EndsWith($"\r\n\r\n{raw} {matched} {Uri.UnescapeDataString(matched)}", answer.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/int/7/../42", "forty-two")]
    [InlineData("/x/../int/%34%32", "forty-two")]
    [InlineData("/../text/a/./b%2Fc", "a/b/c")]
    [InlineData("/text/%C3%A9/../%25", "%")]
    public async Task Captures_of_a_path_without_its_dot_segments_decode(string target, string body)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Get(target), rules: TargetRules.RemoveDotSegments);
        Assert.EndsWith($"\r\n\r\n{body}", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/caf\u00e9", "/caf%C3%A9")]
    [InlineData("/%63af%c3%a9", "/caf%C3%A9")]
    [InlineData("/\u00e9\u00e9/\u4e2d/\U0001F600", "/%C3%A9%C3%A9/%E4%B8%AD/%F0%9F%98%80")]
    [InlineData("/\u00e9%C3%A9", "/%C3%A9%C3%A9")]
    [InlineData("/plain", "/plain")]
    public async Task Raw_octets_match_as_their_escapes_do(string target, string matched)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get(Octets(target)), null, EchoAsync, TargetRules.RawOctets);
        Assert.EndsWith(
            $"\r\n\r\n{Octets(target)} {matched} {Octets(Uri.UnescapeDataString(matched))}", answer.Text,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/text/\u00e9a", "\u00e9a")]
    [InlineData("/text/%25\u00e9", "%\u00e9")]
    public async Task Captures_of_raw_octets_decode(string target, string body)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Get(Octets(target)), rules: TargetRules.RawOctets);
        Assert.EndsWith($"\r\n\r\n{Octets(body)}", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_may_hold_raw_octets_too()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get(Octets("/?\u00e9=\u4e2d")), null,
            static exchange =>
            {
                exchange.Response.Write(exchange.Request.Query["\u00e9"] ?? "");
                return ValueTask.CompletedTask;
            },
            TargetRules.RawOctets);
        Assert.EndsWith($"\r\n\r\n{Octets("\u4e2d")}", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/\u00ff")]
    [InlineData("/\u00c3")]
    [InlineData("/\u00c3/\u00a9")]
    [InlineData("/\u00c0\u00af")]
    [InlineData("/\u00ed\u00a0\u0080")]
    [InlineData("/\u00c3%A9")]
    [InlineData("/%C3\u00a9")]
    [InlineData("/?\u00ff")]
    [InlineData("http://\u00c3\u00a9/")]
    [InlineData("/{a}")]
    [InlineData("/\u007f")]
    [InlineData("/..")]
    public async Task What_is_not_UTF8_stays_400(string target)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get(target) + Get("/"), rules: TargetRules.RawOctets);
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData("/\u00e9/../\u00e8", "/%C3%A8")]
    [InlineData("/\u00e9/%2e", "/%C3%A9/")]
    public async Task Both_options_work_together(string target, string matched)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get(Octets(target)), null, EchoAsync, TargetRules.RawOctets | TargetRules.RemoveDotSegments);
        Assert.Contains($" {matched} ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/{a}", "/%7Ba%7D", "/{a}")]
    [InlineData("/a|b\"", "/a%7Cb%22", "/a|b\"")]
    [InlineData("/%7B{%3f", "/%7B%7B%3F", "/{{?")]
    [InlineData("/?{\"a\":\"b|c\"}", "/", "/")]
    public async Task Unwise_characters_match_as_their_escapes_do(string target, string matched, string decoded)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Get(target), null, EchoAsync, TargetRules.Unwise);
        Assert.EndsWith($" {matched} {decoded}", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/^")]
    [InlineData("/`")]
    [InlineData("/\\")]
    [InlineData("/<a>")]
    [InlineData("/\u00e9")]
    [InlineData("/?^")]
    public async Task What_is_neither_allowed_nor_unwise_stays_400(string target)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get(Octets(target)) + Get("/"), rules: TargetRules.Unwise);
        Assert.Equal("400", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData((int)TargetRules.Strict, "400")]
    [InlineData((int)TargetRules.AnyHost, "200 200")]
    public async Task A_differing_host_is_accepted_only_where_the_option_says_so(int rules, string statuses)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get("http://y:81/") + Get("/"), null,
            static exchange =>
            {
                exchange.Response.Write(exchange.Request.Host);
                return ValueTask.CompletedTask;
            },
            (TargetRules)rules);
        Assert.Equal(statuses, answer.Statuses);
        if (rules != 0)
            Assert.Contains("\r\n\r\ny:81HTTP/1.1 200", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)TargetRules.Strict, "400")]
    [InlineData((int)TargetRules.RawOctets, "400")]
    [InlineData((int)TargetRules.RemoveDotSegments, "404 200")]
    public async Task A_dot_segment_is_removed_only_where_the_option_says_so(int rules, string statuses)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Get("/a/../b") + Get("/"), rules: (TargetRules)rules);
        Assert.Equal(statuses, answer.Statuses);
    }

    [Fact]
    public async Task A_removed_dot_segment_of_one_request_does_not_show_in_the_next()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Get("/a/../b") + Get("/c"), null, EchoAsync, TargetRules.RemoveDotSegments);
        Assert.EndsWith("\r\n\r\n/c /c /c", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Answers with the path as it came, as it is matched, and as people see it.</summary>
    private static ValueTask EchoAsync(Exchange exchange)
    {
        Request request = exchange.Request;
        exchange.Response.Write(request.RawPath);
        exchange.Response.Write(" ");
        exchange.Response.Write(request.MatchPath);
        exchange.Response.Write(" " + request.Path);
        return ValueTask.CompletedTask;
    }

    private static string Get(string target) => $"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n";

    /// <summary>The UTF-8 octets of a text, each as one character, as the engine's harness wants them.</summary>
    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
