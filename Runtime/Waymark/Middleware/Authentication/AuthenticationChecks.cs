namespace Waymark.Middleware;

/// <summary>What the options of all schemes have to keep to.</summary>
internal static class AuthenticationChecks
{
    /// <summary>A realm stands in a quoted string: RFC 9110 section 11.5.</summary>
    public static void CheckRealm(string option, string realm, List<string> problems)
    {
        foreach (char character in realm ?? "")
        {
            if (character is < ' ' or > '~' or '"' or '\\')
            {
                problems.Add(
                    $"{option} is '{realm}'; it must consist of printable ASCII without a quote or a backslash.");
                return;
            }
        }

        if (realm is null)
            problems.Add($"{option} is null; leave it out for its default.");
    }

    /// <summary>Every secret has a user, and is long enough not to be an oversight.</summary>
    public static List<(string Secret, Principal User)> CheckSecrets(
        string option, IReadOnlyDictionary<string, Principal> secrets, List<string> problems)
    {
        var entries = new List<(string, Principal)>();
        foreach ((string secret, Principal user) in secrets ?? new Dictionary<string, Principal>())
        {
            // The message must not hold the secret: it goes to a log.
            if (secret.Length == 0)
                problems.Add($"{option} holds an empty string; everybody knows that one.");
            else if (user is null)
                problems.Add($"{option} holds an entry without a Principal.");
            else
                entries.Add((secret, user));
        }

        return entries;
    }
}
