using System.Text;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>What is wrong with the options of <see cref="Cors"/>, but for the origins.</summary>
internal static class CorsChecks
{
    private const int SecondsMax = 24 * 60 * 60;

    // The Fetch standard, section 2.2.1 (Methods): what it normalises, and what no page may send.
    private static readonly string[] Upper = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    private static readonly string[] Forbidden = ["CONNECT", "TRACE", "TRACK"];

    public static void Check(CorsOptions options, bool isAnyOrigin, List<string> problems)
    {
        if (isAnyOrigin && options.AllowsCredentials)
        {
            problems.Add(
                "CorsOptions.AllowsCredentials is true and CorsOptions.Origins is *; with credentials browsers take * "
                + "for nobody (Fetch standard, section 3.3.5): name the origins.");
        }

        CheckTokens(options.Methods, "CorsOptions.Methods", "PUT", problems);
        foreach (string method in options.Methods ?? [])
            CheckMethod(method, problems);
        if (options.AllowsCredentials && IsAny(options.Methods))
            problems.Add("CorsOptions.Methods is *; with credentials that is a method of that name: name them.");

        CheckTokens(options.Headers, "CorsOptions.Headers", "Content-Type", problems);
        CheckTokens(options.ExposedHeaders, "CorsOptions.ExposedHeaders", "ETag", problems);
        if (options.AllowsCredentials && IsAny(options.ExposedHeaders))
            problems.Add("CorsOptions.ExposedHeaders is *; with credentials that is a field of that name: name them.");

        TimeSpan age = options.MaxAge;
        if (age < TimeSpan.Zero || age > TimeSpan.FromSeconds(SecondsMax) || age.Ticks % TimeSpan.TicksPerSecond != 0)
            problems.Add($"CorsOptions.MaxAge is {age}; it must be from 0 to 24 hours, in whole seconds.");
    }

    /// <summary>True for the list that is <c>*</c> alone.</summary>
    public static bool IsAny(IReadOnlyList<string>? list) => list is ["*"];

    private static void CheckMethod(string? method, List<string> problems)
    {
        string upper = method?.ToUpperInvariant() ?? "";
        if (Array.IndexOf(Forbidden, upper) >= 0)
            problems.Add($"CorsOptions.Methods holds '{method}', which no page can send (Fetch, section 2.2.1).");
        else if (method != upper && Array.IndexOf(Upper, upper) >= 0)
            problems.Add($"CorsOptions.Methods holds '{method}'; methods are told apart by case: write {upper}.");
    }

    private static void CheckTokens(
        IReadOnlyList<string>? list, string option, string example, List<string> problems)
    {
        if (list is null)
            problems.Add($"{option} is null; an empty list names none.");
        foreach (string entry in list ?? [])
        {
            if (entry == "*" && list!.Count > 1)
                problems.Add($"{option} holds * beside others; it stands alone.");
            else if (string.IsNullOrEmpty(entry) || !IsToken(entry))
                problems.Add($"{option} holds '{entry}'; an entry is a name such as {example}.");
        }
    }

    private static bool IsToken(string text) =>
        System.Text.Ascii.IsValid(text) && !Encoding.ASCII.GetBytes(text).AsSpan().ContainsAnyExcept(Ascii.Token);
}
