using System.Text;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("hello, body")]
    public async Task A_body_of_a_length_is_read_at_every_split_point(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        for (int split = 0; split <= bytes.Length; split++)
        {
            using var source = new FakeBodySource(bytes[..split], bytes[split..]);
            RequestBody body = BodyReading.Begin(source, length: bytes.Length);
            Assert.Equal(bytes.Length, body.Length);
            Assert.Equal(text, await BodyReading.ReadAllAsync(body));
            Assert.True(body.IsComplete);

            using var again = new FakeBodySource(bytes[..split], bytes[split..]);
            RequestBody whole = BodyReading.Begin(again, length: bytes.Length);
            Assert.Equal(text, Encoding.Latin1.GetString((await whole.ReadAllAsync()).Span));
            whole.End();
        }
    }

    [Fact]
    public async Task What_follows_the_body_is_left_in_the_input()
    {
        using var source = new FakeBodySource("abcnext"u8.ToArray());
        await source.FillAsync();
        RequestBody body = BodyReading.Begin(source, length: 3);
        Assert.Equal("abc", await BodyReading.ReadAllAsync(body));
        Assert.Equal("next", Encoding.Latin1.GetString(source.Input.Unread));

        using var chunked = new FakeBodySource("1\r\nx\r\n0\r\n\r\nnext"u8.ToArray());
        Assert.Equal("x", await BodyReading.ReadAllAsync(BodyReading.Begin(chunked)));
        Assert.Equal("next", Encoding.Latin1.GetString(chunked.Input.Unread));
    }

    [Theory]
    [InlineData(nameof(RequestRejection.BodyIncomplete), 400)]
    [InlineData(nameof(RequestRejection.BodyTimedOut), 408)]
    public async Task An_early_end_says_why(string reason, int status)
    {
        using var source = new FakeBodySource("ab"u8.ToArray()) { EndReason = Enum.Parse<RequestRejection>(reason) };
        RequestBody body = BodyReading.Begin(source, length: 3);
        var e = await Assert.ThrowsAsync<BadRequestException>(() => BodyReading.ReadAllAsync(body));
        Assert.Equal((reason, status), (e.Rejection.ToString(), e.StatusCode));
        Assert.False(body.IsComplete);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public async Task Reading_all_has_a_limit_of_its_own(int length, bool isAccepted)
    {
        string text = new('a', length);
        await CheckAsync(new FakeBodySource(Encoding.Latin1.GetBytes(text)), length);
        await CheckAsync(new FakeBodySource(Encoding.Latin1.GetBytes($"{length:x}\r\n{text}\r\n0\r\n\r\n")), null);

        async Task CheckAsync(FakeBodySource source, int? declared)
        {
            using (source)
            {
                RequestBody body = BodyReading.Begin(source, length: declared);
                if (isAccepted)
                {
                    Assert.Equal(text, Encoding.Latin1.GetString((await body.ReadAllAsync(10)).Span));
                    body.End();
                    return;
                }

                var e = await Assert.ThrowsAsync<BadRequestException>(async () => await body.ReadAllAsync(10));
                Assert.Equal((RequestRejection.BodyTooLarge, 413), (e.Rejection, e.StatusCode));
                body.End();
            }
        }
    }

    [Fact]
    public async Task A_large_body_grows_what_holds_it()
    {
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        using var source = new FakeBodySource([Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes.Chunk(3000),
            "\r\n0\r\n\r\n"u8.ToArray()]);
        RequestBody body = BodyReading.Begin(source, bytes.Length);
        Assert.Null(body.Length);
        Assert.True((await body.ReadAllAsync()).Span.SequenceEqual(bytes));
        body.End();
    }

    [Fact]
    public async Task Continue_is_sent_once_when_the_reading_starts_and_nothing_has_come()
    {
        using var source = new FakeBodySource("a"u8.ToArray(), "b"u8.ToArray());
        RequestBody body = BodyReading.Begin(source, length: 2, facts: HeadFacts.Expect100);
        Assert.True(body.IsContinueExpected);
        Assert.Equal(0, source.ContinueCount);
        Assert.Equal("ab", await BodyReading.ReadAllAsync(body));
        Assert.Equal(1, source.ContinueCount);
        Assert.False(body.IsContinueExpected);
    }

    [Fact]
    public async Task Continue_is_not_sent_when_octets_have_come_or_none_are_needed()
    {
        using var early = new FakeBodySource("a"u8.ToArray(), "b"u8.ToArray());
        await early.FillAsync();
        RequestBody body = BodyReading.Begin(early, length: 2, facts: HeadFacts.Expect100);
        Assert.Equal("ab", await BodyReading.ReadAllAsync(body));
        Assert.Equal(0, early.ContinueCount);

        using var empty = new FakeBodySource();
        Assert.Equal("", await BodyReading.ReadAllAsync(
            BodyReading.Begin(empty, length: 0, facts: HeadFacts.Expect100)));
        Assert.Equal(0, empty.ContinueCount);
    }
}
