using Waymark.Buffers;
using Waymark.Http;

namespace Waymark.Answers;

/// <summary>How much a client likes a content coding: RFC 9110 section 12.5.3.</summary>
/// <remarks>
/// <code>
/// Accept-Encoding = #( codings [ weight ] ) ; codings = content-coding / "identity" / "*"
/// </code>
/// A coding that is not named has the weight of <c>*</c>, else none. Elements whose weight cannot be read are passed
/// over.
/// </remarks>
internal static class CodingField
{
    /// <summary>The q of a coding in thousandths, 0 where it is not asked for.</summary>
    public static int WeightOf(RequestHeaders headers, ReadOnlySpan<byte> coding)
    {
        int named = -1;
        int any = 0;
        foreach (HeaderLine line in headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, "Accept-Encoding"u8))
                continue;
            ReadOnlySpan<byte> list = line.Value;
            while (!list.IsEmpty)
            {
                ReadOnlySpan<byte> element = AcceptField.Take(ref list, (byte)',');
                ReadOnlySpan<byte> name = Ascii.Trim(AcceptField.Take(ref element, (byte)';'));
                if (!TryReadWeight(Ascii.Trim(element), out int weight))
                    continue;
                if (Ascii.EqualsIgnoreCase(name, coding))
                    named = weight;
                else if (name.SequenceEqual("*"u8))
                    any = weight;
            }
        }

        return named >= 0 ? named : any;
    }

    private static bool TryReadWeight(ReadOnlySpan<byte> parameter, out int weight)
    {
        weight = AcceptField.WeightMax;
        return parameter.IsEmpty || (parameter.Length > 2 && (parameter[0] | 0x20) == 'q' && parameter[1] == '='
            && AcceptField.TryReadWeight(parameter[2..], out weight));
    }
}
