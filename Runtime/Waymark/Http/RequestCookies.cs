using System.Text;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Http;

/// <summary>The cookies of a request: RFC 6265 section 4.2. Read in place, in the order they came.</summary>
/// <remarks>
/// Names are compared octet by octet. A value is taken as it came, without the double quotes that may stand around it;
/// pairs without <c>=</c> are skipped.
/// </remarks>
public readonly ref struct RequestCookies
{
    private readonly RequestHeaders _headers;

    internal RequestCookies(RequestHeaders headers) => _headers = headers;

    /// <summary>The value of the first cookie with a name, as text; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public string? this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            Span<byte> bytes = stackalloc byte[256];
            return Encoding.UTF8.TryGetBytes(name, bytes, out int length) && TryGet(bytes[..length], out var value)
                ? Encoding.UTF8.GetString(value)
                : null;
        }
    }

    /// <summary>Finds the first cookie with a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">Its value as it came, without quotes around it.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (HeaderLine line in _headers)
        {
            if (line.Name.Length != 6 || !Ascii.EqualsIgnoreCase(line.Name, "cookie"u8))
                continue;
            // cookie-string = cookie-pair *( ";" SP cookie-pair )
            ReadOnlySpan<byte> rest = line.Value;
            while (!rest.IsEmpty)
            {
                ReadOnlySpan<byte> pair = Ascii.TakeElement(ref rest, (byte)';');
                int equals = pair.IndexOf((byte)'=');
                if (equals == name.Length && pair[..equals].SequenceEqual(name))
                {
                    value = Unquote(pair[(equals + 1)..]);
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value) =>
        value is [(byte)'"', .., (byte)'"'] ? value[1..^1] : value;
}
