namespace Waymark.Generator.Tree;

/// <summary>A place in the tree: what was read to get here is the same for every route below it.</summary>
/// <remarks>
/// Literal edges hold bytes and may cross slashes. Where a literal prefix ends and a capture begins, the alternatives
/// hang at that very node: they are tried in the order Leaf, Children, Captures, CatchAll, CatchAllOrEmpty.
/// </remarks>
internal sealed class RouteNode
{
    /// <param name="literal">The bytes from the parent to here; "" for the root and behind captures. ASCII.</param>
    /// <param name="path">The template up to here, for names and comments.</param>
    /// <param name="captures">How many captures lie before this node.</param>
    public RouteNode(string literal, string path, int captures)
    {
        Literal = literal;
        Path = path;
        CapturesBefore = captures;
    }

    public string Literal { get; set; }

    public string Path { get; }

    public int CapturesBefore { get; }

    /// <summary>Literal continuations. INVARIANT: their first bytes differ; sorted by them.</summary>
    public List<RouteNode> Children { get; } = [];

    /// <summary>Captures that begin here. INVARIANT: sorted by rank, then ordinally, so the order is total.</summary>
    public List<CaptureBranch> Captures { get; } = [];

    /// <summary>Where the path ends here.</summary>
    public RouteLeaf? Leaf { get; set; }

    /// <summary>Where at least one byte follows.</summary>
    public RouteLeaf? CatchAll { get; set; }

    /// <summary>Where anything or nothing follows.</summary>
    public RouteLeaf? CatchAllOrEmpty { get; set; }

    /// <summary>True where nothing but the end of the path is wanted.</summary>
    public bool IsEndOnly =>
        Leaf is not null && Children.Count == 0 && Captures.Count == 0 && CatchAll is null && CatchAllOrEmpty is null;

    /// <summary>How many nodes the subtree has, this one included.</summary>
    public int CountNodes() =>
        1 + Children.Sum(child => child.CountNodes()) + Captures.Sum(branch => branch.Target.CountNodes());
}

/// <summary>One way to go on with captures up to the end of the segment.</summary>
/// <param name="Tails">The literal behind each capture; only the last may be empty.</param>
/// <param name="Target">The node at the segment's end.</param>
internal sealed record CaptureBranch(IReadOnlyList<string> Tails, RouteNode Target);

/// <summary>The routes that end at one place, one for each verb.</summary>
internal sealed class RouteLeaf
{
    private readonly SortedDictionary<string, LeafRoute> _byVerb = new(StringComparer.Ordinal);

    /// <summary>Sorted by verb. A GET route answers HEAD where no route of this leaf does.</summary>
    public IEnumerable<LeafRoute> Routes => _byVerb.Values;

    /// <summary>What 405 and OPTIONS say: the declared verbs, HEAD with GET, and always OPTIONS; sorted.</summary>
    public IEnumerable<string> AllowedVerbs =>
        _byVerb.Keys.Concat(_byVerb.ContainsKey("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])
            .Distinct(StringComparer.Ordinal)
            .OrderBy(verb => verb, StringComparer.Ordinal);

    public bool ServesHeadByGet => _byVerb.ContainsKey("GET") && !_byVerb.ContainsKey("HEAD");

    /// <summary>Adds a route; of two with one verb, which only a conflict could bring, the first stays.</summary>
    public void Add(LeafRoute route)
    {
        if (!_byVerb.ContainsKey(route.Verb))
            _byVerb[route.Verb] = route;
    }
}

/// <summary>A route at a leaf.</summary>
/// <param name="Verb">The verb it answers.</param>
/// <param name="Number">Its index in the table.</param>
/// <param name="Label">The handler, for a comment.</param>
/// <param name="MissingCapture">The depth of the optional capture that this leaf is without, or -1.</param>
internal sealed record LeafRoute(string Verb, int Number, string Label, int MissingCapture);
