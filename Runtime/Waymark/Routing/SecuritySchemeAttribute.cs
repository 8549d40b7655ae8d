namespace Waymark;

/// <summary>Describes in the OpenAPI document how clients prove who they are.</summary>
/// <remarks>
/// Documentation only: nothing is checked. Who may do what is for the program's middleware to decide.
/// <see cref="SecurityAttribute"/> says which routes ask for it.
/// </remarks>
/// <example>
/// <code>
/// [assembly: SecurityScheme("token", SecurityKind.Bearer, BearerFormat = "JWT")]
/// [assembly: SecurityScheme("key", SecurityKind.ApiKeyHeader, Parameter = "X-Api-Key")]
/// </code>
/// </example>
/// <param name="name">What <see cref="SecurityAttribute"/> calls it: letters, digits and <c>.-_</c>; unique.</param>
/// <param name="kind">How it works.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class SecuritySchemeAttribute(string name, SecurityKind kind) : Attribute
{
    /// <summary>What <see cref="SecurityAttribute"/> calls it.</summary>
    public string Name { get; } = name;

    /// <summary>How it works.</summary>
    public SecurityKind Kind { get; } = kind;

    /// <summary>
    /// The header field, query parameter or cookie that holds an API key. Default null: the scheme's name. Of no
    /// account for other kinds.
    /// </summary>
    public string? Parameter { get; set; }

    /// <summary>Where OpenID Connect is discovered; needed for that kind, of no account for others.</summary>
    public string? Url { get; set; }

    /// <summary>A hint at how a bearer token is made, such as <c>JWT</c>. Default null: left out.</summary>
    public string? BearerFormat { get; set; }

    /// <summary>What people should know, in CommonMark. Default null: left out.</summary>
    public string? Description { get; set; }
}

/// <summary>How clients prove who they are, in the words of OpenAPI.</summary>
public enum SecurityKind
{
    /// <summary><c>Authorization: Bearer …</c> (RFC 6750).</summary>
    Bearer,

    /// <summary><c>Authorization: Basic …</c> (RFC 7617).</summary>
    Basic,

    /// <summary>A key in a header field.</summary>
    ApiKeyHeader,

    /// <summary>A key in the query.</summary>
    ApiKeyQuery,

    /// <summary>A key in a cookie.</summary>
    ApiKeyCookie,

    /// <summary>OpenID Connect, discovered at <see cref="SecuritySchemeAttribute.Url"/>.</summary>
    OpenIdConnect,
}
