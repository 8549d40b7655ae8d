using System.Buffers.Text;
using Waymark;

/// <summary>How a request, an array of bulk strings, falls into words.</summary>
/// <remarks>
/// <code>
/// *2 CR LF  $3 CR LF G E T CR LF  $1 CR LF k CR LF
///           ^ header ^ word       ^ header ^ word
/// </code>
/// </remarks>
internal sealed class RespSyntax : ICommandSyntax
{
    /// <summary>The longest line of a header that can be right: a kind, a sign and 19 digits, CR LF.</summary>
    public const int HeaderMax = 24;

    public static readonly RespSyntax Instance = new();

    /// <summary>A word may hold any octet.</summary>
    public bool IsText => false;

    /// <summary>Finds the words of a request that <see cref="RespProtocol"/> has found whole.</summary>
    public int Split(ReadOnlySpan<byte> packet, Span<Range> words)
    {
        ReadHeader(packet, out long count, out int position);
        for (int index = 0; index < count; index++)
        {
            ReadHeader(packet[position..], out long length, out int headerLength);
            int start = position + headerLength;
            if (index < words.Length)
                words[index] = start..(start + (int)length);
            position = start + (int)length + 2;
        }

        return (int)count;
    }

    /// <summary>Reads a line of a kind and a number.</summary>
    /// <returns>
    /// False where its end has not come; the number is negative where it is none that can be right.
    /// </returns>
    public static bool ReadHeader(ReadOnlySpan<byte> packet, out long number, out int length)
    {
        ReadOnlySpan<byte> start = packet[..Math.Min(packet.Length, HeaderMax)];
        int end = start.IndexOf((byte)'\r');
        number = -1;
        length = 0;
        if (end < 0 || end + 1 == start.Length)
            return packet.Length >= HeaderMax;
        length = end + 2;
        ReadOnlySpan<byte> digits = start[1..end];
        bool isNumber = Utf8Parser.TryParse(digits, out long value, out int used) && used == digits.Length
            && digits[0] != '+' && start[end + 1] == '\n';
        number = isNumber ? value : -1;
        return true;
    }
}
