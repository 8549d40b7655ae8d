using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>A parameter of a handler, or a member of a type that gathers several values, before it is bound.</summary>
/// <param name="Symbol">The parameter or property.</param>
/// <param name="Type">Its type as it was declared.</param>
/// <param name="Name">Its name.</param>
/// <param name="Default">The value where none is given, as C# source; null where one must be given.</param>
/// <param name="IsMember">True for a member.</param>
/// <param name="Parameter">The parameter of the handler that a problem is reported at.</param>
internal sealed record DeclaredValue(
    ISymbol Symbol, ITypeSymbol Type, string Name, string? Default, bool IsMember, string Parameter)
{
    public static DeclaredValue Of(IParameterSymbol parameter) =>
        new(parameter, parameter.Type, parameter.Name, DefaultText.Of(parameter), false, parameter.Name);

    /// <summary>
    /// What is said of it. The property that a parameter of a constructor fills is the same member, as it is in
    /// <c>record Page([property: Range(1, 9)] int Number)</c>; the parameter's own attributes come first.
    /// </summary>
    public IEnumerable<AttributeData> Attributes => Property is { } property
        ? Symbol.GetAttributes().Concat(property.GetAttributes())
        : Symbol.GetAttributes();

    private IPropertySymbol? Property => IsMember && Symbol is IParameterSymbol
        ? Symbol.ContainingType.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
            !property.IsStatic && string.Equals(property.Name, Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(property.Type, Type))
        : null;

    /// <summary>The type without a <c>?</c>.</summary>
    public ITypeSymbol Bare => TypeNames.UnwrapNullable(Type) ?? Type;

    public Nullability Nullability =>
        TypeNames.UnwrapNullable(Type) is not null ? Nullability.Value
        : Type.NullableAnnotation == NullableAnnotation.Annotated ? Nullability.Reference
        : Nullability.None;

    /// <summary>As a message shows it: <c>Sort order</c>.</summary>
    public string Shown => $"{TypeNames.Shown(Type)} {Name}";
}
