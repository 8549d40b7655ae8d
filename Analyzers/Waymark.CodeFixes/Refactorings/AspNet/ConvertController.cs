using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Makes handlers of an action of a controller, or of all of them.</summary>
internal sealed class ConvertController : Refactoring
{
    public const string ActionKey = "aspnet.action";
    public const string Key = "aspnet.controller";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        var proposals = new List<Proposal>();
        if (MethodAt(target) is { Parent: ClassDeclarationSyntax around } method
            && AspController.Read(target, around) is { } holder && AspAction.Read(target, method) is { } action)
        {
            proposals.AddRange(await ConvertActionAsync(target, holder, action, stop).ConfigureAwait(false));
        }

        ClassDeclarationSyntax? declaration = target.Type as ClassDeclarationSyntax ?? ClassAt(target);
        if (declaration is not null && AspController.Read(target, declaration) is { } controller)
            proposals.AddRange(await ConvertAllAsync(target, controller, stop).ConfigureAwait(false));
        return proposals;
    }

    private static MethodDeclarationSyntax? MethodAt(CursorTarget target) =>
        target.Method ?? target.Attribute?.Parent?.Parent as MethodDeclarationSyntax;

    private static ClassDeclarationSyntax? ClassAt(CursorTarget target) =>
        target.Attribute?.Parent?.Parent as ClassDeclarationSyntax;

    private static async Task<IReadOnlyList<Proposal>> ConvertActionAsync(
        CursorTarget target, AspController controller, AspAction action, CancellationToken stop)
    {
        var names = new LibraryNames(target, action.Method.SpanStart);
        if (Rewrite(target, names, controller, action) is not { } rewrite
            || AspTemplate.Convert(action.Below(controller.Prefix), rewrite.Parameters.Find) is not { } template)
        {
            return None;
        }

        // Tests call actions on an instance.
        if (await References.ExistOutsideAsync(action.Symbol, target.Solution, controller.Declaration, stop)
            .ConfigureAwait(false))
        {
            return None;
        }

        List<SourceEdit> edits = EditsOf(target, names, action, rewrite, template);
        string note = rewrite.Results.Note.Length > 0 ? $" ({rewrite.Results.Note})" : "";
        return await ProposeAsync(
            target, ActionKey, $"Convert to a handler of {action.Verb} {template}{note}", names.With(edits),
            method => method.Name == action.Symbol.Name && method.ContainingType.Name == controller.Symbol.Name, stop)
            .ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<Proposal>> ConvertAllAsync(
        CursorTarget target, AspController controller, CancellationToken stop)
    {
        var names = new LibraryNames(target, controller.Declaration.SpanStart);
        var edits = new List<SourceEdit>();
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        List<MethodDeclarationSyntax> methods = [.. controller.Declaration.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => !method.Modifiers.Any(SyntaxKind.StaticKeyword))];
        List<AspAction> actions = [.. methods.Select(method => AspAction.Read(target, method)).OfType<AspAction>()];
        if (actions.Count == 0 || actions.Count < methods.Count)
            return None;

        // A group cannot be left by one of its routes.
        bool isGrouped = controller.Prefix.Trim('/').Length > 0 && !actions.Exists(action => action.IsAbsolute)
            && controller.Prefix.IndexOf(AspAction.NameToken, StringComparison.Ordinal) < 0;
        string? group = null;
        foreach (AspAction action in actions)
        {
            if (Rewrite(target, names, controller, action) is not { } rewrite)
                return None;
            string? prefix = isGrouped ? AspTemplate.Convert(controller.Prefix, rewrite.Parameters.Find) : "";
            string? template = AspTemplate.Convert(
                isGrouped ? action.Template : action.Below(controller.Prefix), rewrite.Parameters.Find);
            if (prefix is null || template is null || (group ??= prefix) != prefix)
                return None;
            edits.AddRange(EditsOf(target, names, action, rewrite, template));
            if (rewrite.Results.Note.Length > 0)
                notes.Add(rewrite.Results.Note);
        }

        if (!AddHead(target, names, controller, group!, edits)
            || await References.ExistOutsideAsync(controller.Symbol, target.Solution, controller.Declaration, stop)
                .ConfigureAwait(false))
        {
            return None;
        }

        string note = notes.Count > 0 ? $" ({string.Join("; ", notes)})" : "";
        string under = isGrouped ? $" under {group}" : "";
        return await ProposeAsync(
            target, Key, $"Convert the controller to handlers{under}{note}", names.With(edits),
            method => method.ContainingType.Name == controller.Symbol.Name, stop).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<Proposal>> ProposeAsync(
        CursorTarget target, string key, string title, IReadOnlyList<SourceEdit> edits, Func<IMethodSymbol, bool> isNew,
        CancellationToken stop)
    {
        IReadOnlyList<Proposal> proposals = await ProposeAsync(target, key, title, edits, stop).ConfigureAwait(false);
        if (proposals.Count == 0)
            return None;
        Solution changed = await JsonTypes.ListAsync(
            proposals[0].Changed, target.Document.Id, isNew, stop).ConfigureAwait(false);
        return [proposals[0] with { Changed = changed }];
    }

    /// <summary>Null where the method uses its controller, or has no equal.</summary>
    private static MethodRewrite? Rewrite(
        EditTarget target, LibraryNames names, AspController controller, AspAction action)
    {
        string whole = action.Below(controller.Prefix);
        return AspTemplate.NamesOf(whole) is { } captures
            ? MethodRewrite.Of(
                target, names, action.Method, action.Symbol, [action.Verb], captures, isAction: true,
                (called, values) => controller.PathOf(target, called, values))
            : null;
    }

    private static List<SourceEdit> EditsOf(
        EditTarget target, LibraryNames names, AspAction action, MethodRewrite rewrite, string template)
    {
        List<SourceEdit> edits =
        [
            .. rewrite.Edits,
            target.Replace(action.Attribute.Span, RouteText.Of(names, action.Verb, template, action.Name)),
        ];
        foreach (AttributeSyntax dropped in action.Dropped)
            edits.Add(target.Replace(AttributeText.SpanToRemove(dropped, target.Text), ""));
        // Behind the accessibility, before everything else: the order that the style rules expect.
        SyntaxToken next = action.Method.Modifiers
            .FirstOrDefault(modifier => !SyntaxFacts.IsAccessibilityModifier(modifier.Kind()));
        int position = next.IsKind(SyntaxKind.None) ? action.Method.ReturnType.SpanStart : next.SpanStart;
        edits.Insert(0, target.Insert(position, "static "));
        return edits;
    }

    /// <summary>What makes the class static; false where it has to stay one that is made.</summary>
    private static bool AddHead(
        EditTarget target, LibraryNames names, AspController controller, string group, List<SourceEdit> edits)
    {
        ClassDeclarationSyntax declaration = controller.Declaration;
        if (declaration.BaseList is not { Types.Count: 1 } bases || declaration.ParameterList is not null
            || declaration.Modifiers.Any(SyntaxKind.AbstractKeyword))
        {
            return false;
        }

        edits.Add(target.Replace(AttributeText.SpanToRemove(controller.Marker, target.Text), ""));
        if (controller.Route is { } route)
        {
            edits.Add(group.Length > 0
                ? target.Replace(route.Span, $"{names.OfAttribute("Group")}({LiteralText.Quote(group)})")
                : target.Replace(AttributeText.SpanToRemove(route, target.Text), ""));
        }

        SyntaxToken sealing = declaration.Modifiers.FirstOrDefault(token => token.IsKind(SyntaxKind.SealedKeyword));
        SyntaxToken partial = declaration.Modifiers.FirstOrDefault(token => token.IsKind(SyntaxKind.PartialKeyword));
        edits.Add(!sealing.IsKind(SyntaxKind.None)
            ? target.Replace(sealing.Span, "static")
            : target.Insert(
                partial.IsKind(SyntaxKind.None) ? declaration.Keyword.SpanStart : partial.SpanStart, "static "));
        edits.Add(target.Replace(TextSpan.FromBounds(declaration.Identifier.Span.End, bases.Span.End), ""));
        return true;
    }
}
