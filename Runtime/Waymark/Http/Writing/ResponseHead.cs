using System.Buffers.Text;
using System.Text;

namespace Waymark.Http.Writing;

/// <summary>The parts of a response head, in the order they are sent: RFC 9112 sections 4 and 5.</summary>
internal readonly ref struct ResponseHead
{
    /// <summary>"Content-Length: " and 19 digits, CRLF and the empty line.</summary>
    public const int FramingBytesMax = 39;

    private static readonly byte[]?[] StatusLines = PrepareStatusLines();

    private readonly ReadOnlySpan<byte> _statusLine;
    private readonly ReadOnlySpan<byte> _dateLines;
    private readonly ReadOnlySpan<byte> _connectionLine;
    private readonly ReadOnlySpan<byte> _fields;
    private readonly ReadOnlySpan<byte> _framing;

    /// <param name="response">Status and fields.</param>
    /// <param name="date">The lines that every answer has.</param>
    /// <param name="connectionLine">The Connection field line, or nothing.</param>
    /// <param name="framing">The line that frames the body, or nothing; and the empty line.</param>
    public ResponseHead(
        Response response, DateCache date, ReadOnlySpan<byte> connectionLine, ReadOnlySpan<byte> framing)
    {
        int status = response.StatusCode;
        if (status == 200)
        {
            _dateLines = date.LinesOfOk;
        }
        else
        {
            _statusLine = StatusLines[status] ?? Encoding.ASCII.GetBytes($"HTTP/1.1 {status} \r\n");
            _dateLines = date.Line;
        }

        _connectionLine = connectionLine;
        _fields = response.Headers.Lines;
        _framing = framing;
    }

    /// <summary>The size of the head with its empty line.</summary>
    public int Size =>
        _statusLine.Length + _dateLines.Length + _connectionLine.Length + _fields.Length + _framing.Length;

    /// <summary>Writes the head.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (!_statusLine.IsEmpty)
            Append(ref destination, _statusLine);
        Append(ref destination, _dateLines);
        if (!_connectionLine.IsEmpty)
            Append(ref destination, _connectionLine);
        Append(ref destination, _fields);
        _framing.CopyTo(destination);
    }

    /// <summary>Writes the Content-Length field line and the empty line.</summary>
    /// <returns>How long they are.</returns>
    public static int FormatLength(Span<byte> framing, long length)
    {
        "Content-Length: "u8.CopyTo(framing);
        int digits = CountDigits(length);
        int end = 16 + digits;
        "\r\n\r\n"u8.CopyTo(framing[end..]);
        ulong rest = (ulong)length;
        for (int at = end - 1; at >= 16; at--)
        {
            ulong tenth = rest / 10;
            framing[at] = (byte)('0' + (rest - (tenth * 10)));
            rest = tenth;
        }

        return end + 4;
    }

    /// <summary>Writes the Transfer-Encoding field line and the empty line.</summary>
    /// <returns>How long they are.</returns>
    public static int CopyChunked(Span<byte> line)
    {
        "Transfer-Encoding: chunked\r\n\r\n"u8.CopyTo(line);
        return 30;
    }

    /// <summary>Writes the empty line alone, of an answer that nothing frames.</summary>
    /// <returns>How long it is.</returns>
    public static int CopyEmptyLine(Span<byte> line)
    {
        "\r\n"u8.CopyTo(line);
        return 2;
    }

    // RFC 9112 section 7.1: chunk-size = 1*HEXDIG
    public static int FormatChunkLine(Span<byte> line, long size)
    {
        bool isFormatted = Utf8Formatter.TryFormat(size, line, out int digits, 'x');
        System.Diagnostics.Debug.Assert(isFormatted);
        "\r\n"u8.CopyTo(line[digits..]);
        return digits + 2;
    }

    private static int CountDigits(long value)
    {
        int digits = 1;
        for (ulong rest = (ulong)value; rest >= 10; rest /= 10)
            digits++;
        return digits;
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
