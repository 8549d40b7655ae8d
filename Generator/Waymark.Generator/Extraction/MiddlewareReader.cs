using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Reads the attributes that put middleware around routes.</summary>
/// <remarks>
/// Rules of this file: an attribute that generated code cannot make is never passed over, because it may be the one
/// that keeps strangers out. It is a problem of every route that a class or method puts it around; an assembly's keeps
/// servers from starting.
/// </remarks>
internal static class MiddlewareReader
{
    /// <summary>The diagnostic of an attribute that generated code cannot make.</summary>
    public const string Unmakeable = "WM5001";

    private const string Ending = "Attribute";

    /// <summary>Those of the classes around a method, the outermost first, then those of the method.</summary>
    public static EquatableArray<MiddlewareModel> ReadAround(IMethodSymbol method)
    {
        ImmutableArray<MiddlewareModel>.Builder? read = null;
        Add(method, ref read);
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
            Add(type, ref read);
        return read is null
            ? EquatableArray<MiddlewareModel>.Empty
            : new EquatableArray<MiddlewareModel>(read.ToImmutable());
    }

    /// <summary>Those of one method, type or assembly, the outermost first, with their attributes.</summary>
    public static IEnumerable<(AttributeData Attribute, MiddlewareModel Middleware)> ReadAt(ISymbol owner)
    {
        List<AttributeData> attributes = owner.GetAttributes().Where(IsMiddleware).ToList();
        // The parts of a method come in their own order, whichever file is read first. Those of a class do not.
        IEnumerable<AttributeData> sorted = owner is IMethodSymbol || attributes.Count < 2
            ? attributes
            : attributes.OrderBy(PathOf, StringComparer.Ordinal).ThenBy(OffsetOf);
        int index = 0;
        foreach (AttributeData attribute in sorted)
        {
            if (Read(owner, attribute, index) is { } model)
                yield return (attribute, model);
            index++;
        }
    }

    /// <summary>True for an attribute that stands for a middleware.</summary>
    public static bool IsMiddleware(AttributeData attribute) => attribute.AttributeClass is { } type
        && (IsUse(type) || type.AllInterfaces.Any(IsMiddlewareInterface));

    private static void Add(ISymbol owner, ref ImmutableArray<MiddlewareModel>.Builder? read)
    {
        int count = 0;
        foreach ((_, MiddlewareModel model) in ReadAt(owner))
            (read ??= ImmutableArray.CreateBuilder<MiddlewareModel>()).Insert(count++, model);
    }

    private static bool IsUse(INamedTypeSymbol type) =>
        type is { Name: "UseAttribute", Arity: 1 } && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private static bool IsMiddlewareInterface(INamedTypeSymbol type) =>
        type.Name == "IMiddleware" && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private static string PathOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath.Replace('\\', '/') ?? "";

    private static int OffsetOf(AttributeData attribute) => attribute.ApplicationSyntaxReference?.Span.Start ?? 0;

    /// <summary>Null for what does not compile, which the compiler reports.</summary>
    private static MiddlewareModel? Read(ISymbol owner, AttributeData attribute, int index)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        if (type.TypeKind == TypeKind.Error || attribute.AttributeConstructor is not { } constructor
            || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error))
        {
            return null;
        }

        string shown = $"[{ShownOf(type)}] at {ShownOf(owner)}";
        string key = owner is IAssemblySymbol ? "" : owner.GetDocumentationCommentId() ?? "";
        if (IsUse(type))
        {
            if (type.TypeArguments[0] is not INamedTypeSymbol { TypeKind: not TypeKind.Error } used)
                return null;
            return new MiddlewareModel(
                key, index, shown, TypeNames.Qualified(used), EquatableArray<string>.Empty,
                EquatableArray<MemberValue>.Empty, ProblemOf(shown, HandlerReader.HiddenType(used)?.Name));
        }

        return new MiddlewareModel(
            key,
            index,
            shown,
            TypeNames.Qualified(type),
            attribute.ConstructorArguments.Select(ConstantText.Of).ToEquatableArray(),
            attribute.NamedArguments
                .Select(argument => new MemberValue(argument.Key, ConstantText.Of(argument.Value)))
                .ToEquatableArray(),
            ProblemOf(shown, FindHidden(attribute, constructor)));
    }

    private static Problem? ProblemOf(string shown, string? hidden) => hidden is null ? null : Problem.AtMethod(
        Unmakeable,
        $"{shown} cannot be made by generated code, which its routes need: '{hidden}' is not accessible there. Make " +
        $"'{hidden}' internal.");

    /// <summary>What of an attribute generated code cannot name; null where it can name all.</summary>
    private static string? FindHidden(AttributeData attribute, IMethodSymbol constructor)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        if (HandlerReader.HiddenType(type) is { } hidden)
            return hidden.Name;
        if (!HandlerReader.IsAccessible(constructor))
            return type.Name;
        foreach (TypedConstant argument in attribute.ConstructorArguments)
        {
            if (ConstantText.FindHidden(argument) is { } inside)
                return inside;
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (IsHiddenMember(type, argument.Key))
                return argument.Key;
            if (ConstantText.FindHidden(argument.Value) is { } inside)
                return inside;
        }

        return null;
    }

    private static bool IsHiddenMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers(name))
            {
                return !HandlerReader.IsAccessible(member)
                    || (member is IPropertySymbol { SetMethod: { } setter } && !HandlerReader.IsAccessible(setter));
            }
        }

        return false;
    }

    private static string ShownOf(ISymbol owner) => owner switch
    {
        IMethodSymbol method => ShownOf(method.ContainingType) + "." + method.Name,
        INamedTypeSymbol { ContainingType: { } outer } nested => ShownOf(outer) + "." + nested.Name,
        INamedTypeSymbol type => type.Name,
        _ => "the assembly",
    };

    private static string ShownOf(INamedTypeSymbol attribute)
    {
        string name = attribute.Name.EndsWith(Ending, StringComparison.Ordinal) && attribute.Name != Ending
            ? attribute.Name.Substring(0, attribute.Name.Length - Ending.Length)
            : attribute.Name;
        return attribute.TypeArguments.IsEmpty
            ? name
            : $"{name}<{string.Join(", ", attribute.TypeArguments.Select(TypeNames.Shown))}>";
    }
}
