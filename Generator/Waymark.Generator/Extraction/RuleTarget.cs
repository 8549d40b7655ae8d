using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction.Shapes;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>What validation attributes stand on. Holds a symbol: it lives as long as their reading.</summary>
internal sealed class RuleTarget
{
    private RuleTarget(ITypeSymbol declared, string name, string shown, string? parameter, INamedTypeSymbol? container)
    {
        Type = TypeNames.UnwrapNullable(declared) ?? declared;
        IsNullable = MemberReader.IsNullable(declared);
        (Name, Shown, Parameter, Container) = (name, shown, parameter, container);
        TypeName = TypeNames.Qualified(Type);
    }

    /// <summary>The type without <c>Nullable&lt;T&gt;</c>.</summary>
    public ITypeSymbol Type { get; }

    public string TypeName { get; }

    public bool IsNullable { get; }

    /// <summary>Its name for clients: <c>{0}</c> of a message.</summary>
    public string Name { get; }

    /// <summary>Its name for the author of the program.</summary>
    public string Shown { get; }

    /// <summary>The parameter of a handler; null for a member of a type.</summary>
    public string? Parameter { get; }

    /// <summary>The type of a member, which a comparison finds the other member in.</summary>
    public INamedTypeSymbol? Container { get; }

    public bool IsText => Type.SpecialType == SpecialType.System_String;

    /// <summary>True for what has a number of items that is known without reading them all asynchronously.</summary>
    public bool IsCollection => !IsText
        && (Type is IArrayTypeSymbol { Rank: 1 }
            || Type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable)
            || Type.SpecialType == SpecialType.System_Collections_IEnumerable);

    public static RuleTarget OfMember(ITypeSymbol type, string jsonName, ISymbol member) => new(
        type, jsonName, $"{member.ContainingType?.Name}.{member.Name}", null, member.ContainingType);

    /// <param name="type">The declared type.</param>
    /// <param name="key">The name in the request.</param>
    /// <param name="parameter">The parameter of the handler.</param>
    public static RuleTarget OfParameter(ITypeSymbol type, string key, string parameter) =>
        new(type, key, parameter, parameter, null);

    public Problem ProblemOf(string id, string message) => new(id, -1, 0, Parameter, message);
}
