using Waymark.Buffers;
using Waymark.Http;

namespace Waymark.Answers;

/// <summary>How much a client likes a media type.</summary>
/// <remarks>
/// <code>
/// Accept = #( media-range [ weight ] )
/// media-range = ( "*/*" / ( type "/*" ) / ( type "/" subtype ) ) parameters
/// weight = OWS ";" OWS "q=" qvalue ; qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
/// </code>
/// The most specific range that matches decides, wherever it stands. Elements that are no media range are passed over;
/// where nothing else is there, the field counts as absent.
/// </remarks>
internal static class AcceptField
{
    /// <summary>A q of 1, in thousandths.</summary>
    public const int WeightMax = 1000;

    /// <summary>The q of a media type in thousandths, 0 where it is not acceptable.</summary>
    public static int WeightOf(RequestHeaders headers, string mediaType)
    {
        var best = new Best(-1, WeightMax);
        bool isStated = false;
        foreach (HeaderLine line in headers)
        {
            if (Ascii.EqualsIgnoreCase(line.Name, "Accept"u8))
                Read(line.Value, mediaType, ref best, ref isStated);
        }

        return isStated && best.Specificity < 0 ? 0 : best.Weight;
    }

    private static void Read(ReadOnlySpan<byte> list, string mediaType, ref Best best, ref bool isStated)
    {
        while (!list.IsEmpty)
        {
            ReadOnlySpan<byte> element = Take(ref list, (byte)',');
            ReadOnlySpan<byte> range = Ascii.Trim(Take(ref element, (byte)';'));
            int slash = range.IndexOf((byte)'/');
            if (slash <= 0 || slash == range.Length - 1 || !TryReadParameters(element, mediaType, out Facts facts))
                continue;
            isStated = true;
            int specificity = SpecificityOf(range, slash, mediaType);
            if (specificity < 0 || !facts.IsMatch)
                continue;
            specificity += facts.ParameterCount;
            if (specificity > best.Specificity)
                best = new Best(specificity, facts.Weight);
        }
    }

    /// <summary>0 for any type, 100 for a main type, 200 for the type itself; -1 where it does not match.</summary>
    private static int SpecificityOf(ReadOnlySpan<byte> range, int slash, ReadOnlySpan<char> mediaType)
    {
        if (range.SequenceEqual("*/*"u8))
            return 0;
        int end = mediaType.IndexOf(';');
        ReadOnlySpan<char> own = (end < 0 ? mediaType : mediaType[..end]).Trim(' ');
        if (range.EndsWith("/*"u8))
        {
            return own.Length > slash && System.Text.Ascii.EqualsIgnoreCase(range[..(slash + 1)], own[..(slash + 1)])
                ? 100
                : -1;
        }

        return System.Text.Ascii.EqualsIgnoreCase(range, own) ? 200 : -1;
    }

    /// <summary>Reads what stands behind the range; false where the weight is none.</summary>
    private static bool TryReadParameters(ReadOnlySpan<byte> rest, ReadOnlySpan<char> mediaType, out Facts facts)
    {
        facts = new Facts(true, 0, WeightMax);
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> parameter = Ascii.Trim(Take(ref rest, (byte)';'));
            if (parameter.Length >= 2 && (parameter[0] | 0x20) == 'q' && parameter[1] == '=')
            {
                // What follows the weight was an extension once; RFC 9110 has none any more.
                bool isWeight = TryReadWeight(parameter[2..], out int weight);
                facts = facts with { Weight = weight };
                return isWeight;
            }

            if (parameter.IsEmpty || IsUtf8(parameter))
                continue;
            facts = new Facts(facts.IsMatch && Has(mediaType, parameter), facts.ParameterCount + 1, facts.Weight);
        }

        return true;
    }

    /// <summary>Everything here is UTF-8, whether the type that is sent says so or not.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> parameter) =>
        Ascii.EqualsIgnoreCase(parameter, "charset=utf-8"u8)
        || Ascii.EqualsIgnoreCase(parameter, "charset=\"utf-8\""u8);

    private static bool Has(ReadOnlySpan<char> mediaType, ReadOnlySpan<byte> parameter)
    {
        int start = mediaType.IndexOf(';');
        while (start >= 0)
        {
            mediaType = mediaType[(start + 1)..];
            start = mediaType.IndexOf(';');
            ReadOnlySpan<char> own = (start < 0 ? mediaType : mediaType[..start]).Trim(' ');
            if (System.Text.Ascii.EqualsIgnoreCase(parameter, own))
                return true;
        }

        return false;
    }

    /// <summary>Reads a qvalue, in thousandths.</summary>
    public static bool TryReadWeight(ReadOnlySpan<byte> text, out int weight)
    {
        weight = 0;
        if (text.Length is 0 or > 5 || text[0] is not ((byte)'0' or (byte)'1') || (text.Length > 1 && text[1] != '.'))
            return false;
        weight = (text[0] - '0') * WeightMax;
        int unit = WeightMax / 10;
        for (int index = 2; index < text.Length; index++, unit /= 10)
        {
            if (text[index] is < (byte)'0' or > (byte)'9')
                return false;
            weight += (text[index] - '0') * unit;
        }

        return weight <= WeightMax;
    }

    /// <summary>Cuts off what stands before a separator that is not inside quotes.</summary>
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, byte separator)
    {
        bool isQuoted = false;
        for (int index = 0; index < rest.Length; index++)
        {
            byte octet = rest[index];
            if (octet == '"')
                isQuoted = !isQuoted;
            else if (isQuoted && octet == '\\')
                index++;
            else if (octet == separator && !isQuoted)
                return Cut(ref rest, index);
        }

        ReadOnlySpan<byte> all = rest;
        rest = default;
        return all;
    }

    private static ReadOnlySpan<byte> Cut(ref ReadOnlySpan<byte> rest, int index)
    {
        ReadOnlySpan<byte> taken = rest[..index];
        rest = rest[(index + 1)..];
        return taken;
    }

    private readonly record struct Best(int Specificity, int Weight);

    private readonly record struct Facts(bool IsMatch, int ParameterCount, int Weight);
}
