using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM3011: reports members of JSON types that System.Text.Json refuses when it meets a value, or does not build for:
/// delegates, types and other metadata, addresses, arrays of several dimensions, streams, exceptions, tasks, tokens.
/// </summary>
/// <remarks>
/// The first four are the list of the serializer's own generator, which emits a converter that throws. The others are
/// objects to it, and fail at one of their own members.
/// </remarks>
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
            if (value is null || FindMistake(TypeNames.UnwrapNullable(value) ?? value) is not { } mistake)
                continue;
            // Whoever says when it is ignored has thought of it.
            if (member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "JsonIgnoreAttribute"))
                continue;
            bool isMet = mistake.Form == Form.Pointer
                ? member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public }
                    && routes.Value.Json.Holds(type)
                : routes.Value.Json.HasMember(type, member.Name, mistake.Form == Form.Object);
            if (!isMet)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                ResponseDescriptors.UnsupportedMember, Place.OfSymbol(member),
                $"'{type.Name}.{member.Name}' is {mistake.Text}. Put [JsonIgnore] on it, or give it a type that JSON " +
                "can hold."));
        }
    }

    /// <summary>How the serializer looks at a member.</summary>
    private enum Form
    {
        Refused,
        Object,
        Pointer,
    }

    private static (Form Form, string Text)? FindMistake(ITypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            return (Form.Pointer, "a pointer, for which System.Text.Json generates code that does not compile");
        const string refused =
            ", which System.Text.Json neither reads nor writes: a request or answer with a value there ends in 500";
        if (KindOf(type) is { } kind)
            return (Form.Refused, kind + refused);
        for (ITypeSymbol? current = type; current is INamedTypeSymbol named; current = current.BaseType)
        {
            switch (named.Name)
            {
                case "Stream" when TypeNames.IsIn(named, "System", "IO"):
                    return (Form.Object, "a stream" + refused);
                case "CancellationToken" when TypeNames.IsIn(named, "System", "Threading"):
                    return (Form.Object, "a CancellationToken" + refused);
                case "Exception" when TypeNames.IsIn(named, "System"):
                    return (
                        Form.Object,
                        "an exception, whose TargetSite System.Text.Json cannot write: an answer with one that was " +
                        "thrown ends in 500");
                case "Task" or "ValueTask" when TypeNames.IsIn(named, "System", "Threading", "Tasks"):
                    return (
                        Form.Object,
                        "a task: System.Text.Json waits for it on the server's thread, writes its state around the " +
                        "result, and reads none. Await it before, and hold the result");
            }
        }

        return null;
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
