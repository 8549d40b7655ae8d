using System.ComponentModel;
using System.Text;
using Waymark.Buffers;
using Waymark.Routing;

namespace Waymark.CompilerServices;

/// <summary>Says step by step what a route table does with a path: <c>Routes.Explain</c>.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Reads the tree as text, apart from the emitted matcher, and so
/// is slow and obvious; a test compares the two. Nothing of it is in a native binary that does not call it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RouteExplainer
{
    /// <summary>Explains a request.</summary>
    /// <param name="table">The table.</param>
    /// <param name="tree">
    /// Its tree: a line for each node, indented by its depth, in the order of precedence. <c>=users/</c> is a literal,
    /// <c>:id&lt;int&gt;⇥0⇥.json</c> a capture with the numbers of its constraints and the literal behind it,
    /// <c>.GET=3:id</c> an end, <c>*GET=3:rest</c> and <c>?GET=3:rest</c> catch-alls, each with routes and the names of
    /// their captures; <c>~GET</c> is a redirection.
    /// </param>
    /// <param name="isCaseInsensitive">True where ASCII letters of literals match in either case.</param>
    /// <param name="test">Tests a constraint by its number.</param>
    /// <param name="path">The path as a client would send it; characters that need it are percent-encoded
    /// first.</param>
    /// <param name="method">The request method.</param>
    /// <returns>A line for each decision, and a last one with the outcome.</returns>
    public static string Explain(
        RouteTable table, string tree, bool isCaseInsensitive, ConstraintTest test, string path, string method)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(method);
        if (!TryNormalise(path, out byte[] normalised))
        {
            return $"{method} {path}\n=> 400: not a path. It starts with '/', its escapes are '%' and two " +
                "hexadecimal digits that decode to UTF-8 and not to 00.";
        }

        var walk = new ExplainWalk(table, isCaseInsensitive, test, normalised, method);
        return $"{method} {Encoding.ASCII.GetString(normalised)}\n" + walk.Run(ExplainNode.Parse(tree));
    }

    /// <summary>As the server hands a path to the matcher.</summary>
    private static bool TryNormalise(string path, out byte[] normalised)
    {
        normalised = [];
        int query = path.IndexOfAny(['?', '#']);
        var raw = new List<byte>();
        foreach (byte octet in Encoding.UTF8.GetBytes(query < 0 ? path : path[..query]))
        {
            if (octet is > (byte)' ' and < 0x7F)
                raw.Add(octet);
            else
                raw.AddRange(Encoding.ASCII.GetBytes($"%{octet:X2}"));
        }

        byte[] bytes = [.. raw];
        if (bytes.Length == 0 || bytes[0] != '/' || !PercentDecoder.IsValid(bytes))
            return false;
        normalised = new byte[PercentDecoder.NormalisedLengthMax(bytes)];
        Array.Resize(ref normalised, PercentDecoder.Normalise(bytes, normalised));
        return true;
    }
}

/// <summary>Tests a constraint, for <see cref="RouteExplainer"/>.</summary>
/// <param name="constraint">Its number in the table.</param>
/// <param name="capture">The capture as it stands in the path.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool ConstraintTest(int constraint, ReadOnlySpan<byte> capture);
