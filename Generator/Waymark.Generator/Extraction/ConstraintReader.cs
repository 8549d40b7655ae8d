using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Extraction;

/// <summary>Reads a method with <c>[Constraint]</c>.</summary>
internal static class ConstraintReader
{
    private const string Id = "WM1027";

    /// <summary>Reads the method; null where the name is not a constant, which the compiler reports.</summary>
    public static UserConstraint? Read(IMethodSymbol method, AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Primitive } argument])
            return null;
        string name = argument.Value as string ?? "";
        string type = method.ContainingType is { } container ? TypeNames.Qualified(container) : "";
        string qualified = type.Replace("global::", "") + "." + method.Name;
        Problem? problem = FindMistake(method, name) is { } mistake ? Problem.AtMethod(Id, mistake) : null;
        return new UserConstraint(name, qualified, problem);
    }

    /// <summary>The problem of a constraint whose name another one has.</summary>
    public static Problem Duplicate(UserConstraint constraint, UserConstraint first) => Problem.AtMethod(
        Id,
        $"'{first.Method}' and '{constraint.Method}' are both the constraint '{constraint.Name}': rename one.");

    private static string? FindMistake(IMethodSymbol method, string name)
    {
        if (name.Length == 0 || char.IsDigit(name[0]) || !name.All(IsNamePart))
            return $"'{name}' is not a name for a constraint: a name is a C# identifier, such as 'sku'.";
        if (ConstraintFactory.BuiltInNames.Contains(name))
            return $"'{name}' is a built-in constraint: choose another name for yours.";
        if (!HasRightShape(method))
        {
            return $"The constraint method '{method.Name}' has to be 'static bool {method.Name}(ReadOnlySpan<byte> " +
                "value)', not generic, in a class or struct that is not generic either.";
        }

        if (HandlerReader.FindHidden(method) is { } hidden)
        {
            return $"The route table cannot call '{method.Name}': '{hidden.Name}' is not accessible from generated " +
                $"code. Make '{hidden.Name}' internal.";
        }

        return null;
    }

    private static bool HasRightShape(IMethodSymbol method) =>
        method is { IsStatic: true, IsGenericMethod: false, MethodKind: MethodKind.Ordinary }
        && method.ReturnType.SpecialType == SpecialType.System_Boolean
        && method.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct } && !IsGeneric(method.ContainingType)
        && method.Parameters is [{ RefKind: RefKind.None, Type: INamedTypeSymbol span }]
        && span is { Name: "ReadOnlySpan", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] }
        && TypeNames.IsIn(span, "System");

    private static bool IsGeneric(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
                return true;
        }

        return false;
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';
}
