using System.Text;
using Waymark.CompilerServices;

namespace Waymark.Routing;

/// <summary>Walks a tree for one request and notes every decision.</summary>
internal sealed class ExplainWalk(
    RouteTable table, bool isCaseInsensitive, ConstraintTest test, byte[] path, string method)
{
    private readonly string _path = Encoding.Latin1.GetString(path);
    private readonly StringBuilder _text = new();
    private readonly List<string> _captures = [];
    private readonly SortedSet<string> _allowed = new(StringComparer.Ordinal);
    private bool _isRedirected;

    /// <summary>The decisions, and the outcome in the last line.</summary>
    public string Run(List<ExplainNode> tree)
    {
        if (!Visit(tree, 0, 1))
            Note(0, "=> " + DescribeMiss());
        return _text.ToString().TrimEnd('\n');
    }

    private StringComparison Comparison =>
        isCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private bool Visit(List<ExplainNode> nodes, int at, int depth)
    {
        int others = nodes.Count(node => StartsDifferently(node, at));
        foreach (ExplainNode node in nodes)
        {
            if (StartsDifferently(node, at))
                continue;
            // Literals come before everything but the end, so their number is told where they would be looked at.
            if (node.Kind is not ('.' or '='))
                NoteOthers(ref others, depth);
            if (VisitNode(node, at, depth))
                return true;
        }

        NoteOthers(ref others, depth);
        return false;
    }

    private bool StartsDifferently(ExplainNode node, int at) =>
        node.Kind == '=' && at < _path.Length && string.Compare(node.Text, 0, _path, at, 1, Comparison) != 0;

    private void NoteOthers(ref int others, int depth)
    {
        if (others > 0)
        {
            Note(depth, others == 1
                ? "1 other literal starts differently"
                : $"{others} other literals start differently");
        }


        others = 0;
    }

    private bool VisitNode(ExplainNode node, int at, int depth)
    {
        switch (node.Kind)
        {
            case '=':
                bool isLiteral = string.Compare(node.Text, 0, _path, at, node.Text.Length, Comparison) == 0;
                string why = at == _path.Length ? "the path ends here" : $"here is \"{_path[at..]}\"";
                Note(depth, $"\"{node.Text}\": {(isLiteral ? "yes" : "no, " + why)}");
                return isLiteral && Visit(node.Children, at + node.Text.Length, depth + 1);
            case ':':
                return VisitCaptures(node, at, depth);
            case '.':
                if (at < _path.Length)
                {
                    Note(depth, $"end of the path: no, \"{_path[at..]}\" follows");
                    return false;
                }

                return VisitEnd(node, depth, "end of the path");
            default:
                if (node.Kind == '*' && at == _path.Length)
                {
                    Note(depth, "catch-all: no, nothing is left");
                    return false;
                }

                _captures.Add(_path[at..]);
                if (VisitEnd(node, depth, $"catch-all: takes \"{_path[at..]}\""))
                    return true;
                _captures.RemoveAt(_captures.Count - 1);
                return false;
        }
    }

    private bool VisitCaptures(ExplainNode node, int at, int depth)
    {
        int slash = _path.IndexOf('/', at);
        int end = slash < 0 ? _path.Length : slash;
        List<(string Name, int[] Constraints, string Tail)> captures = node.ReadCaptures().ToList();
        int known = _captures.Count;
        int start = at;
        for (int index = 0; index < captures.Count; index++)
        {
            (string name, int[] constraints, string tail) = captures[index];
            int cut = index < captures.Count - 1 ? FindTail(tail, start + 1, end) : CutLast(tail, end);
            string value = cut > start ? _path[start..cut] : "";
            string? why = cut <= start
                ? tail.Length == 0 ? "nothing is left of the segment" : $"nothing stands before a \"{tail}\""
                : constraints.Any(constraint => !test(constraint, path.AsSpan(start, cut - start)))
                    ? $"\"{value}\" does not meet the constraint"
                    : null;
            Note(depth, $":{name}{tail}: {(why is null ? $"takes \"{value}\"" : "no, " + why)}");
            if (why is not null)
            {
                _captures.RemoveRange(known, _captures.Count - known);
                return false;
            }

            _captures.Add(value);
            start = cut + tail.Length;
        }

        if (Visit(node.Children, end, depth + 1))
            return true;
        _captures.RemoveRange(known, _captures.Count - known);
        return false;
    }

    /// <summary>Where the literal behind a capture occurs first, but not inside an escape; -1 where it does
    /// not.</summary>
    private int FindTail(string tail, int from, int end)
    {
        for (; from + tail.Length <= end; from++)
        {
            if (string.Compare(tail, 0, _path, from, tail.Length, Comparison) == 0 && !IsInsideEscape(from))
                return from;
        }

        return -1;
    }

    private int CutLast(string tail, int end)
    {
        int cut = end - tail.Length;
        return cut > 0 && string.Compare(tail, 0, _path, cut, tail.Length, Comparison) == 0
            && (tail.Length == 0 || !IsInsideEscape(cut))
            ? cut
            : -1;
    }

    private bool IsInsideEscape(int at) => _path[at - 1] == '%' || (at >= 2 && _path[at - 2] == '%');

    private bool VisitEnd(ExplainNode node, int depth, string what)
    {
        List<(string Method, int Route, string[] Names)> routes = node.ReadRoutes().ToList();
        int index = routes.FindIndex(route => route.Method == method);
        if (index < 0 && method == "HEAD")
            index = routes.FindIndex(route => route.Method == "GET");
        if (index < 0 && method != "TRACE")
            index = routes.FindIndex(route => route.Method == "*");
        if (index >= 0)
        {
            RouteInfo info = table.Routes[routes[index].Route];
            Note(depth, $"{what}, {routes[index].Method} is answered here");
            Note(0, $"=> {info.Method} {info.Template} ({info.Handler}){DescribeCaptures(routes[index].Names)}");
            return true;
        }

        _isRedirected |= node.ReadRedirects()
            .Any(verb => verb == method || (verb == "GET" && method == "HEAD") || (verb == "*" && method != "TRACE"));
        if (routes.Count == 0)
        {
            Note(depth, $"{what}: no route, but one with the other form of the last slash");
            return false;
        }

        _allowed.UnionWith(routes.Select(route => route.Method));
        Note(depth, $"{what}, but only {string.Join(", ", routes.Select(route => route.Method))} is answered here");
        return false;
    }

    private string DescribeCaptures(string[] names) => string.Concat(names.Select((name, index) =>
        $"{(index == 0 ? " with " : ", ")}{name} = \"{(index < _captures.Count ? _captures[index] : "")}\""));

    private string DescribeMiss()
    {
        if (_isRedirected)
            return "308: " + (_path[^1] == '/' ? _path[..^1] : _path + "/");
        if (!IsKnown(method))
            return "501: no route of this table knows the method";
        if (_allowed.Count == 0)
            return "404: no route matches this path";
        if (_allowed.Contains("GET"))
            _allowed.Add("HEAD");
        _allowed.Add("OPTIONS");
        string allow = string.Join(", ", _allowed);
        return method == "OPTIONS" ? "200: Allow is " + allow : "405: this path answers " + allow;
    }

    private bool IsKnown(string token) =>
        token is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" or "TRACE"
        || table.CustomMethods.Contains(token);

    private void Note(int depth, string line) => _text.Append(' ', 2 * depth).Append(line).Append('\n');
}
