using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Links;

/// <summary>Which paths the routes of a project answer, those of mounted tables included.</summary>
/// <remarks>Built when the first literal path is met that no link makes.</remarks>
internal sealed class AnsweredPaths
{
    /// <summary>What the server itself serves where it is asked to, and where by default.</summary>
    private static readonly Dictionary<string, string> OwnPages = new(StringComparer.Ordinal)
    {
        ["MapOpenApi"] = "/openapi.json",
        ["MapDocs"] = "/docs",
    };

    private readonly Compilation _compilation;
    private readonly TableOptions _options;
    private readonly bool _isWhole;
    private readonly ILookup<string, PathPattern> _byStart;
    private readonly Lazy<HashSet<string>?> _ownPaths;

    /// <param name="all">Every route of the project, those with problems included.</param>
    /// <param name="mounts">The mounts of the assembly.</param>
    /// <param name="compilation">The project.</param>
    public AnsweredPaths(
        IReadOnlyList<RouteEntry> all,
        IEnumerable<(AttributeData Attribute, MountModel Mount)> mounts,
        Compilation compilation)
    {
        _compilation = compilation;
        _options = SetupAttributes.OptionsOf(compilation.Assembly);
        List<MountModel> models = [.. mounts.Select(pair => pair.Mount)];
        // A template that cannot be read may be the one that is meant.
        _isWhole = !all.Any(entry => entry.HasTemplateProblem) && models.TrueForAll(mount => mount.Problem is null);
        _byStart = all.Where(entry => !entry.HasTemplateProblem).Select(entry => entry.Template)
            .Concat(MountedEntry.ListAll(models).Select(entry =>
                TemplateParser.Parse(entry.Template, entry.Row.Scope)))
            .SelectMany(template => PathPattern.Of(template, _options)
                .Concat(PathPattern.RedirectedTo(template, _options)))
            .ToLookup(StartOf, StringComparer.Ordinal);
        _ownPaths = new Lazy<HashSet<string>?>(FindOwnPaths);
    }

    /// <summary>
    /// The path that was probably meant by one that nothing answers: one literal segment of it is a slip; null where
    /// none is, or where it is not certain.
    /// </summary>
    /// <param name="path">The path, without a query.</param>
    public string? FindMeant(string path)
    {
        if (!_isWhole || path.IndexOf('*') >= 0)
            return null;
        // As a template says it: a colon twice.
        Template template = TemplateParser.Parse(path.Replace(":", "::"));
        if (template.Problems.Count > 0)
            return null;
        List<PathPattern> patterns = [.. PathPattern.Of(template, TableOptions.Default)];
        return patterns.Exists(IsAnswered) || FindClosest(patterns, path) is not { } closest || MayBeOwn(path)
            ? null
            : closest;
    }

    private bool IsAnswered(PathPattern pattern) => Candidates(pattern).Any(known =>
        TemplateRelations.FindWitness(known, pattern, _options.IsCaseInsensitive) is not null);

    /// <summary>True where the server itself may answer a path: it is told to serve its document there.</summary>
    private bool MayBeOwn(string path) => _ownPaths.Value is not { } paths || paths.Contains(path);

    private string? FindClosest(List<PathPattern> patterns, string path)
    {
        foreach (PathPattern pattern in patterns)
        {
            for (int index = 0; index < pattern.Segments.Count; index++)
            {
                if (!pattern.Segments[index].IsLiteral || pattern.Segments[index].Prefix.Length < 2)
                    continue;
                IEnumerable<string> names = _byStart.SelectMany(group => group)
                    .Where(known => known.Segments.Count == pattern.Segments.Count
                        && known.Segments[index].IsLiteral && IsAlikeBut(known, pattern, index))
                    .Select(known => known.Segments[index].Prefix);
                if (ClosestName.Find(pattern.Segments[index].Prefix, names.Distinct()) is not { } name)
                    continue;
                string[] segments = path.Split('/');
                segments[index + 1] = name;
                return string.Join("/", segments);
            }
        }

        return null;
    }

    private static string StartOf(PathPattern pattern) =>
        pattern.Segments.Count > 0 && pattern.Segments[0].IsLiteral ? pattern.Segments[0].Prefix : "";

    /// <summary>A segment that is one literal is looked up; "" holds the patterns that start with a capture.</summary>
    private IEnumerable<PathPattern> Candidates(PathPattern pattern)
    {
        string start = StartOf(pattern);
        if (_options.IsCaseInsensitive)
            start = start.ToLowerInvariant();
        return start.Length == 0 ? _byStart[""] : _byStart[start].Concat(_byStart[""]);
    }

    private bool IsAlikeBut(PathPattern known, PathPattern pattern, int index)
    {
        if (known.End != pattern.End)
            return false;
        for (int other = 0; other < pattern.Segments.Count; other++)
        {
            if (other != index && SegmentOverlap.FindWitness(
                known.Segments[other], pattern.Segments[other], _options.IsCaseInsensitive) is null)
                return false;
        }

        return true;
    }

    /// <summary>Where the server serves its document; null where that is not known.</summary>
    /// <remarks>Looks through the sources, once, and only where a literal path leads nowhere.</remarks>
    private HashSet<string>? FindOwnPaths()
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (InvocationExpressionSyntax call in _compilation.SyntaxTrees
            .SelectMany(tree => tree.GetRoot().DescendantNodes()).OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is not MemberAccessExpressionSyntax access
                || !OwnPages.TryGetValue(access.Name.Identifier.ValueText, out string? usual))
                continue;
            ExpressionSyntax? argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
            if (argument is not null and not LiteralExpressionSyntax)
                return null;
            paths.Add((argument as LiteralExpressionSyntax)?.Token.ValueText ?? usual);
        }

        return paths;
    }
}
