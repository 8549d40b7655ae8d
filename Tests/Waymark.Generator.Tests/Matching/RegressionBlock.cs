using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Matching;

/// <summary>One past mistake of a router, as routes and requests; read from Matching/Regressions.</summary>
/// <remarks>
/// The format is described in Matching/Regressions/README.md. A line that fits none of its forms is an error here, so
/// that no row is lost unseen.
/// </remarks>
internal sealed class RegressionBlock
{
    /// <summary>A "::", a list of constraints, or a capture and its name.</summary>
    private const string Tokens = "::|<(?:re\\(.*?\\)|[^<>])*>|[:*](?<name>[A-Za-z]\\w*)";

    private const string AttributeVerbs = "Get Head Post Put Delete Patch Options";

    private RegressionBlock(string heading) => Heading = heading;

    public string Heading { get; }

    public List<string> Options { get; } = [];

    public List<RegressionRoute> Routes { get; } = [];

    public List<RegressionRequest> Requests { get; } = [];

    /// <summary>The errors of the build: an id, and for WM1010 the path that both routes match.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The blocks of every file of Matching/Regressions.</summary>
    public static IEnumerable<(string File, RegressionBlock Block)> ReadAll() => Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Matching", "Regressions"), "*.txt")
        .Order(StringComparer.Ordinal)
        .SelectMany(path => Read(path).Select(block => (Path.GetFileNameWithoutExtension(path), block)));

    /// <summary>The names of the captures of a template, in its order.</summary>
    public static IEnumerable<string> CaptureNames(string template) =>
        Regex.Matches(template, Tokens).Select(match => match.Groups["name"]).Where(name => name.Success)
            .Select(name => name.Value);

    /// <summary>The template with names that start with an underscore, which need no parameter.</summary>
    public static string Unbind(string template) => Regex.Replace(
        template, Tokens, match => match.Groups["name"].Success ? match.Value.Insert(1, "_") : match.Value);

    /// <summary>One handler for each route.</summary>
    public string Source()
    {
        var source = new StringBuilder();
        if (Options.Count > 0)
            source.Append($"[assembly: RouteOptions({string.Join(", ", Options.Select(Spell))})]\n");
        source.Append("static class H\n{\n");
        for (int index = 0; index < Routes.Count; index++)
        {
            RegressionRoute route = Routes[index];
            string template = "@\"" + Unbind(route.Template) + "\"";
            string arguments = route.Arguments.Length == 0 ? template : template + ", " + route.Arguments;
            string attribute = AttributeVerbs.Split(' ').Contains(route.Verb)
                ? $"{route.Verb}({arguments})"
                : $"Route(\"{route.Verb}\", {arguments})";
            source.Append(CultureInfo.InvariantCulture, $"    [{attribute}] public static void R{index}() {{ }}\n");
        }

        return source.Append('}').ToString();
    }

    private static string Spell(string option) =>
        option == "CaseInsensitive" ? "CaseInsensitive = true" : "TrailingSlash = TrailingSlash." + option;

    private static IEnumerable<RegressionBlock> Read(string path)
    {
        RegressionBlock? block = null;
        foreach (string written in File.ReadLines(path))
        {
            string line = Regex.Replace(written, "\\{([^{}*]+)\\*([0-9]+)\\}", Repeat);
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
                continue;
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                if (block is not null)
                    yield return block;
                block = new RegressionBlock(line[2..]);
            }
            else
            {
                (block ?? throw new FormatException($"{path}: a row before the first heading")).Add(line);
            }
        }

        if (block is not null)
            yield return block;
    }

    /// <summary>"{ab*3}" as "ababab".</summary>
    private static string Repeat(Match match) => string.Concat(Enumerable.Repeat(
        match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));

    private void Add(string line)
    {
        if (line.StartsWith("! ", StringComparison.Ordinal))
            Problems.Add(line[2..]);
        else if (line.StartsWith("options ", StringComparison.Ordinal))
            Options.AddRange(line.Split(' ')[1..]);
        else if (Regex.Match(line, "^    (\\S+) (/\\S*)\\s+-> (\\S.*)$") is { Success: true } request)
            Requests.Add(new RegressionRequest(
                request.Groups[1].Value, request.Groups[2].Value, request.Groups[3].Value));
        else if (Regex.Match(line, "^(\\S+) (\\S+)(?: +(\\S.*))?$") is { Success: true } route)
            Routes.Add(new RegressionRoute(route.Groups[1].Value, route.Groups[2].Value, route.Groups[3].Value));
        else
            throw new FormatException($"{Heading}: what is '{line}'?");
    }
}

/// <summary>A route of a block.</summary>
/// <param name="Verb">The name of an attribute, or a method token for [Route].</param>
/// <param name="Template">The template as written.</param>
/// <param name="Arguments">Further arguments of the attribute, as C#.</param>
internal sealed record RegressionRoute(string Verb, string Template, string Arguments);

/// <summary>A request of a block.</summary>
/// <param name="Verb">The verb, written as in an attribute.</param>
/// <param name="Path">The path as the matcher gets it.</param>
/// <param name="Outcome">A route and its captures, or a status with what goes with it.</param>
internal sealed record RegressionRequest(string Verb, string Path, string Outcome);
