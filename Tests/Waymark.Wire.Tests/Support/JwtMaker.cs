using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Waymark.Wire.Tests.Support;

/// <summary>Signs tokens, right ones and others, for tests of their verification.</summary>
internal static class JwtMaker
{
    public static readonly byte[] Secret = Encoding.ASCII.GetBytes("a secret of at least sixty-four bytes, so that it will do for HS512");

    public static readonly RSA Rsa = RSA.Create(2048);

    public static readonly ECDsa P256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A token over a header and a payload, however they look.</summary>
    public static string Sign(string header, string payload, Func<byte[], byte[]> sign)
    {
        string data = $"{Encode(header)}.{Encode(payload)}";
        return $"{data}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(data)))}";
    }

    public static string Hs256(string payload, string header = """{"alg":"HS256"}""") =>
        Sign(header, payload, data => HMACSHA256.HashData(Secret, data));

    public static string Rs256(string payload, string header = """{"alg":"RS256","kid":"r"}""") =>
        Sign(header, payload, data => Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Es256(string payload, string header = """{"alg":"ES256","kid":"e"}""") =>
        Sign(header, payload, data => P256.SignData(data, HashAlgorithmName.SHA256));

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
