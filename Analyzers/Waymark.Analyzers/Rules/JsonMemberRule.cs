using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM3011: reports members of JSON types that System.Text.Json refuses when it meets a value: delegates, types and
/// other metadata, <c>nint</c>, arrays of several dimensions.
/// </summary>
/// <remarks>The list is that of the serializer's own generator, which emits a converter that throws.</remarks>
internal static class JsonMemberRule
{
    public static void Check(SymbolAnalysisContext context, Lazy<RouteSet> routes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) || type.IsStatic)
            return;
        foreach (ISymbol member in type.GetMembers())
        {
            ITypeSymbol? value = member switch
            {
                IPropertySymbol { IsStatic: false, IsImplicitlyDeclared: false } property => property.Type,
                IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.Type,
                _ => null,
            };
            // Nearly all members end here, before the set is built.
            if (value is null || KindOf(TypeNames.UnwrapNullable(value) ?? value) is not { } kind)
                continue;
            // Whoever says when it is ignored has thought of it.
            if (member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "JsonIgnoreAttribute"))
                continue;
            if (!routes.Value.Json.HasMember(type, member.Name))
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                ResponseDescriptors.UnsupportedMember, Place.OfSymbol(member),
                $"'{type.Name}.{member.Name}' is {kind}, which System.Text.Json neither reads nor writes: a request " +
                "or answer with a value there ends in 500. Put [JsonIgnore] on it, or give it a type that JSON can " +
                "hold."));
        }
    }

    private static string? KindOf(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Delegate || type.SpecialType is SpecialType.System_Delegate
            or SpecialType.System_MulticastDelegate)
            return "a delegate";
        if (type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr)
            return "an address";
        if (type is IArrayTypeSymbol { Rank: > 1 })
            return "an array of several dimensions";
        for (ITypeSymbol? current = type; current is INamedTypeSymbol named; current = current.BaseType)
        {
            if (named.Name == "MemberInfo" && TypeNames.IsIn(named, "System", "Reflection"))
                return "a piece of metadata";
        }

        return type is INamedTypeSymbol { Name: "SerializationInfo" } info
            && TypeNames.IsIn(info, "System", "Runtime", "Serialization")
                ? "a piece of metadata"
                : null;
    }
}
