using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Waymark.Buffers;

/// <summary>The character sets of HTTP and URIs, for vectorised scans.</summary>
internal static class Ascii
{
    private const string Alpha = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digit = "0123456789";

    // RFC 3986 section 2.3: unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
    private const string UnreservedText = Alpha + Digit + "-._~";

    // RFC 3986 section 2.2: sub-delims = "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
    private const string SubDelims = "!$&'()*+,;=";

    /// <summary>
    /// RFC 9110 section 5.6.2: tchar = "!" / "#" / "$" / "%" / "&amp;" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`"
    /// / "|" / "~" / DIGIT / ALPHA.
    /// </summary>
    public static readonly SearchValues<byte> Token = Of("!#$%&'*+-.^_`|~" + Digit + Alpha);

    /// <summary>
    /// What can stand in an authority, for finding its end: a registered name, brackets, a colon, and an at sign.
    /// </summary>
    public static readonly SearchValues<byte> Authority = Of(UnreservedText + SubDelims + "%[]:@");

    /// <summary>
    /// What ends a field value: RFC 9110 section 5.5 allows SP, HTAB, VCHAR and obs-text, so every other control and
    /// DEL.
    /// </summary>
    public static readonly SearchValues<byte> FieldValueEnd = SearchValues.Create(Controls());

    /// <summary>
    /// What an origin-form target is made of: RFC 3986 section 3.4, query = *( pchar / "/" / "?" ), and the percent
    /// sign.
    /// </summary>
    public static readonly SearchValues<byte> Target = Of(UnreservedText + SubDelims + ":@/?%");

    /// <summary>
    /// Characters that RFC 2396 section 2.4.3 calls unwise and browsers send in queries; RFC 3986 has no place for
    /// them.
    /// </summary>
    public static readonly SearchValues<byte> Unwise = Of("{}|\"");

    /// <summary>RFC 2046 section 5.1.1: bchars := DIGIT / ALPHA / "'()+_,-./:=?" / " ".</summary>
    public static readonly SearchValues<byte> Boundary = Of(Alpha + Digit + "'()+_,-./:=? ");

    /// <summary>True for <c>ALPHA / DIGIT / "-" / "." / "_" / "~"</c>.</summary>
    public static bool IsUnreserved(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    /// <summary>True for SP and HTAB, the only white space there is (RFC 9110 section 5.6.3).</summary>
    public static bool IsWhitespace(byte octet) => octet is (byte)' ' or (byte)'\t';

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        _ => -1,
    };

    /// <summary>Takes the first element off a list, without the SP and HTAB around it; an empty one counts.</summary>
    /// <param name="list">What is left of the list; empty behind the last element.</param>
    /// <param name="separator">What stands between elements.</param>
    public static ReadOnlySpan<byte> TakeElement(scoped ref ReadOnlySpan<byte> list, byte separator)
    {
        int end = list.IndexOf(separator);
        ReadOnlySpan<byte> element = Trim(end < 0 ? list : list[..end]);
        list = end < 0 ? default : list[(end + 1)..];
        return element;
    }

    /// <summary>Strips SP and HTAB from both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    /// <summary>
    /// Compares with a lower-case literal of letters, digits and hyphens, ignoring the case of letters.
    /// </summary>
    /// <remarks>
    /// Setting bit 5 makes 'A'..'Z' lower case and leaves '-' and digits alone. The only other octets it maps onto a
    /// letter, digit or hyphen are controls (0x0D onto '-', 0x10..0x19 onto digits), and no caller's value holds one.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EqualsLower(ReadOnlySpan<byte> value, ReadOnlySpan<byte> lower)
    {
        if (value.Length != lower.Length)
            return false;
        int i = 0;
        for (; i + 8 <= lower.Length; i += 8)
        {
            ulong folded = BinaryPrimitives.ReadUInt64LittleEndian(value[i..]) | 0x2020202020202020;
            if (folded != BinaryPrimitives.ReadUInt64LittleEndian(lower[i..]))
                return false;
        }

        for (; i < lower.Length; i++)
        {
            if ((value[i] | 0x20) != lower[i])
                return false;
        }

        return true;
    }

    /// <summary>Compares two names of fields, ignoring the case of letters.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        System.Text.Ascii.EqualsIgnoreCase(left, right);

    /// <summary>Reads <c>1*DIGIT</c> of at most 19 digits.</summary>
    /// <returns>False for anything else, and for a value above 2^63-1.</returns>
    public static bool TryParseDigits(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        if (digits.Length is 0 or > 19)
            return false;
        ulong sum = 0;
        foreach (byte octet in digits)
        {
            uint digit = (uint)(octet - '0');
            if (digit > 9)
                return false;
            // 19 digits are at most 9,999,999,999,999,999,999, which an unsigned long holds.
            sum = (sum * 10) + digit;
        }

        value = (long)sum;
        return sum <= long.MaxValue;
    }

    private static SearchValues<byte> Of(string characters) =>
        SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(characters));

    /// <summary>True for what is no part of a strict target, and may be accepted without an escape.</summary>
    public static bool IsLenient(byte octet) =>
        octet is >= 0x80 or (byte)'{' or (byte)'}' or (byte)'|' or (byte)'"';

    private static byte[] Controls()
    {
        List<byte> controls = [0x7F];
        for (byte octet = 0; octet < 0x20; octet++)
        {
            if (octet != '\t')
                controls.Add(octet);
        }

        return [.. controls];
    }
}
