using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>WM2035, WM4001: gives a route a name that no other has: <c>Name = "Find2"</c>.</summary>
/// <remarks>A number tells two names apart; what the route is to be called, its author knows better.</remarks>
internal sealed class NameRoute(string id) : EditFix
{
    private const string Argument = "Name";

    public override string Key => id + ".name";

    public override string TitleOf(FixTarget target) => "Give the route a name of its own";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public override Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        if (targets.Count == 0)
            return Edits();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (RouteEntry entry in RouteSet.Of(targets[0].Model.Compilation).All)
        {
            taken.Add(entry.Method.Name);
            if (entry.Route.Name is { } name)
                taken.Add(name);
        }

        return Edits([.. targets.Select(target => EditOf(target, taken, stop)).OfType<SourceEdit>()]);
    }

    private static SourceEdit? EditOf(FixTarget target, HashSet<string> taken, CancellationToken stop)
    {
        AttributeSyntax? attribute = target.Root.FindNode(target.Span, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<AttributeSyntax>();
        if (attribute?.ArgumentList is not { } list || target.Method is not { } method)
            return null;
        ExpressionSyntax? present = list.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == Argument)?.Expression;
        string name = (present is null ? null : target.Model.GetConstantValue(present, stop).Value as string)
            ?? method.Identifier.ValueText;
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = name + number;
        return present is null
            ? target.Insert(list.CloseParenToken.SpanStart, $", {Argument} = \"{free}\"")
            : target.Replace(present.Span, LiteralText.Quote(free));
    }
}
