using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Realtime;

/// <summary>The fields of the opening handshake: RFC 6455 section 4.</summary>
internal static class HandshakeFields
{
    /// <summary>The length of Sec-WebSocket-Key and of Sec-WebSocket-Accept.</summary>
    public const int KeyLength = 24;

    public const int AcceptLength = 28;

    public static bool IsToken(string? text) =>
        !string.IsNullOrEmpty(text) && Encoding.UTF8.GetBytes(text).AsSpan().IndexOfAnyExcept(Ascii.Token) < 0;

    /// <summary>Finds the one field line of a name.</summary>
    /// <returns>False where there is none, or where there are several.</returns>
    public static bool TryGetOne(Request request, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int count = 0;
        value = default;
        foreach (HeaderLine line in request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, name))
                continue;
            value = line.Value;
            count++;
        }

        return count == 1;
    }

    // Sec-WebSocket-Key = base64-value-non-empty ; 16 octets
    public static bool IsKey(ReadOnlySpan<byte> key)
    {
        Span<byte> nonce = stackalloc byte[KeyLength];
        return key.Length == KeyLength && !key.ContainsAny(" \t"u8)
            && Base64.DecodeFromUtf8(key, nonce, out _, out int count) == System.Buffers.OperationStatus.Done
            && count == 16;
    }

    /// <summary>What proves that the server has understood the key: RFC 6455 section 4.2.2.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1; no secret depends on it.")]
    public static void WriteAccept(ReadOnlySpan<byte> key, Span<byte> accept)
    {
        Span<byte> text = stackalloc byte[KeyLength + 36];
        key.CopyTo(text);
        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.CopyTo(text[KeyLength..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(text, hash);
        Base64.EncodeToUtf8(hash, accept, out _, out _);
    }

    /// <summary>The first of the program's subprotocols that the client lists; null where there is none.</summary>
    public static string? Choose(Request request, IReadOnlyList<string> subprotocols)
    {
        foreach (string protocol in subprotocols)
        {
            if (Lists(request, Encoding.UTF8.GetBytes(protocol)))
                return protocol;
        }

        return null;
    }

    private static bool Lists(Request request, ReadOnlySpan<byte> protocol)
    {
        foreach (HeaderLine line in request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, "sec-websocket-protocol"u8))
                continue;
            ReadOnlySpan<byte> rest = line.Value;
            while (!rest.IsEmpty)
            {
                // Case-sensitive: RFC 6455 section 11.3.4 knows no other comparison.
                if (Ascii.TakeElement(ref rest, (byte)',').SequenceEqual(protocol))
                    return true;
            }
        }

        return false;
    }
}
