using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.Generator.Extraction;

/// <summary>The value that a property starts with, as generated code repeats it.</summary>
/// <remarks>
/// An object initializer sets a property in any case, so what the property started with is said again where a request
/// has no value. There is no semantic model here: literals and names of enums are all that syntax tells for certain.
/// </remarks>
internal static class InitialValue
{
    /// <summary>The value; null where the request must have one, or where a list is empty.</summary>
    /// <param name="property">The property.</param>
    /// <param name="isKnown">False where it starts with something that cannot be repeated.</param>
    public static string? Of(IPropertySymbol property, out bool isKnown)
    {
        isKnown = true;
        if (property.IsRequired)
            return null;
        // Null is no value of a reference type that is not nullable, whatever "null!" says.
        bool takesNull = property.Type.IsValueType || property.NullableAnnotation != NullableAnnotation.NotAnnotated;
        string? none = takesNull ? "default" : null;
        ExpressionSyntax? initializer = property.DeclaringSyntaxReferences
            .Select(reference => (reference.GetSyntax() as PropertyDeclarationSyntax)?.Initializer?.Value)
            .FirstOrDefault();
        if (initializer.IsKind(SyntaxKind.SuppressNullableWarningExpression))
            initializer = ((PostfixUnaryExpressionSyntax)initializer!).Operand;
        if (initializer is null || initializer.IsKind(SyntaxKind.DefaultLiteralExpression)
            || initializer.IsKind(SyntaxKind.NullLiteralExpression)
            || ValueReader.Read(TypeNames.UnwrapNullable(property.Type) ?? property.Type) is not { } value)
        {
            return none;
        }

        if (value.Collection != Model.CollectionKind.None)
        {
            isKnown = IsEmptyList(initializer);
            return null;
        }

        string? spelled = Spell(property.Type, initializer);
        isKnown = spelled is not null;
        return spelled;
    }

    private static string? Spell(ITypeSymbol type, ExpressionSyntax initializer)
    {
        ITypeSymbol bare = TypeNames.UnwrapNullable(type) ?? type;
        bool isNegative = initializer.IsKind(SyntaxKind.UnaryMinusExpression);
        ExpressionSyntax value = isNegative ? ((PrefixUnaryExpressionSyntax)initializer).Operand : initializer;
        if (value is LiteralExpressionSyntax { Token.Value: { } constant })
            return (isNegative ? "-" : "") + DefaultText.Spell(constant);
        if (value is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name })
            return null;
        if (bare.TypeKind == TypeKind.Enum && bare.GetMembers(name).Length > 0)
            return $"{TypeNames.Qualified(bare)}.@{name}";
        return bare.SpecialType == SpecialType.System_String && name == "Empty" ? "\"\"" : null;
    }

    private static bool IsEmptyList(ExpressionSyntax initializer) => initializer switch
    {
        CollectionExpressionSyntax list => list.Elements.Count == 0,
        BaseObjectCreationExpressionSyntax made =>
            made.Initializer is null && made.ArgumentList is null or { Arguments.Count: 0 },
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } =>
            call.Name.Identifier.ValueText == "Empty",
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText == "Empty",
        _ => false,
    };
}
