using BenchmarkDotNet.Attributes;
using Waymark.Http.Writing;

namespace Waymark.Benchmarks.Parts;

/// <summary>The head of an answer: status, Date, Content-Type and Content-Length, put into a span.</summary>
/// <remarks>The writer as a whole is in <see cref="RequestBenchmark"/>: it writes for a connection only.</remarks>
public class WriterBenchmark
{
    private readonly byte[] _destination = new byte[512];
    private readonly Response _response = new(writer: null!);

    /// <summary>Sets the one field that a handler's answer has.</summary>
    public WriterBenchmark() => _response.Headers.Set("Content-Type"u8, "text/plain; charset=utf-8"u8);

    /// <summary>With a length of three digits.</summary>
    [Benchmark]
    public int Head()
    {
        Span<byte> framing = stackalloc byte[ResponseHead.FramingBytesMax];
        int framingBytes = ResponseHead.FormatLength(framing, 512);
        var head = new ResponseHead(
            _response, "Date: Sat, 21 Nov 2026 12:00:00 GMT\r\n"u8, default, framing[..framingBytes]);
        head.CopyTo(_destination);
        return head.Size;
    }
}
