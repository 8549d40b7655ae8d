using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction.Shapes;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Finds the user's own rule for a whole object.</summary>
internal static class ValidateMethod
{
    /// <summary>
    /// The nearest <c>static IEnumerable&lt;ValidationError&gt; Validate(T)</c>, qualified, so that a derived type can
    /// replace that of its base; "" where there is none.
    /// </summary>
    public static string Of(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("Validate").Any(member => IsRule(member, current)))
                return TypeNames.Qualified(current) + ".Validate";
        }

        return "";
    }

    private static bool IsRule(ISymbol member, ITypeSymbol type) =>
        member is IMethodSymbol { IsStatic: true, IsGenericMethod: false, Parameters: [{ } parameter] } method
        && method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal
            or Accessibility.ProtectedOrInternal
        && parameter.RefKind == RefKind.None && SymbolEqualityComparer.Default.Equals(parameter.Type, type)
        && Collections.Find(method.ReturnType) is { Kind: ShapeKind.Array, Element: INamedTypeSymbol error }
        && error.Name == "ValidationError" && TypeNames.IsIn(error, KnownNames.RouteNamespace);
}
