using System.Buffers;
using System.Globalization;
using System.Text;
using Waymark;

/// <summary>A request that somebody types: words between blanks, in quotes where they hold some.</summary>
/// <remarks>
/// "…" knows \n \r \t \b \a \xHH and takes other characters behind a backslash as they are; '…' knows \' only. As Redis
/// reads them (sdssplitargs).
/// </remarks>
internal static class InlineCommand
{
    /// <summary>Writes the words of a line as an array of bulk strings.</summary>
    /// <returns>Null where there is no word.</returns>
    /// <exception cref="StreamProtocolException">Quotes are not closed, or there are too many words.</exception>
    public static byte[]? ToArray(ReadOnlySpan<byte> line, int wordsMax)
    {
        var words = new List<byte[]>();
        line = line.Trim(" \t\r\n"u8);
        while (!line.IsEmpty)
        {
            if (words.Count == wordsMax)
                throw new StreamProtocolException("too many words in request");
            words.Add(TakeWord(ref line));
            line = line.TrimStart(" \t"u8);
        }

        if (words.Count == 0)
            return null;
        var output = new ArrayBufferWriter<byte>(64);
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"*{words.Count}\r\n"), output);
        foreach (byte[] word in words)
            RespValue.Bulk(word).WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] TakeWord(ref ReadOnlySpan<byte> line)
    {
        var word = new ArrayBufferWriter<byte>(16);
        while (!line.IsEmpty && line[0] is not ((byte)' ' or (byte)'\t'))
        {
            if (line[0] is (byte)'"' or (byte)'\'')
            {
                TakeQuoted(ref line, word);
                break;
            }

            word.Write(line[..1]);
            line = line[1..];
        }

        return word.WrittenSpan.ToArray();
    }

    private static void TakeQuoted(ref ReadOnlySpan<byte> line, ArrayBufferWriter<byte> word)
    {
        byte quote = line[0];
        line = line[1..];
        while (!line.IsEmpty && line[0] != quote)
            word.Write([TakeOctet(ref line, quote == '"')]);

        // Behind the closing quote comes a blank, or nothing.
        if (line.IsEmpty || (line.Length > 1 && line[1] is not ((byte)' ' or (byte)'\t')))
            throw new StreamProtocolException("unbalanced quotes in request");
        line = line[1..];
    }

    private static byte TakeOctet(ref ReadOnlySpan<byte> line, bool knowsEscapes)
    {
        byte octet = line[0];
        int length = 1;
        if (octet == '\\' && line.Length > 1 && (knowsEscapes || line[1] == '\''))
        {
            length = 2;
            octet = line[1];
            if (knowsEscapes && octet == 'x' && line.Length > 3
                && byte.TryParse(line.Slice(2, 2), NumberStyles.AllowHexSpecifier, null, out byte parsed))
            {
                (octet, length) = (parsed, 4);
            }
            else if (knowsEscapes)
            {
                octet = octet switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    (byte)'b' => (byte)'\b',
                    (byte)'a' => (byte)'\a',
                    _ => octet,
                };
            }
        }

        line = line[length..];
        return octet;
    }
}
