using System.Buffers;
using System.Buffers.Text;
using System.Text;

/// <summary>An answer of RESP2, <see href="https://redis.io/docs/latest/develop/reference/protocol-spec/"/>.</summary>
internal readonly struct RespValue
{
    public static readonly RespValue Ok = Simple("OK");
    public static readonly RespValue Null = new(Kind.Bulk, null);
    public static readonly RespValue Empty = Array([]);
    public static readonly RespValue NullArray = new(Kind.Array, null);
    public static readonly RespValue WrongType =
        Error("WRONGTYPE Operation against a key holding the wrong kind of value");

    public static readonly RespValue NotInteger = Error("ERR value is not an integer or out of range");
    public static readonly RespValue SyntaxError = Error("ERR syntax error");

    private readonly Kind _kind;
    private readonly object? _content;
    private readonly long _number;

    private RespValue(Kind kind, object? content, long number = 0) =>
        (_kind, _content, _number) = (kind, content, number);

    private enum Kind
    {
        Simple,
        Error,
        Integer,
        Bulk,
        Array,
    }

    /// <summary>Text without line ends.</summary>
    public static RespValue Simple(string text) => new(Kind.Simple, text);

    /// <summary>What went wrong: a word in capitals, then a sentence. Line ends become blanks.</summary>
    public static RespValue Error(string text) => new(Kind.Error, text.ReplaceLineEndings(" "));

    public static RespValue Integer(long number) => new(Kind.Integer, null, number);

    /// <summary>1 or 0.</summary>
    public static RespValue Integer(bool isSo) => Integer(isSo ? 1 : 0);

    /// <summary>Octets that nobody changes any more; null for a value that is not there.</summary>
    public static RespValue Bulk(byte[]? octets) => new(Kind.Bulk, octets);

    public static RespValue Bulk(string text) => Bulk(Encoding.UTF8.GetBytes(text));

    public static RespValue Array(RespValue[] items) => new(Kind.Array, items);

    /// <summary>Bulk strings, one for each.</summary>
    public static RespValue Bulks(IEnumerable<byte[]?> items) => Array([.. items.Select(Bulk)]);

    public void WriteTo(IBufferWriter<byte> output)
    {
        switch (_kind)
        {
            case Kind.Simple:
                WriteText(output, "+"u8, (string?)_content ?? "");
                break;
            case Kind.Error:
                WriteText(output, "-"u8, (string)_content!);
                break;
            case Kind.Integer:
                WriteHead(output, (byte)':', _number);
                break;
            case Kind.Bulk when _content is null:
                output.Write("$-1\r\n"u8);
                break;
            case Kind.Array when _content is null:
                output.Write("*-1\r\n"u8);
                break;
            case Kind.Bulk:
                byte[] octets = (byte[])_content;
                WriteHead(output, (byte)'$', octets.Length);
                output.Write(octets);
                output.Write("\r\n"u8);
                break;
            default:
                var items = (RespValue[])_content!;
                WriteHead(output, (byte)'*', items.Length);
                foreach (RespValue item in items)
                    item.WriteTo(output);
                break;
        }
    }

    private static void WriteText(IBufferWriter<byte> output, ReadOnlySpan<byte> kind, string text)
    {
        output.Write(kind);
        Encoding.UTF8.GetBytes(text, output);
        output.Write("\r\n"u8);
    }

    private static void WriteHead(IBufferWriter<byte> output, byte kind, long number)
    {
        Span<byte> head = stackalloc byte[24]; // A kind, a sign, at most 19 digits, CR LF.
        head[0] = kind;
        Utf8Formatter.TryFormat(number, head[1..], out int length);
        "\r\n"u8.CopyTo(head[(1 + length)..]);
        output.Write(head[..(length + 3)]);
    }
}
