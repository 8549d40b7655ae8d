using System.Text.Json;

namespace Waymark;

/// <summary>The user of a JWT, with everything that the token says.</summary>
/// <remarks>Immutable and safe for use by any number of threads.</remarks>
public class JwtPrincipal : Principal
{
    /// <summary>Makes one.</summary>
    /// <param name="name">What the user is called.</param>
    /// <param name="claims">A JSON object.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public JwtPrincipal(string name, JsonElement claims)
        : base(name) => Claims = claims;

    /// <summary>The claims: RFC 7519 section 4. A JSON object in which no member stands twice.</summary>
    public JsonElement Claims { get; }

    /// <summary>A claim that is a string; null where it is missing or something else.</summary>
    public string? FindText(string claim) =>
        Claims.TryGetProperty(claim, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
