using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>
/// Takes a type apart that gathers several values: its constructor, then the properties that can be set.
/// </summary>
internal static class MembersReader
{
    private const int DepthMax = 8;

    /// <summary>Reads a type; null where it cannot be made, which is then reported.</summary>
    /// <param name="reader">Binds the members.</param>
    /// <param name="declared">The parameter or member of that type.</param>
    /// <param name="inherited">The source that its members are told; null where each is inferred.</param>
    public static ParameterModel? Read(ParameterReader reader, DeclaredValue declared, ParameterSource? inherited) =>
        new Walk(reader, inherited).Read(declared, 0);

    private sealed class Walk(ParameterReader reader, ParameterSource? inherited)
    {
        public ParameterModel? Read(DeclaredValue declared, int depth)
        {
            if (FindMistake(declared, depth) is { } mistake)
            {
                reader.Report(Problem.AtParameter("WM2019", declared.Parameter, mistake));
                return null;
            }

            var type = (INamedTypeSymbol)declared.Bare;
            IMethodSymbol constructor = ConstructorOf(type)!;
            var members = new List<BindMember>();
            bool isWhole = true;
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                var value = new DeclaredValue(
                    parameter, parameter.Type, parameter.Name, DefaultText.Of(parameter), true, declared.Parameter);
                isWhole &= Add(members, value, isConstructorParameter: true, depth);
            }

            foreach (IPropertySymbol property in PropertiesOf(type, constructor))
            {
                if (DefaultOf(property, declared, out string? fallback))
                {
                    var value = new DeclaredValue(
                        property, property.Type, property.Name, fallback, true, declared.Parameter);
                    isWhole &= Add(members, value, isConstructorParameter: false, depth);
                }
                else
                {
                    isWhole = false;
                }
            }

            return isWhole ? Gathered(declared, members) : null;
        }

        private bool Add(List<BindMember> members, DeclaredValue value, bool isConstructorParameter, int depth)
        {
            ParameterSource? stated = SourceReader.Explicit(value.Attributes)?.Source;
            bool isNested = stated == ParameterSource.Members
                || (stated is null && SourceReader.Gathers(value.Bare));
            ParameterModel? model = isNested ? Read(value, depth + 1) : reader.Read(value, inherited);
            if (model is null)
                return false;
            members.Add(new BindMember(value.Name, isConstructorParameter, model));
            return true;
        }

        /// <summary>
        /// The value of a property for which nothing came, null where something must; false where it is not known.
        /// </summary>
        private bool DefaultOf(IPropertySymbol property, DeclaredValue declared, out string? fallback)
        {
            fallback = InitialValue.Of(property, out bool isKnown);
            if (isKnown)
                return true;
            reader.Report(Problem.AtParameter(
                "WM2019", declared.Parameter,
                $"The initial value of '{TypeNames.Shown(property.ContainingType)}.{property.Name}' would be " +
                "overwritten where a request does not have the value, and generated code can repeat literals only: " +
                "use a literal, make the property nullable, or use a parameter of the constructor with a default."));
            return false;
        }
    }

    private static string? FindMistake(DeclaredValue declared, int depth)
    {
        string shown = TypeNames.Shown(declared.Bare);
        if (depth >= DepthMax)
        {
            return $"'{shown}' gathers values that gather values, more than {DepthMax} deep or without end: put the " +
                "values into fewer types.";
        }

        if (declared.Bare is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            return $"'{shown}' cannot gather values: only a class or a struct can. Use a record.";
        if (type.IsAbstract || type.IsStatic)
            return $"'{shown}' is abstract or static, so no value of it can be made: use a record.";
        if (type.TypeArguments.Any(argument => argument.TypeKind == TypeKind.TypeParameter))
            return $"'{shown}' has open type arguments, and a request has none to give: name them.";
        return ConstructorOf(type) is null
            ? $"'{shown}' has no constructor, or several, that generated code can call: leave one that is public or " +
                "internal, without ref or out."
            : null;
    }

    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type)
    {
        List<IMethodSymbol> usable = type.InstanceConstructors
            .Where(constructor => constructor.DeclaredAccessibility
                is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
            .Where(constructor => !IsCopy(constructor, type))
            .Where(constructor => constructor.Parameters.All(parameter =>
                parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter))
            .ToList();
        // A struct always has an implicit one; the declared one is meant.
        List<IMethodSymbol> declared = usable.FindAll(constructor => !constructor.IsImplicitlyDeclared);
        if (declared.Count == 1)
            return declared[0];
        return declared.Count == 0 && usable.Count == 1 ? usable[0] : null;
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters is [{ Type: { } only }]
        && SymbolEqualityComparer.Default.Equals(only, type);

    /// <summary>The properties that can be set and that the constructor does not set already; those of base types
    /// first.</summary>
    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        var names = new HashSet<string>(
            constructor.Parameters.Select(parameter => parameter.Name), StringComparer.OrdinalIgnoreCase);
        var bases = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
            bases.Push(current);
        IEnumerable<ISymbol> members = bases.SelectMany(current => current.GetMembers());
        foreach (IPropertySymbol property in members.OfType<IPropertySymbol>())
        {
            if (property is { IsStatic: false, IsIndexer: false, SetMethod: { } set }
                && IsReachable(property.DeclaredAccessibility) && IsReachable(set.DeclaredAccessibility)
                && names.Add(property.Name))
            {
                yield return property;
            }
        }
    }

    private static bool IsReachable(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static ParameterModel Gathered(DeclaredValue declared, List<BindMember> members) => new(
        declared.Name,
        declared.Name,
        ParameterSource.Members,
        Value: null,
        TypeNames.Qualified(declared.Bare),
        declared.Nullability,
        Default: null,
        Depth: -1,
        IsOptional: false,
        BodyKind.None,
        members.ToEquatableArray(),
        EquatableArray<RuleModel>.Empty)
    {
        ValidateMethod = ValidateMethod.Of(declared.Bare),
    };
}
