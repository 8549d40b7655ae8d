using Waymark.Buffers;
using Waymark.Fuzz.Engine;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Fuzz.Targets;

/// <summary>A chunked body: RFC 9112 section 7.1.</summary>
internal sealed class ChunkTarget : FuzzTarget
{
    private const int BodyBytesMax = 2048;

    private readonly TrailerFields _trailers = new();

    public override string Name => "chunk";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "5\r\nhello\r\n0\r\n\r\n",
        "000A;a=b\r\n0123456789\r\n1;x; y = \"q\\\"\"\r\nz\r\n0\r\nA: b\r\nContent-Length: 1\r\n\r\nGET / HTTP/1\r\n",
        "7ff\r\n", "ffffffffffffffff\r\n", "0\r\n : x\r\n\r\n");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "\r\n", "\r", "\n", "0\r\n\r\n", "0\r\n", "1\r\na\r\n", "5\r\nhello\r\n", ";", ";a", ";a=b", ";a=\"\\\"\"",
        "\"", "=", "0x1", "+1", "-1", " ", "\t", "7fffffffffffffff", "8000000000000000", "00000000000000001", "800\r\n",
        "A: b\r\n", "Host: a\r\n", ":", "\x80", "\0", "\x7f");

    public override void Run(byte[] input, Random random)
    {
        Outcome whole = Decode(input, [input.Length]);
        int one = random.Next(input.Length + 1);
        int other = random.Next(input.Length + 1);
        CheckSame(whole, Decode(input, [Math.Min(one, other), Math.Max(one, other), input.Length]), $"{one}, {other}");
        if (input.Length <= 300 && random.Next(4) == 0)
            CheckSame(whole, Decode(input, [.. Enumerable.Range(1, input.Length)]), "octet by octet");

        (byte[] Data, int Length)? twin = ChunkTwin.Read(input, BodyBytesMax);
        Check(twin is not null == (whole.Result == ParseResult.Done),
            $"the twin says otherwise: {whole.Result} {whole.Rejection}");
        if (twin is { } read)
        {
            Check(read.Length == whole.Used && read.Data.AsSpan().SequenceEqual(whole.Data),
                "the twin reads another body");
        }
    }

    private static void CheckSame(Outcome wanted, Outcome actual, string how) => Check(
        wanted.Result == actual.Result && wanted.Rejection == actual.Rejection
            && (wanted.Result != ParseResult.Done || wanted.Used == actual.Used)
            && wanted.Data.AsSpan().SequenceEqual(actual.Data),
        $"the outcome depends on the split: {how}: {wanted.Result} {wanted.Rejection}, "
            + $"{actual.Result} {actual.Rejection}");

    /// <summary>Decodes an input that comes in pieces, each up to one of the ends.</summary>
    private Outcome Decode(byte[] input, int[] ends)
    {
        using var buffer = new ReceiveBuffer();
        var decoder = default(ChunkedDecoder);
        _trailers.Reset();
        var data = new List<byte>();
        int received = 0;
        foreach (int end in ends)
        {
            while (received < end)
            {
                Check(buffer.TryMakeRoom(ReceiveBuffer.ReadAheadBytesMax), "there is no room for the framing");
                int count = Math.Min(buffer.Free.Length, end - received);
                input.AsMemory(received, count).CopyTo(buffer.Free);
                buffer.Fill(count);
                received += count;
            }

            ParseResult result;
            while ((result = decoder.Advance(buffer, BodyBytesMax, _trailers)) == ParseResult.Done && !decoder.IsDone)
            {
                int count = (int)Math.Min(decoder.Remaining, buffer.UnreadLength);
                if (count == 0)
                {
                    result = ParseResult.NeedMore;
                    break;
                }

                data.AddRange(buffer.Unread[..count]);
                buffer.Consume(count);
                decoder.Take(count);
            }

            if (result != ParseResult.NeedMore)
                return new Outcome(result, decoder.Rejection, [.. data], received - buffer.UnreadLength);
        }

        return new Outcome(ParseResult.NeedMore, RequestRejection.None, [.. data], received - buffer.UnreadLength);
    }

    private sealed record Outcome(ParseResult Result, RequestRejection Rejection, byte[] Data, int Used);
}
