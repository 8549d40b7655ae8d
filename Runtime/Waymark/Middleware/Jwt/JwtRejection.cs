namespace Waymark.Middleware;

/// <summary>Every way in which a token can be refused. Clients get to know of one: that it has expired.</summary>
internal enum JwtRejection
{
    None,

    /// <summary>Not three parts of base64url, or not JSON objects in them, or a member stands twice.</summary>
    Malformed,

    /// <summary>The header has a member that asks for what is not known here: crit, b64.</summary>
    Critical,

    /// <summary><c>typ</c> is another than the one that is asked for.</summary>
    Type,

    /// <summary>No key has this algorithm and kid.</summary>
    UnknownKey,

    /// <summary>Nobody who has a key has signed it.</summary>
    Signature,

    /// <summary>A registered claim has a value of another type, or one is missing that is needed.</summary>
    Claims,

    /// <summary><c>exp</c> is over.</summary>
    Expired,

    /// <summary><c>nbf</c> is to come.</summary>
    NotYetValid,

    /// <summary><c>iat</c> is to come.</summary>
    IssuedLater,

    /// <summary><c>iss</c> is none of those that are trusted.</summary>
    Issuer,

    /// <summary><c>aud</c> names others.</summary>
    Audience,

    /// <summary>The program does not know whom it speaks of.</summary>
    User,
}
