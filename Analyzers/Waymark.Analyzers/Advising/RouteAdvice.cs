using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Advising;

/// <summary>What is suspicious in routes that are served, for each of them.</summary>
/// <param name="all">All routes.</param>
/// <param name="served">Those that are served.</param>
/// <param name="options">How the table compares paths.</param>
internal sealed class RouteAdvice(
    IReadOnlyList<RouteEntry> all, IReadOnlyList<RouteEntry> served, TableOptions options)
{
    private readonly Dictionary<RouteEntry, Advice> _slashes = SlashAdvice.Find(served);
    private readonly Dictionary<RouteEntry, string> _verbs = VerbAdvice.Find(served, options);
    private readonly ILookup<RouteEntry, Advice> _templates = FindOnTemplates(all, options.IsCaseInsensitive);

    /// <summary>What is suspicious in the template of a route; nothing where the template is wrong.</summary>
    public IEnumerable<Advice> OnTemplate(RouteEntry entry)
    {
        foreach (Advice advice in _templates[entry])
            yield return advice;
        if (options.TrailingSlash != TrailingSlashMode.Ignore
            && _slashes.TryGetValue(entry, out Advice? slash))
        {
            yield return slash;
        }
    }

    /// <summary>Which answer of the table's own a route replaces, as a sentence; null where it replaces none.</summary>
    public string? OnVerb(RouteEntry entry) => _verbs.TryGetValue(entry, out string? message) ? message : null;

    private static ILookup<RouteEntry, Advice> FindOnTemplates(
        IReadOnlyList<RouteEntry> all, bool isCaseInsensitive)
    {
        var templates = new HashSet<string>(all.Select(entry => entry.Text.Joined), StringComparer.Ordinal);
        return all
            .Where(entry => !entry.HasTemplateProblem)
            .SelectMany(entry => TemplateAdvice.Find(entry, isCaseInsensitive)
                // Where both cases are routed, they are meant.
                .Where(advice => advice.Id != "WM1017" || !templates.Contains(advice.In(entry.Text.Joined)))
                .Select(advice => (entry, advice)))
            .ToLookup(pair => pair.entry, pair => pair.advice);
    }
}
