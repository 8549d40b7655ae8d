using Waymark.Answers;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>Which content codings a client takes: RFC 9110 section 12.5.3.</summary>
/// <remarks>
/// <code>
/// Accept-Encoding = #( codings [ weight ] )
/// codings         = content-coding / "identity" / "*"
/// </code>
/// Elements that are none are passed over. A coding that is not named has the weight of <c>*</c>; without a field,
/// nothing is compressed.
/// </remarks>
internal struct AcceptEncodingField
{
    private const int Unnamed = -1;

    private int _brotli;
    private int _gzip;
    private int _identity;
    private int _any;

    /// <summary>True where the client does not take what is not compressed.</summary>
    public readonly bool IsIdentityRefused => _identity == 0 || (_identity == Unnamed && _any == 0);

    /// <summary>Reads the field lines of a request.</summary>
    public static AcceptEncodingField Read(RequestHeaders headers)
    {
        var field = new AcceptEncodingField
        {
            _brotli = Unnamed, _gzip = Unnamed, _identity = Unnamed, _any = Unnamed,
        };
        foreach (HeaderLine line in headers)
        {
            if (Ascii.EqualsIgnoreCase(line.Name, "Accept-Encoding"u8))
                field.ReadLine(line.Value);
        }

        return field;
    }

    /// <summary>The coding that the client likes best; null where that is none.</summary>
    /// <param name="codings">What there is, the server's preference first, which decides between equal weights.</param>
    public readonly ContentCoding? Choose(ReadOnlySpan<ContentCoding> codings)
    {
        ContentCoding? best = null;
        int bestWeight = 0;
        foreach (ContentCoding coding in codings)
        {
            int weight = coding == ContentCoding.Brotli ? _brotli : _gzip;
            if (weight == Unnamed)
                weight = Math.Max(_any, 0);
            if (weight <= bestWeight)
                continue;
            best = coding;
            bestWeight = weight;
        }

        return bestWeight >= _identity ? best : null;
    }

    private void ReadLine(ReadOnlySpan<byte> list)
    {
        while (!list.IsEmpty)
        {
            ReadOnlySpan<byte> element = Ascii.TakeElement(ref list, (byte)',');
            ReadOnlySpan<byte> coding = Ascii.TakeElement(ref element, (byte)';');
            int weight = AcceptField.WeightMax;
            if (!element.IsEmpty && !TryReadWeight(element, out weight))
                continue;
            if (Ascii.EqualsIgnoreCase(coding, "br"u8))
                _brotli = weight;
            else if (Ascii.EqualsIgnoreCase(coding, "gzip"u8) || Ascii.EqualsIgnoreCase(coding, "x-gzip"u8))
                _gzip = weight;
            else if (Ascii.EqualsIgnoreCase(coding, "identity"u8))
                _identity = weight;
            else if (coding.SequenceEqual("*"u8))
                _any = weight;
        }
    }

    // weight = OWS ";" OWS "q=" qvalue
    private static bool TryReadWeight(ReadOnlySpan<byte> parameter, out int weight)
    {
        parameter = Ascii.Trim(parameter);
        weight = 0;
        return parameter.Length > 2 && (parameter[0] | 0x20) == 'q' && parameter[1] == '='
            && AcceptField.TryReadWeight(parameter[2..], out weight);
    }
}

/// <summary>A content coding that is written here.</summary>
internal enum ContentCoding
{
    /// <summary><c>br</c>: RFC 7932.</summary>
    Brotli,

    /// <summary><c>gzip</c>: RFC 1952.</summary>
    Gzip,
}
