using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Reads a handler method: whether generated code can call it, its parameters and its result.</summary>
internal static class HandlerReader
{
    /// <summary>Reads the method; what keeps it from being called is added to the problems.</summary>
    public static HandlerModel Read(
        IMethodSymbol method, string verb, Template template, ImmutableArray<Problem>.Builder problems)
    {
        CheckShape(method, problems);
        EquatableArray<ParameterModel> parameters = ParameterReader.ReadAll(method, verb, template, problems);
        ResultModel result = ResultReader.Read(method);
        CheckMediaTypes(method, problems);
        return new HandlerModel(
            NamespaceOf(method.ContainingType), TypeNameOf(method.ContainingType), method.Name, parameters, result);
    }

    private static void CheckShape(IMethodSymbol method, ImmutableArray<Problem>.Builder problems)
    {
        string name = method.Name;
        if (method.MethodKind != MethodKind.Ordinary || method.ContainingType.TypeKind == TypeKind.Interface)
        {
            problems.Add(Problem.AtMethod(
                "WM2034",
                $"A route cannot point at '{name}': only a static method of a class or struct can be called from the " +
                "route table. Move it into a static class."));
            return;
        }

        if (!method.IsStatic)
        {
            problems.Add(Problem.AtMethod(
                "WM2030",
                $"The handler '{name}' is not static, and there is no instance to call it on: make it static."));
        }

        if (method.IsAsync && method.ReturnsVoid)
        {
            problems.Add(Problem.AtMethod(
                "WM2033",
                $"The handler '{name}' is async void: the answer would be sent before it ends, and its exceptions " +
                "would end the process. Return ValueTask."));
        }

        if (method.IsGenericMethod || IsGeneric(method.ContainingType))
        {
            problems.Add(Problem.AtMethod(
                "WM2032", $"The handler '{name}' is generic, and a route has no type arguments to give it: write a " +
                "handler for each type that is meant."));
        }

        CheckAccess(method, problems);
    }

    private static void CheckMediaTypes(IMethodSymbol method, ImmutableArray<Problem>.Builder problems)
    {
        if (MediaTypeReader.FindAttribute(method) is not { } attribute)
            return;
        foreach (string mediaType in MediaTypeReader.TypesOf(attribute))
        {
            if (MediaTypeReader.FindMistake(mediaType) is { } mistake)
                problems.Add(Problem.AtMethod(MediaTypeReader.Mistaken, mistake));
        }
    }

    /// <summary>The method or type that keeps generated code from calling a method; null where it can.</summary>
    public static ISymbol? FindHidden(IMethodSymbol method)
    {
        ISymbol? hidden = IsAccessible(method) ? null : method;
        INamedTypeSymbol? type = method.ContainingType;
        for (; type is not null && hidden is null; type = type.ContainingType)
        {
            if (!IsAccessible(type) || type.IsFileLocal)
                hidden = type;
        }

        return hidden;
    }

    private static void CheckAccess(IMethodSymbol method, ImmutableArray<Problem>.Builder problems)
    {
        ISymbol? hidden = FindHidden(method) ?? HiddenType(method.ReturnType);
        foreach (IParameterSymbol parameter in method.Parameters)
            hidden ??= HiddenType(parameter.Type);
        if (hidden is null)
            return;

        problems.Add(Problem.AtMethod(
            "WM2031",
            $"The route table cannot call '{method.Name}': '{hidden.Name}' is not accessible from generated code. " +
            $"Make '{hidden.Name}' internal."));
    }

    /// <summary>The first type in a signature that generated code cannot name.</summary>
    public static INamedTypeSymbol? HiddenType(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return HiddenType(array.ElementType);
        if (type is not INamedTypeSymbol named)
            return null;
        for (INamedTypeSymbol? outer = named; outer is not null; outer = outer.ContainingType)
        {
            if (!IsAccessible(outer) || outer.IsFileLocal)
                return outer;
        }

        foreach (ITypeSymbol argument in named.TypeArguments)
        {
            if (HiddenType(argument) is { } hidden)
                return hidden;
        }

        return null;
    }

    /// <summary>True for what other classes of the assembly can name.</summary>
    public static bool IsAccessible(ISymbol symbol) => symbol.DeclaredAccessibility
        is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        or Accessibility.NotApplicable;

    private static bool IsGeneric(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
                return true;
        }

        return false;
    }

    private static string NamespaceOf(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "";

    private static string TypeNameOf(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? TypeNameOf(outer) + "." + type.Name : type.Name;
}
