using System.Text;

namespace Waymark.Middleware;

/// <summary>A handful of paths, whole or by their beginning; of the path that routes are matched by.</summary>
internal sealed class PathFilter
{
    private readonly (byte[] Text, bool IsPrefix)[] _paths;

    public PathFilter(IReadOnlyList<string> paths)
    {
        _paths = new (byte[], bool)[paths.Count];
        for (int index = 0; index < _paths.Length; index++)
        {
            bool isPrefix = paths[index].EndsWith('*');
            _paths[index] = (Encoding.UTF8.GetBytes(isPrefix ? paths[index][..^1] : paths[index]), isPrefix);
        }
    }

    /// <summary>True where the path of a request is among them.</summary>
    public bool Contains(Request request)
    {
        ReadOnlySpan<byte> path = request.MatchPath;
        foreach ((byte[] text, bool isPrefix) in _paths)
        {
            if (isPrefix ? path.StartsWith(text) : path.SequenceEqual(text))
                return true;
        }

        return false;
    }

    /// <summary>Adds a sentence for each entry that is no path.</summary>
    public static void Validate(IReadOnlyList<string>? paths, string option, List<string> problems)
    {
        if (paths is null)
            problems.Add($"{option} is null; leave it out for none.");
        foreach (string path in paths ?? [])
        {
            if (path is null || !path.StartsWith('/') || path.AsSpan(0, path.Length - 1).Contains('*'))
            {
                problems.Add($"{option} holds '{path}'; an entry starts with / and has no * but at its end, for "
                    + "example /livez or /health/*.");
            }
        }
    }
}
