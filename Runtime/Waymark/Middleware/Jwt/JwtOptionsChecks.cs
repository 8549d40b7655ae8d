namespace Waymark.Middleware;

/// <summary>What the options of JWT authentication have to keep to.</summary>
internal static class JwtOptionsChecks
{
    private const string Name = nameof(JwtAuthenticationOptions) + ".";

    private static readonly TimeSpan RefreshMin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RefreshMax = TimeSpan.FromDays(7);
    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(10);

    public static List<string> Check(JwtAuthenticationOptions options)
    {
        var problems = new List<string>();
        AuthenticationChecks.CheckRealm(Name + "Realm", options.Realm, problems);
        if (options.Keys is not { Count: > 0 } && options.FetchKeys is null)
            problems.Add(Name + "Keys is empty, and FetchKeys is null: no token could be verified.");
        CheckKeys(options.Keys ?? [], problems);
        if (options.RefreshKeysAfter < RefreshMin || options.RefreshKeysAfter > RefreshMax)
            problems.Add($"{Name}RefreshKeysAfter is {options.RefreshKeysAfter}; it must be from 1 min to 7 days.");
        CheckTexts("Issuers", options.Issuers, problems);
        CheckTexts("Audiences", options.Audiences, problems);
        if (options.Type is { } type && (type.Length == 0 || type.StartsWith("application/", StringComparison.Ordinal)))
            problems.Add($"{Name}Type is '{type}'; it is a media type without \"application/\", such as at+jwt.");
        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > SkewMax)
            problems.Add($"{Name}ClockSkew is {options.ClockSkew}; it must be from 0 to 10 min.");
        if (options.TokenBytesMax is < 64 or > 65_536)
            problems.Add($"{Name}TokenBytesMax is {options.TokenBytesMax}; it must be from 64 to 65536.");
        if (options.CachedTokensMax is < 0 or > 1_000_000)
            problems.Add($"{Name}CachedTokensMax is {options.CachedTokensMax}; it must be from 0 to 1000000.");
        return problems;
    }

    /// <summary>Two keys that a token cannot tell apart are fine; one that is not there is an oversight.</summary>
    private static void CheckKeys(IReadOnlyList<JwtKey> keys, List<string> problems)
    {
        for (int index = 0; index < keys.Count; index++)
        {
            if (keys[index] is null)
                problems.Add($"{Name}Keys[{index}] is null.");
        }
    }

    private static void CheckTexts(string option, IReadOnlyList<string> texts, List<string> problems)
    {
        if (texts is null)
        {
            problems.Add($"{Name}{option} is null; leave it out for none.");
            return;
        }

        for (int index = 0; index < texts.Count; index++)
        {
            if (string.IsNullOrEmpty(texts[index]))
                problems.Add($"{Name}{option}[{index}] is empty.");
        }
    }
}
