namespace Waymark;

/// <summary>How a JWT is signed: RFC 7518 section 3.1. There is no "none".</summary>
public enum JwtAlgorithm
{
    /// <summary>HMAC with SHA-256; the key has at least 32 bytes.</summary>
    HS256,

    /// <summary>HMAC with SHA-384; the key has at least 48 bytes.</summary>
    HS384,

    /// <summary>HMAC with SHA-512; the key has at least 64 bytes.</summary>
    HS512,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256; the key has 2048 to 8192 bits.</summary>
    RS256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384; the key has 2048 to 8192 bits.</summary>
    RS384,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512; the key has 2048 to 8192 bits.</summary>
    RS512,

    /// <summary>RSASSA-PSS with SHA-256; the key has 2048 to 8192 bits.</summary>
    PS256,

    /// <summary>RSASSA-PSS with SHA-384; the key has 2048 to 8192 bits.</summary>
    PS384,

    /// <summary>RSASSA-PSS with SHA-512; the key has 2048 to 8192 bits.</summary>
    PS512,

    /// <summary>ECDSA with P-256 and SHA-256.</summary>
    ES256,

    /// <summary>ECDSA with P-384 and SHA-384.</summary>
    ES384,

    /// <summary>ECDSA with P-521 and SHA-512.</summary>
    ES512,
}
