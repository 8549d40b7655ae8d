using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Places;

/// <summary>Turns what a rule found into the location that its diagnostic is shown at.</summary>
internal static class Place
{
    /// <summary>Set on a diagnostic whose span is unbroken text of one string literal.</summary>
    public const string ExactProperty = "Exact";

    /// <summary>Set to the name of the capture or parameter, or to the type, that the diagnostic is about.</summary>
    public const string NameProperty = "Name";

    /// <summary>Set to the name that was probably meant, where one is near enough.</summary>
    public const string SuggestionProperty = "Suggestion";

    /// <summary>Set to the rank that would put a route before those that it conflicts with.</summary>
    public const string RankProperty = "Rank";

    /// <summary>Set to the constraint that would tell a route from the one that it conflicts with.</summary>
    public const string ConstraintProperty = "Constraint";

    /// <summary>Set where that constraint goes into the other route's template.</summary>
    public const string OtherProperty = "Other";

    public static readonly ImmutableDictionary<string, string?> Nothing = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The argument that states an attribute's template; the whole attribute where there is none.</summary>
    public static Location OfTemplate(AttributeData attribute, CancellationToken stop) =>
        TemplateArgumentOf(attribute, stop) is { } argument ? argument.GetLocation() : OfAttribute(attribute);

    /// <summary>The place of a part of an attribute's template.</summary>
    public static (Location Location, bool IsExact) OfTemplatePart(
        AttributeData attribute, int offset, int length, CancellationToken stop)
    {
        if (TemplateArgumentOf(attribute, stop) is not { } argument)
            return (OfAttribute(attribute), false);
        string value = attribute.ConstructorArguments.LastOrDefault().Value as string ?? "";
        TextSpan span = TemplateSpans.Find(argument, value.Length, offset, length, out bool isExact);
        return (Location.Create(argument.SyntaxTree, span), isExact);
    }

    /// <summary>The name of a symbol where it is declared.</summary>
    public static Location OfSymbol(ISymbol symbol) =>
        symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;

    /// <summary>What a method declares to return; its name where that is not in the source.</summary>
    public static Location OfReturnType(IMethodSymbol method, CancellationToken stop) =>
        method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(stop) is MethodDeclarationSyntax declaration
            ? declaration.ReturnType.GetLocation()
            : OfSymbol(method);

    /// <summary>The whole attribute.</summary>
    public static Location OfAttribute(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : Location.None;

    /// <summary>The argument that states the method of <c>[Route]</c>.</summary>
    public static Location OfMethodToken(AttributeData attribute, CancellationToken stop) =>
        FindArgument(attribute, "method", 0, stop) is { } argument ? argument.GetLocation() : OfAttribute(attribute);

    /// <summary>
    /// The value of a named argument such as <c>Name = "x"</c>; the whole attribute where there is none.
    /// </summary>
    public static Location OfNamedArgument(AttributeData attribute, string name, CancellationToken stop) =>
        ArgumentsOf(attribute, stop).FirstOrDefault(argument =>
            argument.NameEquals?.Name.Identifier.ValueText == name) is { } argument
            ? argument.Expression.GetLocation()
            : OfAttribute(attribute);

    /// <summary>The expression that states an attribute's template; null where it has none.</summary>
    public static ExpressionSyntax? TemplateArgumentOf(AttributeData attribute, CancellationToken stop) =>
        FindArgument(
            attribute,
            attribute.AttributeConstructor?.Parameters.LastOrDefault()?.Name ?? "",
            attribute.ConstructorArguments.Length - 1,
            stop);

    /// <summary>An argument of the constructor by name or position; named properties come behind those.</summary>
    private static ExpressionSyntax? FindArgument(
        AttributeData attribute, string name, int position, CancellationToken stop)
    {
        List<AttributeArgumentSyntax> arguments =
            [.. ArgumentsOf(attribute, stop).Where(argument => argument.NameEquals is null)];
        return arguments.Find(argument => argument.NameColon?.Name.Identifier.ValueText == name)?.Expression
            ?? (position >= 0 && position < arguments.Count && arguments[position].NameColon is null
                ? arguments[position].Expression
                : null);
    }

    private static SeparatedSyntaxList<AttributeArgumentSyntax> ArgumentsOf(
        AttributeData attribute, CancellationToken stop) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(stop) is AttributeSyntax { ArgumentList: { } list }
            ? list.Arguments
            : default;
}
