using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Projects;

/// <summary>WM5010: mounts a table behind a prefix that no other route or mount starts with.</summary>
/// <remarks>
/// A first segment that is literal and nobody else's goes before every capture, so that nothing conflicts behind it.
/// </remarks>
internal sealed class MovePrefix : EditFix
{
    public override string Key => "WM5010.prefix";

    public override string TitleOf(FixTarget target) => $"Mount it behind \"{FindPrefix(target).Prefix}\"";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        (ExpressionSyntax? argument, string prefix) = FindPrefix(target);
        return argument is null
            ? Edits()
            : Edits(target.Replace(argument.Span, LiteralText.Quote(prefix)));
    }

    private static (ExpressionSyntax? Argument, string Prefix) FindPrefix(FixTarget target)
    {
        AttributeSyntax? attribute = target.Root.FindNode(target.Span, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<AttributeSyntax>();
        if (attribute?.ArgumentList?.Arguments.FirstOrDefault()?.Expression is not LiteralExpressionSyntax argument)
            return (null, "");
        HashSet<string> taken = StartsIn(target.Model.Compilation, argument.Token.ValueText);
        string name = NameOf(target, attribute);
        string free = name;
        for (int number = 2; taken.Contains(free); number++)
            free = name + "-" + number;
        return (argument, "/" + free);
    }

    /// <summary>What the mounted library is called: the last part of its namespace.</summary>
    private static string NameOf(FixTarget target, AttributeSyntax attribute)
    {
        ITypeSymbol? table = attribute.Name.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()
            is { TypeArgumentList.Arguments: [{ } only] }
                ? target.Model.GetTypeInfo(only).Type
                : null;
        string name = table?.ContainingNamespace is { IsGlobalNamespace: false } space ? space.Name : "mounted";
        return name.ToLowerInvariant();
    }

    /// <summary>The first segments of the project's own routes and of all mounts, that of this one included.</summary>
    private static HashSet<string> StartsIn(Compilation compilation, string current)
    {
        var routes = RouteSet.Of(compilation);
        IEnumerable<string> templates = routes.Served.Select(entry => entry.Route.Template)
            .Concat(routes.Conflicts.Mounts.SelectMany(pair => pair.Mount.Prefix.Length > 1
                ? [pair.Mount.Prefix]
                : pair.Mount.Routes.Select(row => row.Template)))
            .Concat([current]);
        return new HashSet<string>(
            templates.Select(template => TemplateParser.Parse(template))
                .Where(template => template.Segments.Count > 0)
                .Select(template => template.TextOf(template.Segments[0])),
            StringComparer.OrdinalIgnoreCase);
    }
}
