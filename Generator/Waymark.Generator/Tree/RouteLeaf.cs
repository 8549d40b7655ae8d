namespace Waymark.Generator.Tree;

/// <summary>The routes that end at one place, one for each verb.</summary>
internal sealed class RouteLeaf
{
    private readonly SortedDictionary<string, LeafRoute> _byVerb = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _redirected = new(StringComparer.Ordinal);

    /// <summary>
    /// Sorted by verb, the one for every method left out. A GET route answers HEAD where no route of this leaf does.
    /// </summary>
    public IEnumerable<LeafRoute> Routes => _byVerb.Values;

    /// <summary>The route that takes what no other here does; null where there is none.</summary>
    public LeafRoute? EveryMethod { get; private set; }

    /// <summary>What 405 and OPTIONS say: the declared verbs, HEAD with GET, and always OPTIONS; sorted.</summary>
    /// <remarks>Empty where nothing is routed here. <c>*</c> is left to the emitter, which knows all methods.</remarks>
    public IEnumerable<string> AllowedVerbs =>
        _byVerb.Count == 0 && EveryMethod is null ? []
            : Sorted(_byVerb.Keys.Concat(_byVerb.ContainsKey("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"]));

    /// <summary>The verbs that routes answer on the other form of this path, HEAD with GET; sorted.</summary>
    public IEnumerable<string> RedirectedVerbs =>
        _redirected.Contains("GET") ? Sorted(_redirected.Concat(["HEAD"])) : _redirected;

    public bool ServesHeadByGet => _byVerb.ContainsKey("GET") && !_byVerb.ContainsKey("HEAD");

    /// <summary>Adds a route; of two with one verb, which only a conflict could bring, the first stays.</summary>
    public void Add(LeafRoute route)
    {
        if (route.Verb == "*")
            EveryMethod ??= route;
        else if (!_byVerb.ContainsKey(route.Verb))
            _byVerb[route.Verb] = route;
    }

    /// <summary>Notes that a route answers this path with its last slash added or taken away.</summary>
    public void AddRedirect(string verb) => _redirected.Add(verb);

    private static IEnumerable<string> Sorted(IEnumerable<string> verbs) =>
        verbs.Distinct(StringComparer.Ordinal).OrderBy(verb => verb, StringComparer.Ordinal);
}

/// <summary>A route at a leaf.</summary>
/// <param name="Verb">The verb it answers.</param>
/// <param name="Number">Its index in the table.</param>
/// <param name="Label">The handler, for a comment.</param>
/// <param name="MissingCapture">The depth of the optional capture that this leaf is without, or -1.</param>
internal sealed record LeafRoute(string Verb, int Number, string Label, int MissingCapture);
