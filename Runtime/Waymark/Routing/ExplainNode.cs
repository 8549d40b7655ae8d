namespace Waymark.Routing;

/// <summary>A node of a tree as text; see <see cref="CompilerServices.RouteExplainer"/>.</summary>
internal sealed class ExplainNode(char kind, string text)
{
    /// <summary><c>=</c> literal, <c>:</c> captures, <c>.</c> end, <c>*</c> and <c>?</c> catch-alls.</summary>
    public char Kind => kind;

    /// <summary>What stands behind the kind.</summary>
    public string Text => text;

    /// <summary>In the order of precedence.</summary>
    public List<ExplainNode> Children { get; } = [];

    /// <summary>Reads a tree.</summary>
    public static List<ExplainNode> Parse(string tree)
    {
        var root = new ExplainNode('=', "");
        var open = new List<ExplainNode> { root };
        foreach (string line in tree.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string content = line.TrimStart(' ');
            int depth = line.Length - content.Length;
            var node = new ExplainNode(content[0], content[1..]);
            open.RemoveRange(depth + 1, open.Count - depth - 1);
            open[depth].Children.Add(node);
            open.Add(node);
        }

        return root.Children;
    }

    /// <summary>The captures of a node of kind <c>:</c>.</summary>
    public IEnumerable<(string Name, int[] Constraints, string Tail)> ReadCaptures()
    {
        string[] fields = text.Split('\t');
        for (int index = 0; index + 2 < fields.Length; index += 3)
        {
            int[] constraints = [.. fields[index + 1].Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
            yield return (fields[index], constraints, fields[index + 2]);
        }
    }

    /// <summary>The routes of an end or a catch-all: method, number, and the names of the captures.</summary>
    public IEnumerable<(string Method, int Route, string[] Names)> ReadRoutes()
    {
        foreach (string entry in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = entry.LastIndexOf('=');
            if (entry[0] == '~' && equals < 0)
                continue;
            int colon = entry.IndexOf(':', equals);
            int number = int.Parse(
                entry.AsSpan(equals + 1, colon - equals - 1), System.Globalization.CultureInfo.InvariantCulture);
            yield return (
                entry[..equals], number, entry[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>The methods that are redirected at an end.</summary>
    public IEnumerable<string> ReadRedirects() => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Where(entry => entry[0] == '~' && !entry.Contains('=', StringComparison.Ordinal))
        .Select(entry => entry[1..]);
}
