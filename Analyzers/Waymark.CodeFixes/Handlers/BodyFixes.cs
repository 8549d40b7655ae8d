using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers.Rules;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2007: lets a second body come from where its type says.</summary>
/// <remarks>One record for both would change what clients send, so that is left to the author.</remarks>
internal sealed class DropSecondBody : TriedFix
{
    public override string Key => "WM2007.drop";

    public override string TitleOf(FixTarget target) => $"Remove [Body] from '{target.Parameter?.Identifier.Text}'";

    protected override Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop) => Edits(
        [
            .. targets.Select(target => BodyAttribute.Find(target.Parameter, "Body") is { } attribute
                ? target.Replace(AttributeText.SpanToRemove(attribute, target.Text), "")
                : null).OfType<SourceEdit>(),
        ]);
}

/// <summary>WM2008: takes from the query what no body can bring.</summary>
internal sealed class TakeFromQuery : TriedFix
{
    public override string Key => "WM2008.query";

    public override string TitleOf(FixTarget target) =>
        $"Take '{target.Parameter?.Identifier.Text}' from the query";

    protected override Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach (FixTarget target in targets)
        {
            // Where another route of the method has a body that means something, that one would lose it.
            if (target.Method is { } method && target.Model.GetDeclaredSymbol(method, stop) is { } symbol
                && RouteReader.ReadAll(symbol).All(pair => BodyVerbRule.SectionOf(pair.Route.Verb) is not null)
                && (BodyAttribute.Find(target.Parameter, "Body") ?? BodyAttribute.Find(target.Parameter, "Form"))
                    is { } attribute)
            {
                edits.Add(target.Replace(BodyAttribute.NameOf(attribute).Span, "Query"));
            }
        }

        return Edits([.. edits]);
    }
}

/// <summary>WM2022: answers POST, whose body may be a form.</summary>
internal sealed class AnswerPost : TriedFix
{
    public override string Key => "WM2022.post";

    public override string TitleOf(FixTarget target) => "Answer POST";

    protected override Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach (FixTarget target in targets)
        {
            if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
                continue;
            foreach (AttributeData attribute in RouteReader.ReadAll(symbol)
                .Where(pair => pair.Route.Verb is "GET" or "HEAD").Select(pair => pair.Attribute))
            {
                if (attribute.ApplicationSyntaxReference?.GetSyntax(stop) is AttributeSyntax syntax
                    && EditOf(target, syntax) is { } edit)
                {
                    edits.Add(edit);
                }
            }
        }

        return Edits([.. edits.Distinct()]);
    }

    private static SourceEdit? EditOf(FixTarget target, AttributeSyntax attribute)
    {
        SyntaxToken name = BodyAttribute.NameOf(attribute);
        return name.ValueText switch
        {
            "Get" or "Head" => target.Replace(name.Span, "Post"),
            "GetAttribute" or "HeadAttribute" => target.Replace(name.Span, "PostAttribute"),
            _ => attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax method
                ? target.Replace(method.Span, "\"POST\"")
                : null,
        };
    }
}

/// <summary>The attribute of a parameter that says where it comes from, as source.</summary>
internal static class BodyAttribute
{
    public static AttributeSyntax? Find(ParameterSyntax? parameter, string name) => parameter?.AttributeLists
        .SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute =>
            NameOf(attribute).ValueText == name || NameOf(attribute).ValueText == name + "Attribute");

    /// <summary>The last part of the name.</summary>
    public static SyntaxToken NameOf(AttributeSyntax attribute) => attribute.Name.GetLastToken();
}
