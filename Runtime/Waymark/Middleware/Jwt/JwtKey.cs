using System.Security.Cryptography;
using Waymark.Middleware;

namespace Waymark;

/// <summary>A key that verifies JWTs of one algorithm, and never of another.</summary>
/// <remarks>
/// <para>The algorithm belongs to the key, not to the token (RFC 8725 section 3.1): a token whose header names another
/// one is refused, so a public key is never taken for a secret.</para>
/// <para>Safe for use by any number of threads. Private parts are neither needed nor kept.</para>
/// </remarks>
public sealed class JwtKey
{
    private readonly SignatureVerifier _verifier;

    private JwtKey(JwtAlgorithm algorithm, string? id, SignatureVerifier verifier)
    {
        Algorithm = algorithm;
        Id = id;
        _verifier = verifier;
    }

    /// <summary>What it verifies.</summary>
    public JwtAlgorithm Algorithm { get; }

    /// <summary>
    /// What <c>kid</c> in a token's header calls it; null for a key that is tried whatever the token says.
    /// </summary>
    public string? Id { get; }

    /// <summary>A shared secret.</summary>
    /// <param name="algorithm">HS256, HS384 or HS512.</param>
    /// <param name="secret">
    /// Random bytes, as many as the hash has or more (RFC 7518 section 3.2), 1024 at most; they are copied.
    /// </param>
    /// <param name="id">As <see cref="Id"/>.</param>
    /// <exception cref="ArgumentException">The secret is too short, too long, or the algorithm is another.</exception>
    public static JwtKey Hmac(JwtAlgorithm algorithm, ReadOnlySpan<byte> secret, string? id = null) =>
        new(algorithm, id, new HmacVerifier(algorithm, secret));

    /// <summary>A public RSA key.</summary>
    /// <param name="algorithm">One of RS and PS.</param>
    /// <param name="key">The key; its public parameters are copied.</param>
    /// <param name="id">As <see cref="Id"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException">The key is not of 2048 to 8192 bits, or the algorithm is
    /// another.</exception>
    public static JwtKey Rsa(JwtAlgorithm algorithm, RSA key, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Rsa(algorithm, key.ExportParameters(includePrivateParameters: false), id);
    }

    /// <summary>A public key of an elliptic curve.</summary>
    /// <param name="algorithm">The one of ES256, ES384 and ES512 whose curve it is on.</param>
    /// <param name="key">The key; its public parameters are copied.</param>
    /// <param name="id">As <see cref="Id"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException">The curve is not the algorithm's.</exception>
    public static JwtKey Ecdsa(JwtAlgorithm algorithm, ECDsa key, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Ecdsa(algorithm, key.ExportParameters(includePrivateParameters: false), id);
    }

    /// <summary>A public key in PEM: <c>BEGIN PUBLIC KEY</c>, <c>BEGIN RSA PUBLIC KEY</c>.</summary>
    /// <param name="algorithm">One of RS, PS and ES.</param>
    /// <param name="pem">The text.</param>
    /// <param name="id">As <see cref="Id"/>.</param>
    /// <exception cref="ArgumentException">There is no such key in the text, or it does not fit.</exception>
    public static JwtKey FromPem(JwtAlgorithm algorithm, string pem, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (algorithm >= JwtAlgorithm.ES256)
        {
            using var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return Ecdsa(algorithm, curve, id);
        }

        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return Rsa(algorithm, rsa, id);
    }

    /// <summary>The keys of a JWKS document: RFC 7517 section 5.</summary>
    /// <remarks>
    /// Keys that are not for signatures, and those of kinds, curves and algorithms that are not known here, are left
    /// out. An RSA key without <c>alg</c> verifies RS256; a secret has to name its algorithm.
    /// </remarks>
    /// <param name="document">JSON in UTF-8; 256 KiB at most.</param>
    /// <exception cref="FormatException">It is not such a document, a member stands in it twice, or a key is broken or
    /// too small.</exception>
    public static IReadOnlyList<JwtKey> FromJwks(ReadOnlySpan<byte> document) => JwksReader.Read(document, true);

    internal static JwtKey Rsa(JwtAlgorithm algorithm, RSAParameters parameters, string? id) =>
        new(algorithm, id, new RsaVerifier(algorithm, parameters));

    internal static JwtKey Ecdsa(JwtAlgorithm algorithm, ECParameters parameters, string? id) =>
        new(algorithm, id, new EcdsaVerifier(algorithm, parameters));

    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _verifier.Verifies(data, signature);
}
