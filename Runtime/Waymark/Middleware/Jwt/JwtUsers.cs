using System.Text.Json;

namespace Waymark.Middleware;

/// <summary>Makes the user of claims where the program does not.</summary>
internal static class JwtUsers
{
    public static Principal? Create(JsonElement claims)
    {
        if (!claims.TryGetProperty("sub", out JsonElement subject) || subject.ValueKind != JsonValueKind.String
            || subject.GetString() is not { Length: > 0 } name)
        {
            return null;
        }

        return new JwtPrincipal(name, claims)
        {
            Scopes = claims.TryGetProperty("scope", out JsonElement scope) || claims.TryGetProperty("scp", out scope)
                ? List(scope)
                : [],
            Roles = claims.TryGetProperty("roles", out JsonElement roles) ? List(roles) : [],
        };
    }

    /// <summary>Words of a string, or strings of an array.</summary>
    private static List<string> List(JsonElement value)
    {
        var words = new List<string>();
        if (value.ValueKind == JsonValueKind.String)
        {
            words.AddRange(value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String)
                    words.Add(item.GetString()!);
            }
        }

        return words;
    }
}
