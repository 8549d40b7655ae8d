using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tree;

/// <summary>A place in the tree: what was read to get here is the same for every route below it.</summary>
/// <remarks>
/// Literal edges hold bytes and may cross slashes. Where a literal prefix ends and a capture begins, the alternatives
/// hang at that very node: they are tried in the order Leaf, Children, Captures, CatchAll, CatchAllOrEmpty.
/// </remarks>
internal sealed class RouteNode
{
    /// <param name="literal">The bytes from the parent to here; "" for the root and behind captures. ASCII.</param>
    /// <param name="path">The template up to here.</param>
    /// <param name="name">The same without constraints.</param>
    /// <param name="captures">How many captures lie before this node.</param>
    public RouteNode(string literal, string path, string name, int captures)
    {
        Literal = literal;
        Path = path;
        Name = name;
        CapturesBefore = captures;
    }

    public string Literal { get; set; }

    /// <summary>The template up to here, for comments.</summary>
    public string Path { get; }

    /// <summary>The same without constraints, for names.</summary>
    public string Name { get; }

    public int CapturesBefore { get; }

    /// <summary>Literal continuations. INVARIANT: their first bytes differ; sorted by them.</summary>
    public List<RouteNode> Children { get; } = [];

    /// <summary>Captures that begin here. INVARIANT: once the tree is built, in the order of precedence.</summary>
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
/// <param name="captures">The captures, each with the literal behind it; only the last of those may be empty.</param>
/// <param name="names">Their names in the first template that has them here.</param>
/// <param name="target">The node at the segment's end.</param>
internal sealed class CaptureBranch(
    EquatableArray<CapturePattern> captures, IReadOnlyList<string> names, RouteNode target)
{
    public IReadOnlyList<string> Names => names;

    public EquatableArray<CapturePattern> Captures => captures;

    public RouteNode Target => target;

    /// <summary>The segment behind the literal prefix that led here.</summary>
    public SegmentPattern Pattern { get; } = new("", captures);

    /// <summary>The highest rank of all routes below.</summary>
    public int Rank { get; set; } = int.MinValue;
}
