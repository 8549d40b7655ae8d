using System.Buffers.Text;
using System.Text;

namespace Waymark.Http.Writing;

/// <summary>The parts of a response head, in the order they are sent: RFC 9112 sections 4 and 5.</summary>
internal readonly ref struct ResponseHead
{
    /// <summary>"Content-Length: " and 19 digits and CRLF.</summary>
    public const int FramingBytesMax = 37;

    private static readonly byte[]?[] StatusLines = PrepareStatusLines();

    private readonly ReadOnlySpan<byte> _statusLine;
    private readonly ReadOnlySpan<byte> _dateLine;
    private readonly ReadOnlySpan<byte> _connectionLine;
    private readonly ReadOnlySpan<byte> _fields;
    private readonly ReadOnlySpan<byte> _framingLine;

    public ResponseHead(
        Response response, ReadOnlySpan<byte> dateLine, ReadOnlySpan<byte> connectionLine,
        ReadOnlySpan<byte> framingLine)
    {
        _statusLine = StatusLines[response.StatusCode] ?? Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {response.StatusCode} \r\n");
        _dateLine = dateLine;
        _connectionLine = connectionLine;
        _fields = response.Headers.Lines;
        _framingLine = framingLine;
    }

    /// <summary>The size of the head with its empty line.</summary>
    public int Size =>
        _statusLine.Length + _dateLine.Length + _connectionLine.Length + _fields.Length + _framingLine.Length + 2;

    /// <summary>Writes the head.</summary>
    public void CopyTo(Span<byte> destination)
    {
        Append(ref destination, _statusLine);
        Append(ref destination, _dateLine);
        Append(ref destination, _connectionLine);
        Append(ref destination, _fields);
        Append(ref destination, _framingLine);
        Append(ref destination, "\r\n"u8);
    }

    public static int FormatLength(Span<byte> line, long length)
    {
        "Content-Length: "u8.CopyTo(line);
        bool isFormatted = Utf8Formatter.TryFormat(length, line[16..], out int digits);
        System.Diagnostics.Debug.Assert(isFormatted);
        "\r\n"u8.CopyTo(line[(16 + digits)..]);
        return 18 + digits;
    }

    public static int CopyChunked(Span<byte> line)
    {
        "Transfer-Encoding: chunked\r\n"u8.CopyTo(line);
        return 28;
    }

    // RFC 9112 section 7.1: chunk-size = 1*HEXDIG
    public static int FormatChunkLine(Span<byte> line, long size)
    {
        bool isFormatted = Utf8Formatter.TryFormat(size, line, out int digits, 'x');
        System.Diagnostics.Debug.Assert(isFormatted);
        "\r\n"u8.CopyTo(line[digits..]);
        return digits + 2;
    }

    private static void Append(ref Span<byte> destination, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(destination);
        destination = destination[bytes.Length..];
    }

    private static byte[]?[] PrepareStatusLines()
    {
        var lines = new byte[]?[600];
        for (int status = 100; status < lines.Length; status++)
        {
            if (StatusText.Of(status) is { Length: > 0 } text)
                lines[status] = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {text}\r\n");
        }

        return lines;
    }
}
