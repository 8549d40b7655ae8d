using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Handlers;

/// <summary>Changes the type of the parameter that a diagnostic lies in.</summary>
internal abstract class ChangeType : TriedFix
{
    protected sealed override async Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach (FixTarget target in targets)
        {
            if (target.Parameter is not { Type: { } type } parameter
                || Edit(target, parameter, type) is not { } edit
                || target.Model.GetDeclaredSymbol(parameter, stop)?.ContainingSymbol is not IMethodSymbol method
                || method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null
                || await Trial.IsCalledAsync(target, method, stop).ConfigureAwait(false))
            {
                continue;
            }

            edits.Add(edit);
        }

        return edits;
    }

    protected abstract SourceEdit? Edit(FixTarget target, ParameterSyntax parameter, TypeSyntax type);
}

/// <summary>WM2005: lets a parameter be null where its capture is missing.</summary>
internal sealed class MakeNullable : ChangeType
{
    public override string Key => "WM2005.nullable";

    public override string TitleOf(FixTarget target) => $"Make '{target.Name}' nullable";

    protected override SourceEdit? Edit(FixTarget target, ParameterSyntax parameter, TypeSyntax type) =>
        target.Insert(type.Span.End, "?");
}

/// <summary>WM2005: says which value a missing capture stands for: the one that it stands for already.</summary>
internal sealed class GiveDefault : ChangeType
{
    public override string Key => "WM2005.default";

    public override string TitleOf(FixTarget target) => $"Give '{target.Name}' a default value";

    protected override SourceEdit? Edit(FixTarget target, ParameterSyntax parameter, TypeSyntax type)
    {
        string? value = target.Model.GetTypeInfo(type).Type switch
        {
            { SpecialType: SpecialType.System_String } => "\"\"",
            { SpecialType: SpecialType.System_Boolean } => "false",
            { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } => "0",
            { IsValueType: true } => "default",
            _ => null,
        };
        return value is null || parameter.Default is not null
            ? null
            : target.Insert(parameter.Span.End, " = " + value);
    }
}

/// <summary>WM2006: drops the <c>?</c> of a type that is never null.</summary>
internal sealed class DropNullable : ChangeType
{
    public override string Key => "WM2006.drop";

    public override string TitleOf(FixTarget target) => $"Drop the '?' of '{target.Name}'";

    protected override SourceEdit? Edit(FixTarget target, ParameterSyntax parameter, TypeSyntax type) =>
        type is NullableTypeSyntax nullable && parameter.Default is null
            ? target.Replace(nullable.QuestionToken.Span, "")
            : null;
}

/// <summary>WM2003, WM2004: takes the text itself.</summary>
internal sealed class TakeText(string id) : ChangeType
{
    public override string Key => id + ".text";

    public override string TitleOf(FixTarget target) => $"Take '{target.Name}' as a string";

    protected override SourceEdit? Edit(FixTarget target, ParameterSyntax parameter, TypeSyntax type)
    {
        bool isNullable = type is NullableTypeSyntax;
        TypeSyntax bare = type is NullableTypeSyntax nullable ? nullable.ElementType : type;
        // A header field and a query can have several values, a capture and a cookie one.
        bool isList = id == "WM2004" && HoldsSeveral(target.Model.GetTypeInfo(bare).Type) && !IsCookie(parameter);
        return target.Replace(type.Span, (isList ? "string[]" : "string") + (isNullable ? "?" : ""));
    }

    private static bool HoldsSeveral(ITypeSymbol? type) => type is IArrayTypeSymbol
        || (type is INamedTypeSymbol { Arity: 1 } named && named.AllInterfaces.Any(item => item.Name == "IEnumerable"));

    private static bool IsCookie(ParameterSyntax parameter) => parameter.AttributeLists
        .SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Cookie");
}
