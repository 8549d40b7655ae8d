using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Rename;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Places;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2002: puts the parameter behind the templates that lack it.</summary>
internal sealed class AppendCapture : EditFix
{
    public override string Key => "WM2002.append";

    public override string TitleOf(FixTarget target) => $"Append ':{target.Name}' to the template";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public override Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        // The captures of one template are appended together, with a slash between them.
        foreach (MethodTargets inMethod in ByMethod(targets, stop))
        {
            foreach ((AttributeData attribute, RouteModel route) in RouteReader.ReadAll(inMethod.Symbol))
            {
                List<string> names = [.. inMethod.All.Select(target => target.Name).Distinct().Where(name =>
                    route.Problems.Any(problem => problem.Id == "WM2002" && problem.Parameter == name))];
                if (names.Count > 0 && Append(inMethod.First, attribute, route.Template, names, stop) is { } edit)
                    edits.Add(edit);
            }
        }

        return Task.FromResult<IReadOnlyList<SourceEdit>>([.. edits.Distinct()]);
    }

    /// <summary>The edit that puts captures behind a template; null where nothing may follow it.</summary>
    public static SourceEdit? Append(
        EditTarget target, AttributeData attribute, string template, List<string> names, CancellationToken stop)
    {
        // Nothing may follow a catch-all or an optional parameter.
        Part? last = TemplateParser.Parse(template).Captures.LastOrDefault();
        if (last is not null && (last.Kind == PartKind.CatchAll || last.IsOptional))
            return null;
        string own = RouteReader.TemplateOf(attribute) ?? "";
        if (own.Length == 0 || Place.TemplateArgumentOf(attribute, stop) is not { } argument)
            return null;

        TextSpan end = TemplateSpans.Find(argument, own.Length, own.Length - 1, 1, out bool isExact);
        string slash = own[own.Length - 1] == '/' ? "" : "/";
        return isExact ? target.Insert(end.End, $"{slash}:{string.Join("/:", names)}") : null;
    }
}

/// <summary>WM2002: gives a parameter the name of the capture that was probably meant, wherever it is used.</summary>
internal sealed class RenameParameter : EditFix
{
    public override string Key => "WM2002.rename";

    public override string TitleOf(FixTarget target) =>
        $"Rename the parameter to '{Find(target, CancellationToken.None).Closest}'";

    public override async Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        (IParameterSymbol? parameter, string? closest) = Find(target, stop);
        if (parameter is null || closest is null)
            return [];
        Solution before = target.Document.Project.Solution;
        string name = SyntaxFacts.GetKeywordKind(closest) == SyntaxKind.None ? closest : "@" + closest;
        Solution after = await Renamer.RenameSymbolAsync(before, parameter, default, name, stop).ConfigureAwait(false);
        var edits = new List<SourceEdit>();
        foreach (ProjectChanges changes in after.GetChanges(before).GetProjectChanges())
        {
            foreach (DocumentId id in changes.GetChangedDocuments())
            {
                foreach (TextChange change in await after.GetDocument(id)!
                    .GetTextChangesAsync(before.GetDocument(id)!, stop).ConfigureAwait(false))
                {
                    edits.Add(new SourceEdit(id, change.Span, change.NewText ?? ""));
                }
            }
        }

        return edits;
    }

    private static (IParameterSymbol? Parameter, string? Closest) Find(FixTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
            return default;
        IParameterSymbol? parameter = symbol.Parameters.FirstOrDefault(other => other.Name == target.Name);
        var taken = new HashSet<string>(symbol.Parameters.Select(other => other.Name), StringComparer.Ordinal);
        return (parameter, ClosestName.Find(
            target.Name,
            ParameterList.CapturesOf(symbol)
                .Select(capture => capture.Text)
                .Where(name => name.Length > 0 && !taken.Contains(name))));
    }
}
