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
        // No LINQ in what every program runs: it is a tenth of a megabyte in a native binary.
        List<(string Name, Verbs Verb)> methods = [.. Standard];
        for (int index = 0; index < table.CustomMethods.Count; index++)
            methods.Add((table.CustomMethods[index], (Verbs)((int)Verbs.FirstCustom << index)));
        methods.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        _methods = [.. methods];
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

    private byte[] Format(Verbs verbs)
    {
        List<string> names = [];
        foreach ((string name, Verbs verb) in _methods)
        {
            if ((verbs & verb) != 0)
                names.Add(name);
        }

        return Encoding.ASCII.GetBytes(string.Join(", ", names));
    }
}
