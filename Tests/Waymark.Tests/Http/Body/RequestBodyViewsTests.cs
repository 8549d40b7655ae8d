using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

/// <summary>The same bytes as stream, pipe and sequence.</summary>
public sealed class RequestBodyViewsTests
{
    private static readonly byte[] Content = Enumerable.Range(0, 100_000).Select(index => (byte)(index * 7)).ToArray();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_reads_the_body_and_ends(bool isChunked)
    {
        using FakeBodySource source = SourceOf(isChunked);
        RequestBody body = BodyOf(source, isChunked);
        var copy = new MemoryStream();
        Stream stream = body.AsStream();
        await stream.CopyToAsync(copy, Stop);
        Assert.Equal(Content, copy.ToArray());
        Assert.True(body.IsComplete);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Stop));
    }

    [Fact]
    public async Task A_stream_only_reads_forwards_and_asynchronously()
    {
        using FakeBodySource source = SourceOf(false);
        Stream stream = BodyOf(source, false).AsStream();
        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Contains("ReadAsync", Assert.Throws<NotSupportedException>(() => stream.ReadByte()).Message);
        Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1], 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1].AsSpan()));
        Assert.Throws<NotSupportedException>(() => stream.CopyTo(new MemoryStream()));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.Write(new byte[1], 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        Assert.Equal(3, await stream.ReadAsync(new byte[5].AsMemory(1, 3), Stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => Assert.Equal(1, await stream.ReadAsync(new byte[1], new CancellationToken(true))));
    }

    [Fact]
    public async Task A_stream_ends_with_its_exchange_and_with_its_disposal()
    {
        using FakeBodySource source = SourceOf(false);
        RequestBody body = BodyOf(source, false);
        Stream kept = body.AsStream();
        Stream disposed = body.AsStream();
        await disposed.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => Assert.Equal(1, await disposed.ReadAsync(new byte[1], Stop)));
        Assert.Equal(1, await kept.ReadAsync(new byte[1], Stop));
        body.End();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => Assert.Equal(1, await kept.ReadAsync(new byte[1], Stop)));
    }

    [Fact]
    public async Task A_pipe_asks_for_no_more_than_is_examined()
    {
        byte[][] pieces = [.. Content.Chunk(10_000)];
        using var source = new FakeBodySource(pieces);
        RequestBody body = BodyReading.Begin(source, int.MaxValue, Content.Length);
        PipeReader pipe = body.AsPipeReader();
        ReadResult first = await pipe.ReadAsync(Stop);
        Assert.Equal(1, source.DirectCount);
        pipe.AdvanceTo(first.Buffer.Start);
        ReadResult again = await pipe.ReadAsync(Stop);
        Assert.Equal((1, first.Buffer.Length), (source.DirectCount, again.Buffer.Length));
        pipe.AdvanceTo(again.Buffer.Start);

        var copy = new MemoryStream();
        await pipe.CopyToAsync(copy, Stop);
        await pipe.CompleteAsync();
        Assert.Equal(Content, copy.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sequence_holds_the_body_in_blocks(bool isChunked)
    {
        using FakeBodySource source = SourceOf(isChunked);
        RequestBody body = BodyOf(source, isChunked);
        ReadOnlySequence<byte> sequence = await body.ReadSequenceAsync();
        Assert.Equal(Content, sequence.ToArray());
        Assert.False(sequence.IsSingleSegment);
        Assert.Equal(Content, (await body.ReadSequenceAsync()).ToArray());
        Assert.True((await body.ReadAllAsync()).Span.SequenceEqual(Content));
        body.End();
    }

    [Fact]
    public async Task A_sequence_of_what_was_read_whole_is_that()
    {
        using FakeBodySource source = SourceOf(true);
        RequestBody body = BodyOf(source, true);
        await body.ReadAllAsync();
        ReadOnlySequence<byte> sequence = await body.ReadSequenceAsync();
        Assert.True(sequence.IsSingleSegment);
        Assert.Equal(Content, sequence.ToArray());
        body.End();
    }

    [Theory]
    [InlineData(99_999, false)]
    [InlineData(100_000, true)]
    [InlineData(100_001, true)]
    public async Task A_sequence_has_a_limit_of_its_own(long bytesMax, bool isAccepted)
    {
        foreach (bool isChunked in (bool[])[false, true])
        {
            using FakeBodySource source = SourceOf(isChunked);
            RequestBody body = BodyOf(source, isChunked);
            if (isAccepted)
            {
                Assert.Equal(Content.Length, (await body.ReadSequenceAsync(bytesMax)).Length);
                body.End();
                continue;
            }

            var e = await Assert.ThrowsAsync<BadRequestException>(async () => await body.ReadSequenceAsync(bytesMax));
            Assert.Equal(RequestRejection.BodyTooLarge, e.Rejection);
            if (isChunked)
                await Assert.ThrowsAsync<InvalidOperationException>(async () => await body.ReadSequenceAsync());
            body.End();
        }
    }

    private static FakeBodySource SourceOf(bool isChunked) => isChunked
        ? new([Encoding.ASCII.GetBytes($"{Content.Length:x}\r\n"), .. Content.Chunk(3000), "\r\n0\r\n\r\n"u8.ToArray()])
        : new([.. Content.Chunk(3000)]);

    private static RequestBody BodyOf(FakeBodySource source, bool isChunked) =>
        BodyReading.Begin(source, int.MaxValue, isChunked ? null : Content.Length);
}
