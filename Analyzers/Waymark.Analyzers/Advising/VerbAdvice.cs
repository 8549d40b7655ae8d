using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Advising;

/// <summary>WM1022: which routes stand where the table would answer HEAD or OPTIONS by itself.</summary>
internal static class VerbAdvice
{
    /// <summary>The sentence about each such route.</summary>
    public static Dictionary<RouteEntry, string> Find(IReadOnlyList<RouteEntry> served, TableOptions options)
    {
        var found = new Dictionary<RouteEntry, string>();
        // Most tables have no such route, and then nothing is looked at.
        List<RouteEntry> own = [.. served.Where(entry => entry.Route.Verb is "HEAD" or "OPTIONS")];
        if (own.Count == 0)
            return found;
        ILookup<PathPattern, string> verbs = served
            .SelectMany(entry => PathPattern.Of(entry.Template, options).Select(pattern => (pattern, entry.Route.Verb)))
            .ToLookup(pair => pair.pattern, pair => pair.Verb);
        foreach (RouteEntry entry in own)
        {
            HashSet<string> beside = [.. PathPattern.Of(entry.Template, options).SelectMany(pattern => verbs[pattern])];
            if (entry.Route.Verb == "HEAD" && beside.Contains("GET"))
            {
                found[entry] = $"This route answers HEAD of \"{entry.Text.Joined}\" instead of the GET route of the " +
                    "same path, which otherwise answers it without the content. Remove it unless it saves work, and " +
                    "let it send the same fields (RFC 9110 section 9.3.2).";
            }
            else if (entry.Route.Verb == "OPTIONS" && beside.Any(verb => verb is not ("OPTIONS" or "*")))
            {
                found[entry] = $"This route answers OPTIONS of \"{entry.Text.Joined}\" instead of the table, which " +
                    "otherwise answers with the Allow field of the path. Remove it unless it says more, and let it " +
                    "send Allow as well (RFC 9110 section 9.3.7).";
            }
        }

        return found;
    }
}
