using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Waymark.Buffers;

namespace Waymark.Answers;

/// <summary>The Location field: RFC 9110 section 10.2.2.</summary>
internal static class LocationField
{
    private const int StackBytesMax = 512;
    private const string HexDigits = "0123456789ABCDEF";

    // RFC 3986 section 4.1: a URI-reference is made of these and of pct-encoded.
    private static readonly SearchValues<byte> Kept = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"u8);

    /// <summary>Refuses what could start another field line, where the handler still stands on the stack.</summary>
    /// <exception cref="ArgumentException">It holds a control character.</exception>
    public static string Check(string location, [CallerArgumentExpression(nameof(location))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(location, name);
        foreach (char character in location)
        {
            if (char.IsControl(character))
            {
                throw new ArgumentException(
                    $"The location holds the control character U+{(int)character:X4}, which could start a new field "
                    + "line (RFC 9110 section 5.5): escape values with Uri.EscapeDataString.",
                    name);
            }
        }

        return location;
    }

    /// <summary>Sets the field; a space and what else no URI may hold is percent-encoded.</summary>
    /// <exception cref="InvalidOperationException">There is none: the result was made by <c>default</c>.</exception>
    public static void Set(Response response, string? location)
    {
        if (location is null)
            throw new InvalidOperationException("The result has no location: make it with Results, not with default.");

        // Three octets for each of at most three.
        int bytesMax = location.Length * 9;
        byte[]? rented = bytesMax > StackBytesMax ? BlockPool.Rent(bytesMax + (location.Length * 3)) : null;
        Span<byte> room = rented ?? stackalloc byte[StackBytesMax + (StackBytesMax / 3)];
        int length = Encode(location, room, bytesMax);
        response.Headers.Remove("Location"u8);
        response.Headers.AddTrusted("Location"u8, room[..length]);
        if (rented is not null)
            BlockPool.Return(rented);
    }

    private static int Encode(string location, Span<byte> room, int bytesMax)
    {
        Span<byte> raw = room[bytesMax..];
        raw = raw[..Encoding.UTF8.GetBytes(location, raw)];
        int length = 0;
        foreach (byte octet in raw)
        {
            if (Kept.Contains(octet))
            {
                room[length++] = octet;
                continue;
            }

            room[length++] = (byte)'%';
            room[length++] = (byte)HexDigits[octet >> 4];
            room[length++] = (byte)HexDigits[octet & 15];
        }

        return length;
    }
}
