using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Waymark.Middleware;

/// <summary>Seals values with one key.</summary>
/// <remarks>
/// <code>
/// signed     1 | end (8) | value | HMAC-SHA256 (32) of the context and everything before
/// encrypted  2 | end (8) | salt (24) | ciphertext | tag (16)
/// </code>
/// <para>The end is in seconds since 1970, big-endian. The context is kind, purpose and cookie name, separated by NUL,
/// which none of them holds; it is the info of HKDF (RFC 5869), so that each context has keys of its own, and it is
/// authenticated again with the value.</para>
/// <para>For every encrypted value HKDF makes an AES-256 key and a nonce of 24 random bytes: with 192 bits, two values
/// with the same pair are not to be expected in the life of any key (the 96 bits of a random GCM nonce alone would do
/// for 2^32 values: NIST SP 800-38D section 8.3).</para>
/// </remarks>
internal abstract class ValueSealer(byte kind, byte[] key, string purpose, string name)
{
    protected const int HeadBytes = 9;

    protected byte[] Key { get; } = key.AsSpan().ToArray();

    protected byte[] Context { get; } = Encoding.UTF8.GetBytes($"waymark cookie\0{kind}\0{purpose}\0{name}");

    public static ValueSealer Create(CookieSeal seal, byte[] key, string purpose, string name) =>
        seal == CookieSeal.Signature ? new SigningSealer(key, purpose, name) : new EncryptingSealer(key, purpose, name);

    public abstract byte[] Seal(ReadOnlySpan<byte> value, long end);

    /// <summary>Opens a value; false where another key, or nobody, has sealed it.</summary>
    public abstract bool TryOpen(ReadOnlySpan<byte> text, out long end, [NotNullWhen(true)] out byte[]? value);

    protected void WriteHead(Span<byte> text, long end)
    {
        text[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(text[1..], end);
    }

    protected bool TryReadHead(ReadOnlySpan<byte> text, int lengthMin, out long end)
    {
        end = 0;
        if (text.Length < lengthMin || text[0] != kind)
            return false;
        end = BinaryPrimitives.ReadInt64BigEndian(text[1..]);
        return true;
    }

    /// <summary>The context, and what stands in the clear: what is authenticated beside the value.</summary>
    protected byte[] Associated(ReadOnlySpan<byte> text) => [.. Context, 0, .. text];
}

/// <summary>HMAC-SHA256.</summary>
internal sealed class SigningSealer : ValueSealer
{
    private const int CodeBytes = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _derived;

    public SigningSealer(byte[] key, string purpose, string name)
        : base(1, key, purpose, name) =>
        _derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, CodeBytes, salt: null, info: Context);

    public override byte[] Seal(ReadOnlySpan<byte> value, long end)
    {
        byte[] text = new byte[HeadBytes + value.Length + CodeBytes];
        WriteHead(text, end);
        value.CopyTo(text.AsSpan(HeadBytes));
        HMACSHA256.HashData(_derived, Associated(text.AsSpan()[..^CodeBytes]), text.AsSpan()[^CodeBytes..]);
        return text;
    }

    public override bool TryOpen(ReadOnlySpan<byte> text, out long end, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        if (!TryReadHead(text, HeadBytes + CodeBytes, out end))
            return false;
        Span<byte> code = stackalloc byte[CodeBytes];
        HMACSHA256.HashData(_derived, Associated(text[..^CodeBytes]), code);
        if (!CryptographicOperations.FixedTimeEquals(code, text[^CodeBytes..]))
            return false;
        value = text[HeadBytes..^CodeBytes].ToArray();
        return true;
    }
}

/// <summary>AES-256-GCM with a key and a nonce of their own for each value.</summary>
internal sealed class EncryptingSealer(byte[] key, string purpose, string name) : ValueSealer(2, key, purpose, name)
{
    private const int SaltBytes = 24;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ClearBytes = HeadBytes + SaltBytes;

    public override byte[] Seal(ReadOnlySpan<byte> value, long end)
    {
        byte[] text = new byte[ClearBytes + value.Length + TagBytes];
        WriteHead(text, end);
        RandomNumberGenerator.Fill(text.AsSpan(HeadBytes, SaltBytes));
        ReadOnlySpan<byte> clear = text.AsSpan(0, ClearBytes);
        Span<byte> derived = stackalloc byte[KeyBytes + NonceBytes];
        Derive(clear[HeadBytes..], derived);
        using var cipher = new AesGcm(derived[..KeyBytes], TagBytes);
        cipher.Encrypt(
            derived[KeyBytes..],
            value,
            text.AsSpan(ClearBytes, value.Length),
            text.AsSpan(ClearBytes + value.Length),
            Associated(clear));
        CryptographicOperations.ZeroMemory(derived);
        return text;
    }

    public override bool TryOpen(ReadOnlySpan<byte> text, out long end, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        if (!TryReadHead(text, ClearBytes + TagBytes, out end))
            return false;
        Span<byte> derived = stackalloc byte[KeyBytes + NonceBytes];
        Derive(text[HeadBytes..ClearBytes], derived);
        using var cipher = new AesGcm(derived[..KeyBytes], TagBytes);
        byte[] opened = new byte[text.Length - ClearBytes - TagBytes];
        try
        {
            cipher.Decrypt(
                derived[KeyBytes..],
                text[ClearBytes..^TagBytes],
                text[^TagBytes..],
                opened,
                Associated(text[..ClearBytes]));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        value = opened;
        return true;
    }

    private void Derive(ReadOnlySpan<byte> salt, Span<byte> derived) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, derived, salt, Context);
}
