using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Waymark.Middleware;

/// <summary>Reads a JWKS document: RFC 7517.</summary>
internal static class JwksReader
{
    private const int DocumentBytesMax = 256 * 1024;
    private const int KeysMax = 256;

    /// <summary>Reads the keys that can be used here.</summary>
    /// <param name="document">JSON in UTF-8.</param>
    /// <param name="takesSecrets">True to take symmetric keys: a document that anyone can fetch has none.</param>
    /// <exception cref="FormatException">It is no such document, or a key in it is broken.</exception>
    public static List<JwtKey> Read(ReadOnlySpan<byte> document, bool takesSecrets)
    {
        if (document.Length > DocumentBytesMax)
            throw new FormatException($"The JWKS document has {document.Length} bytes; {DocumentBytesMax} at most.");
        if (!JsonChecks.TryParseObject(document, out JsonElement? set)
            || !set.Value.TryGetProperty("keys", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException(
                "The JWKS document is no JSON object with an array 'keys' and no member twice (RFC 7517 section 5).");
        }

        if (list.GetArrayLength() > KeysMax)
            throw new FormatException($"The JWKS document has {list.GetArrayLength()} keys; {KeysMax} at most.");

        var keys = new List<JwtKey>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            try
            {
                if (Read(item, takesSecrets) is { } key)
                    keys.Add(key);
            }
            catch (Exception exception) when (exception is ArgumentException or CryptographicException)
            {
                throw new FormatException($"A key of the JWKS document is broken: {exception.Message}", exception);
            }
        }

        return keys;
    }

    private static JwtKey? Read(JsonElement key, bool takesSecrets)
    {
        if (key.ValueKind != JsonValueKind.Object || Text(key, "use") is { } use && use != "sig" || !MayVerify(key))
            return null;

        string? id = Text(key, "kid");
        string? name = Text(key, "alg");
        switch (Text(key, "kty"))
        {
            case "RSA" when AlgorithmOf(name ?? "RS256") is >= JwtAlgorithm.RS256 and <= JwtAlgorithm.PS512 and var rsa:
                var parameters = new RSAParameters { Modulus = Octets(key, "n"), Exponent = Octets(key, "e") };
                return JwtKey.Rsa(rsa, parameters, id);
            case "EC" when OfCurve(Text(key, "crv")) is { } curve && (name is null || AlgorithmOf(name) == curve):
                return JwtKey.Ecdsa(curve, new ECParameters
                {
                    Curve = ECCurve.CreateFromValue(OidOf(curve)),
                    Q = new ECPoint { X = Octets(key, "x"), Y = Octets(key, "y") },
                }, id);
            case "oct" when takesSecrets && AlgorithmOf(name) is <= JwtAlgorithm.HS512 and var hmac:
                return JwtKey.Hmac(hmac, Octets(key, "k"), id);
            default:
                return null;
        }
    }

    /// <summary>The algorithm of a name; null for one that is not known. Case counts.</summary>
    public static JwtAlgorithm? AlgorithmOf(string? name) => name switch
    {
        "HS256" => JwtAlgorithm.HS256,
        "HS384" => JwtAlgorithm.HS384,
        "HS512" => JwtAlgorithm.HS512,
        "RS256" => JwtAlgorithm.RS256,
        "RS384" => JwtAlgorithm.RS384,
        "RS512" => JwtAlgorithm.RS512,
        "PS256" => JwtAlgorithm.PS256,
        "PS384" => JwtAlgorithm.PS384,
        "PS512" => JwtAlgorithm.PS512,
        "ES256" => JwtAlgorithm.ES256,
        "ES384" => JwtAlgorithm.ES384,
        "ES512" => JwtAlgorithm.ES512,
        _ => null,
    };

    private static JwtAlgorithm? OfCurve(string? curve) => curve switch
    {
        "P-256" => JwtAlgorithm.ES256,
        "P-384" => JwtAlgorithm.ES384,
        "P-521" => JwtAlgorithm.ES512,
        _ => null,
    };

    private static string OidOf(JwtAlgorithm curve) => curve switch
    {
        JwtAlgorithm.ES256 => "1.2.840.10045.3.1.7",
        JwtAlgorithm.ES384 => "1.3.132.0.34",
        _ => "1.3.132.0.35",
    };

    private static bool MayVerify(JsonElement key)
    {
        if (!key.TryGetProperty("key_ops", out JsonElement operations))
            return true;
        if (operations.ValueKind != JsonValueKind.Array)
            return false;
        foreach (JsonElement operation in operations.EnumerateArray())
        {
            if (operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8))
                return true;
        }

        return false;
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static byte[] Octets(JsonElement key, string name) =>
        Text(key, name) is { Length: > 0 } text
        && Base64UrlText.TryDecode(Encoding.UTF8.GetBytes(text), out byte[]? octets)
            ? octets
            : throw new ArgumentException($"'{name}' is missing, or no base64url without padding.");
}
