using System.Security.Cryptography;

namespace Waymark.Middleware;

/// <summary>Verifies signatures of one algorithm with one key.</summary>
internal abstract class SignatureVerifier
{
    /// <summary>True where the signature is the key's over the data; false for whatever else; never throws.</summary>
    public abstract bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>The hash of an algorithm: the number in its name.</summary>
    public static HashAlgorithmName HashOf(JwtAlgorithm algorithm) => ((int)algorithm % 3) switch
    {
        0 => HashAlgorithmName.SHA256,
        1 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };
}

/// <summary>HMAC: RFC 7518 section 3.2.</summary>
internal sealed class HmacVerifier : SignatureVerifier
{
    private const int SecretBytesMax = 1024;

    private readonly JwtAlgorithm _algorithm;
    private readonly byte[] _secret;

    public HmacVerifier(JwtAlgorithm algorithm, ReadOnlySpan<byte> secret)
    {
        int length = LengthOf(algorithm);
        if (secret.Length < length || secret.Length > SecretBytesMax)
        {
            throw new ArgumentException(
                $"A secret for {algorithm} has {length} to {SecretBytesMax} bytes; this one has {secret.Length}.",
                nameof(secret));
        }

        _algorithm = algorithm;
        _secret = secret.ToArray();
    }

    public override bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> code = stackalloc byte[HMACSHA512.HashSizeInBytes];
        code = code[..LengthOf(_algorithm)];
        switch (_algorithm)
        {
            case JwtAlgorithm.HS256:
                HMACSHA256.HashData(_secret, data, code);
                break;
            case JwtAlgorithm.HS384:
                HMACSHA384.HashData(_secret, data, code);
                break;
            default:
                HMACSHA512.HashData(_secret, data, code);
                break;
        }

        return CryptographicOperations.FixedTimeEquals(code, signature);
    }

    private static int LengthOf(JwtAlgorithm algorithm) => algorithm switch
    {
        JwtAlgorithm.HS256 => HMACSHA256.HashSizeInBytes,
        JwtAlgorithm.HS384 => HMACSHA384.HashSizeInBytes,
        JwtAlgorithm.HS512 => HMACSHA512.HashSizeInBytes,
        _ => throw new ArgumentException(
            $"{algorithm} has no secret: HS256, HS384 and HS512 have.", nameof(algorithm)),
    };
}

/// <summary>RSA: RFC 7518 sections 3.3 and 3.5.</summary>
internal sealed class RsaVerifier : SignatureVerifier
{
    private const int ModulusBytesMin = 2048 / 8;
    private const int ModulusBytesMax = 8192 / 8;

    private readonly SparePool<RSA> _keys;
    private readonly HashAlgorithmName _hash;
    private readonly RSASignaturePadding _padding;
    private readonly int _length;

    public RsaVerifier(JwtAlgorithm algorithm, RSAParameters parameters)
    {
        if (algorithm is < JwtAlgorithm.RS256 or > JwtAlgorithm.PS512)
            throw new ArgumentException($"{algorithm} has no RSA key: RS… and PS… have.", nameof(algorithm));

        _length = parameters.Modulus!.AsSpan().TrimStart((byte)0).Length;
        if (_length is < ModulusBytesMin or > ModulusBytesMax)
        {
            throw new ArgumentException(
                $"An RSA key for {algorithm} has 2048 to 8192 bits; this one has about {_length * 8}.",
                nameof(parameters));
        }

        _hash = HashOf(algorithm);
        _padding = algorithm <= JwtAlgorithm.RS512 ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss;
        _keys = new SparePool<RSA>(() => RSA.Create(parameters));
    }

    public override bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != _length)
            return false;
        RSA key = _keys.Take();
        try
        {
            return key.VerifyData(data, signature, _hash, _padding);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _keys.Return(key);
        }
    }
}

/// <summary>ECDSA: RFC 7518 section 3.4. The signature is R and S, each of the curve's length.</summary>
internal sealed class EcdsaVerifier : SignatureVerifier
{
    private readonly SparePool<ECDsa> _keys;
    private readonly HashAlgorithmName _hash;
    private readonly int _length;

    public EcdsaVerifier(JwtAlgorithm algorithm, ECParameters parameters)
    {
        (string oid, int length) = CurveOf(algorithm);
        if (parameters.Curve.Oid?.Value is { } value ? value != oid : parameters.Curve.Oid?.FriendlyName is null)
            throw new ArgumentException($"The key is not on the curve of {algorithm}.", nameof(parameters));
        if (parameters.Q.X?.Length != length || parameters.Q.Y?.Length != length)
            throw new ArgumentException($"The key is not on the curve of {algorithm}.", nameof(parameters));

        _hash = HashOf(algorithm);
        _length = 2 * length;
        var own = new ECParameters { Curve = ECCurve.CreateFromValue(oid), Q = parameters.Q };
        _keys = new SparePool<ECDsa>(() => ECDsa.Create(own));
    }

    public override bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // R and S are at least 1 (FIPS 186-5 section 6.4.2). Not left to the library: one forgot it (CVE-2022-21449).
        if (signature.Length != _length
            || !signature[..(_length / 2)].ContainsAnyExcept((byte)0)
            || !signature[(_length / 2)..].ContainsAnyExcept((byte)0))
        {
            return false;
        }

        ECDsa key = _keys.Take();
        try
        {
            return key.VerifyData(
                data, signature, _hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _keys.Return(key);
        }
    }

    private static (string Oid, int Length) CurveOf(JwtAlgorithm algorithm) => algorithm switch
    {
        JwtAlgorithm.ES256 => ("1.2.840.10045.3.1.7", 32),
        JwtAlgorithm.ES384 => ("1.3.132.0.34", 48),
        JwtAlgorithm.ES512 => ("1.3.132.0.35", 66),
        _ => throw new ArgumentException($"{algorithm} has no curve: ES… have.", nameof(algorithm)),
    };
}
