using Microsoft.Extensions.Logging;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>
/// The scenarios A05, A06, A24, A25, D17, D18, D19, D25 and H39: what one exchange may do to a connection.
/// </summary>
public sealed class ServerScenarioTests
{
    private const string Host = " HTTP/1.1\r\nHost: x\r\n";
    private const string Next = "GET /" + Host + "\r\n";

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task A05_A_failure_is_a_500_without_its_text_logged_once_and_a_new_connection_is_served(Layer layer)
    {
        var logger = new ListLogger();
        string text = (await Engine.PlayOnceAsync(layer, "GET /throw" + Host + "\r\n", logger: logger)).Text;
        Assert.StartsWith("HTTP/1.1 500 Internal Server Error\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal("secret", Assert.Single(logger.Events, e => e.Cause is not null).Cause!.Message);
        Assert.Equal("200", (await Engine.PlayAsync(Next)).Statuses);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10L)]
    public async Task A06_A_failure_behind_the_first_byte_is_never_a_complete_answer(long? length)
    {
        WireAnswer answer = await Engine.PlayAsync(Next + Next, handler: async exchange =>
        {
            exchange.Response.ContentLength = length;
            exchange.Response.Write("part"u8);
            await exchange.Response.FlushAsync();
            throw new InvalidOperationException("secret");
        });
        Assert.Equal("200", answer.Statuses);
        Assert.True(answer.IsAborted);
        Assert.False(answer.Text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/json")]
    [InlineData("/bytes")]
    [InlineData("/nowhere")]
    public async Task A24_HEAD_has_the_fields_of_GET_and_no_body(string path)
    {
        string get = (await Engine.PlayAsync($"GET {path}{Host}\r\n")).Text;
        string head = (await Engine.PlayAsync($"HEAD {path}{Host}\r\n")).Text;
        Assert.Contains("\r\nContent-Length: ", head, StringComparison.Ordinal);
        Assert.Equal(get[..(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)], head);
    }

    [Fact]
    public async Task A25_A_wrong_method_gets_405_with_Allow_and_the_connection_stays()
    {
        WireAnswer answer = await Engine.PlayAsync($"PUT /json{Host}Content-Length: 0\r\n\r\n" + Next);
        Assert.Equal("405 200", answer.Statuses);
        Assert.Contains("\r\nAllow: GET", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task D17_A_body_that_is_too_short_is_never_sent_on_a_connection_that_goes_on(Layer layer)
    {
        var logger = new ListLogger();
        WireAnswer answer = await Engine.PlayOnceAsync(layer, Next + Next, Short, logger);
        Assert.Empty(answer.Text);
        Assert.True(answer.IsAborted);
        Assert.Equal(LogLevel.Error, Assert.Single(logger.Events, e => e.Id == 1301).Level);

        static ValueTask Short(Exchange exchange)
        {
            exchange.Response.ContentLength = 5;
            exchange.Response.Write("abc"u8);
            return ValueTask.CompletedTask;
        }
    }

    // The answer to HEAD is made by the handler of GET, so that a body of its is nothing to warn of.
    [Fact]
    public async Task D18_The_body_of_an_answer_to_HEAD_is_dropped()
    {
        WireAnswer answer = await Engine.PlayAsync($"HEAD /{Host}\r\n" + Next);
        Assert.Equal("200 200", answer.Statuses);
        Assert.Equal(1, answer.Text.Split("hello").Length - 1);
    }

    [Fact]
    public async Task D19_A_short_body_that_nobody_reads_is_passed_over_and_a_huge_one_ends_the_connection()
    {
        string small = $"POST /ignore{Host}Content-Length: 3\r\n\r\nabc";
        Assert.Equal("200 200", (await Engine.PlayAtEverySplitAsync(small + Next)).Statuses);

        var limits = new ServerLimits { BodyBytesMax = long.MaxValue };
        string huge = $"POST /ignore{Host}Content-Length: 1073741824\r\n\r\n";
        WireAnswer answer = await Engine.PlayAsync(huge + Next, limits);
        Assert.Equal("200", answer.Statuses);
        Assert.True(answer.SaysClose);
    }

    [Theory]
    [InlineData(64 * 1024, "200 200")]
    [InlineData((64 * 1024) + 1, "200")]
    public async Task H39_Up_to_64_KiB_of_an_unread_body_are_drained(int length, string statuses)
    {
        string body = new('x', length);
        WireAnswer answer = await Engine.PlayAsync($"POST /ignore{Host}Content-Length: {length}\r\n\r\n{body}" + Next);
        Assert.Equal(statuses, answer.Statuses);
        Assert.False(answer.IsAborted);
    }

    [Fact]
    public async Task D25_A_middleware_turns_HEAD_with_a_body_into_500()
    {
        WireAnswer answer = await Engine.PlayAsync($"HEAD /{Host}\r\n" + Next, handler: async exchange =>
        {
            exchange.Response.Write("hello");
            await Task.Yield();
            if (exchange.Request.Method == "HEAD" && exchange.Response.BodyBytes > 0)
                exchange.Response.StatusCode = 500;
        });
        Assert.Equal("500 200", answer.Statuses);
    }
}
