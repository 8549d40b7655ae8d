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

    public static readonly ImmutableDictionary<string, string?> Nothing = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The argument that states an attribute's template; the whole attribute where there is none.</summary>
    public static Location OfTemplate(AttributeData attribute, CancellationToken stop) =>
        ArgumentOf(attribute, stop) is { } argument ? argument.GetLocation() : OfAttribute(attribute);

    /// <summary>The place of a part of an attribute's template.</summary>
    public static (Location Location, bool IsExact) OfTemplatePart(
        AttributeData attribute, int offset, int length, CancellationToken stop)
    {
        if (ArgumentOf(attribute, stop) is not { } argument)
            return (OfAttribute(attribute), false);
        string value = attribute.ConstructorArguments.LastOrDefault().Value as string ?? "";
        TextSpan span = TemplateSpans.Find(argument, value.Length, offset, length, out bool isExact);
        return (Location.Create(argument.SyntaxTree, span), isExact);
    }

    /// <summary>The name of a symbol where it is declared.</summary>
    public static Location OfSymbol(ISymbol symbol) =>
        symbol.Locations.Length > 0 ? symbol.Locations[0] : Location.None;

    /// <summary>The whole attribute.</summary>
    public static Location OfAttribute(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference is { } reference
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : Location.None;

    /// <summary>The argument that states the method of <c>[Route]</c>.</summary>
    public static Location OfMethodToken(AttributeData attribute, CancellationToken stop) =>
        FindArgument(attribute, "method", 0, stop) is { } argument ? argument.GetLocation() : OfAttribute(attribute);

    private static ExpressionSyntax? ArgumentOf(AttributeData attribute, CancellationToken stop) =>
        FindArgument(
            attribute,
            attribute.AttributeConstructor?.Parameters.LastOrDefault()?.Name ?? "",
            attribute.ConstructorArguments.Length - 1,
            stop);

    /// <summary>An argument of the constructor by name or position; named properties come behind those.</summary>
    private static ExpressionSyntax? FindArgument(
        AttributeData attribute, string name, int position, CancellationToken stop)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(stop) is not AttributeSyntax { ArgumentList: { } list })
            return null;
        List<AttributeArgumentSyntax> arguments =
            list.Arguments.Where(argument => argument.NameEquals is null).ToList();
        return arguments.Find(argument => argument.NameColon?.Name.Identifier.ValueText == name)?.Expression
            ?? (position >= 0 && position < arguments.Count && arguments[position].NameColon is null
                ? arguments[position].Expression
                : null);
    }
}
