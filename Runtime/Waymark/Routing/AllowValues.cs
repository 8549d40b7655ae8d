using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Routing;

/// <summary>The values of the field Allow: the methods of a set, sorted (RFC 9110 section 10.2.1).</summary>
internal sealed class AllowValues
{
    private const int StandardSets = 256;

    private static readonly (string Name, Verbs Verb)[] Standard =
    [
        ("DELETE", Verbs.Delete), ("GET", Verbs.Get), ("HEAD", Verbs.Head), ("OPTIONS", Verbs.Options),
        ("PATCH", Verbs.Patch), ("POST", Verbs.Post), ("PUT", Verbs.Put), ("TRACE", Verbs.Trace),
    ];

    private readonly (string Name, Verbs Verb)[] _methods;

    // Filled as they are asked for: a table answers few of the sets. Two threads may write the same value.
    private readonly byte[]?[] _standardSets = new byte[StandardSets][];

    public AllowValues(RouteTable table)
    {
        IEnumerable<(string, Verbs)> custom = table.CustomMethods
            .Select((name, index) => (name, (Verbs)((int)Verbs.FirstCustom << index)));
        _methods = [.. Standard.Concat(custom).OrderBy(method => method.Item1, StringComparer.Ordinal)];
        foreach (RouteInfo route in table.Routes)
            All |= VerbsOf(route.Method);
        if ((All & Verbs.Get) != 0)
            All |= Verbs.Head;
        All |= Verbs.Options;
    }

    /// <summary>Every method that some route of the table answers: what <c>OPTIONS *</c> says.</summary>
    public Verbs All { get; }

    /// <summary>The value for a set.</summary>
    public byte[] Of(Verbs verbs)
    {
        if ((int)verbs >= StandardSets)
            return Format(verbs);
        return _standardSets[(int)verbs] ??= Format(verbs);
    }

    private Verbs VerbsOf(string method)
    {
        Verbs verbs = Verbs.None;
        foreach ((string name, Verbs verb) in _methods)
        {
            if (method == name || (method == "*" && verb != Verbs.Trace))
                verbs |= verb;
        }

        return verbs;
    }

    private byte[] Format(Verbs verbs) => Encoding.ASCII.GetBytes(
        string.Join(", ", _methods.Where(method => (verbs & method.Verb) != 0).Select(method => method.Name)));
}
