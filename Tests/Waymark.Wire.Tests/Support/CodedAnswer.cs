using System.IO.Compression;
using System.Text;

namespace Waymark.Wire.Tests.Support;

/// <summary>An answer with its framing taken off, and its content coding where that is asked for.</summary>
/// <param name="Head">Status line and fields.</param>
/// <param name="Body">What came, without the chunks.</param>
internal sealed record CodedAnswer(string Head, byte[] Body)
{
    /// <summary>The bytes of the head, with the empty line.</summary>
    public int HeadLength => Head.Length + 4;

    public static CodedAnswer Parse(byte[] sent)
    {
        string text = Encoding.Latin1.GetString(sent);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string head = text[..end];
        byte[] rest = sent[(end + 4)..];
        return new CodedAnswer(
            head, head.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal) ? Join(rest) : rest);
    }

    /// <summary>The value of a field; empty where there is none.</summary>
    public string Field(string name) => Head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..] ?? "";

    /// <summary>The whole body as text.</summary>
    public string Decoded()
    {
        using Stream stream = Open();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd();
    }

    /// <summary>What can be read of a body that has not come to its end.</summary>
    public string DecodedSoFar()
    {
        using Stream stream = Open();
        byte[] buffer = new byte[4096];
        int length = 0;
        try
        {
            for (int count; (count = stream.Read(buffer, length, buffer.Length - length)) > 0;)
                length += count;
        }
        catch (InvalidDataException)
        {
            // The end is missing, of course.
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private Stream Open() => Field("Content-Encoding") switch
    {
        "br" => new BrotliStream(new MemoryStream(Body), CompressionMode.Decompress),
        "gzip" => new GZipStream(new MemoryStream(Body), CompressionMode.Decompress),
        _ => new MemoryStream(Body),
    };

    private static byte[] Join(byte[] chunks)
    {
        using var joined = new MemoryStream();
        int position = 0;
        while (position < chunks.Length)
        {
            int line = Array.IndexOf(chunks, (byte)'\r', position);
            int size = Convert.ToInt32(Encoding.ASCII.GetString(chunks, position, line - position), 16);
            joined.Write(chunks, line + 2, size);
            position = line + 2 + size + 2;
        }

        return joined.ToArray();
    }
}
