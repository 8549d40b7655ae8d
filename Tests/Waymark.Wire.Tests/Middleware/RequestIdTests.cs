using System.Text.RegularExpressions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Which id a request has, and that its answer has it.</summary>
public sealed partial class RequestIdTests
{
    private const string Trusted = "10.0.0.1";

    private static readonly RequestIdOptions Trusting = new() { TrustedPeers = ["10.0.0.0/8"] };

    [Theory]
    [InlineData("/json", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/throw", 500)]
    [InlineData("/throw-later", 500)]
    [InlineData("/chunked", 200)]
    [InlineData("/304", 304)]
    public async Task Every_answer_has_an_id_errors_included(string path, int status)
    {
        WireAnswer answer = await PlayAsync(null, $"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n", Contexts.Of().Handler);
        Assert.Equal($"{status}", answer.Statuses);
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(IdsOf(answer)));
    }

    [Fact]
    public async Task The_handler_sees_the_id_that_the_client_gets_and_each_request_has_its_own()
    {
        var seen = new List<string?>();
        WireAnswer answer = await PlayAsync(
            null, string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 100)),
            middleware => Contexts.Of().Around(
                exchange =>
                {
                    seen.Add(exchange.RequestId);
                    return ValueTask.CompletedTask;
                },
                middleware));
        Assert.Equal(100, seen.Distinct().Count());
        Assert.Equal(seen, IdsOf(answer));
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("4bf92f35-77b3.4da6_a3ce~929d+0e/0e=4736:@", true)]
    [InlineData("a b", false)]
    [InlineData("a\"b", false)]
    [InlineData("a\\b", false)]
    [InlineData("\u00e9", false)]
    [InlineData("", false)]
    [InlineData("a,b", false)]
    public async Task An_id_of_a_trusted_peer_is_taken_where_it_is_valid(string id, bool isTaken)
    {
        WireAnswer answer = await PlayAsync(
            Trusting, $"GET / HTTP/1.1\r\nHost: x\r\nx-request-id: {id}\r\n\r\n", Contexts.Of().Handler);
        Assert.Equal(isTaken, IdsOf(answer).Single() == id);
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task An_id_has_128_characters_at_most(int length, bool isTaken)
    {
        string id = new('a', length);
        WireAnswer answer = await PlayAsync(
            Trusting, $"GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: {id}\r\n\r\n", Contexts.Of().Handler);
        Assert.Equal(isTaken, IdsOf(answer).Single() == id);
    }

    [Fact]
    public async Task Two_ids_in_one_request_are_none()
    {
        WireAnswer answer = await PlayAsync(
            Trusting, "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\nX-Request-Id: b\r\n\r\n",
            Contexts.Of().Handler);
        Assert.Equal(32, IdsOf(answer).Single().Length);
    }

    [Fact]
    public async Task An_id_of_a_stranger_is_not_taken()
    {
        foreach ((RequestIdOptions? options, string peer) in
            new (RequestIdOptions?, string)[] { (Trusting, "192.0.2.1"), (null, Trusted) })
        {
            WireAnswer answer = await PlayAsync(
                options, "GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: mine\r\n\r\n", Contexts.Of().Handler, peer);
            Assert.DoesNotContain("mine", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_field_may_have_another_name_and_a_handler_s_own_is_replaced()
    {
        WireAnswer answer = await PlayAsync(
            Trusting with { FieldName = "Correlation" }, "GET / HTTP/1.1\r\nHost: x\r\nCorrelation: id7\r\n\r\n",
            middleware => Contexts.Of().Around(
                static exchange =>
                {
                    exchange.Response.Headers.Add("correlation"u8, "other"u8);
                    return ValueTask.CompletedTask;
                },
                middleware));
        Assert.Contains("\r\nCorrelation: id7\r\n", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("other", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_middleware_there_is_no_id()
    {
        string? id = "none yet";
        await Engine.PlayOnceAsync(Layer.Clear, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", exchange =>
        {
            id = exchange.RequestId;
            return ValueTask.CompletedTask;
        });
        Assert.Null(id);
    }

    [Fact]
    public void Wrong_options_are_all_listed()
    {
        var thrown = Assert.Throws<OptionsException>(() => RequestId.From(
            new RequestIdOptions { FieldName = "a b", TrustedPeers = ["here"] }));
        Assert.Equal(2, thrown.Problems.Count);
        Assert.StartsWith("RequestIdOptions.FieldName is 'a b'", thrown.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith("RequestIdOptions.TrustedPeers holds 'here'", thrown.Problems[1], StringComparison.Ordinal);
    }

    private static async Task<WireAnswer> PlayAsync(
        RequestIdOptions? options, string input, Func<IMiddleware[], Handler> around, string peer = Trusted)
    {
        string sent = await Contexts.PlayAsync(around([RequestId.From(options)]), input, peer);
        return new WireAnswer(sent, 0, false);
    }

    private static string[] IdsOf(WireAnswer answer) =>
        [.. IdPattern().Matches(answer.Text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("\r\n(?:X-Request-Id|Correlation): ([^\r]*)\r\n")]
    private static partial Regex IdPattern();
}
