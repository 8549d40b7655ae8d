using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Reads a class with commands: what it sends and keeps, and whether generated code can be a part of
/// it.</summary>
internal static class CommandClassReader
{
    public const string Rule = "WM7001";

    private const string HandlerName = "CommandHandler";

    /// <summary>The library's handler that a class derives from, with its type arguments; null for none.</summary>
    public static INamedTypeSymbol? HandlerOf(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (IsHandler(current))
                return current;
        }

        return null;
    }

    /// <summary>Reads the class.</summary>
    public static CommandClassModel Read(INamedTypeSymbol type)
    {
        INamedTypeSymbol? handler = HandlerOf(type);
        string prefix = type.Name + "_";
        return new CommandClassModel(
            type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : "",
            NameOf(type),
            Around(type).Select(DeclarationOf).ToEquatableArray(),
            handler is null ? "" : TypeNames.Qualified(handler.TypeArguments[0]),
            handler is { Arity: 2 } ? TypeNames.Qualified(handler.TypeArguments[1]) : null,
            type.BaseType is { } parent && IsHandler(parent),
            type.GetMembers()
                .Select(member => member.Name)
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .OrderBy(name => name, StringComparer.Ordinal)
                .ToEquatableArray());
    }

    /// <summary>Why generated code cannot be a part of the class; null where it can.</summary>
    public static Problem? FindMistake(INamedTypeSymbol type)
    {
        if (HandlerOf(type) is null)
        {
            return Problem.AtMethod(
                Rule,
                $"'{type.Name}' has commands, and nobody receives lines for it: derive it from CommandHandler<TOut> " +
                "or CommandHandler<TOut, TState>.");
        }

        if (Around(type).FirstOrDefault(part => part.IsGenericType) is { } generic)
        {
            return Problem.AtMethod(
                Rule,
                $"'{generic.Name}' is generic, and commands are found by code that is a part of one class: derive a " +
                "class that is not generic, and put the commands there.");
        }

        if (type.IsFileLocal)
        {
            return Problem.AtMethod(
                Rule, $"'{type.Name}' is local to its file, and its commands are found by code in another: make it " +
                "internal.");
        }

        return Around(type).FirstOrDefault(part => !IsPartial(part)) is { } whole
            ? Problem.AtMethod(
                Rule, $"'{whole.Name}' is not partial, and generated code that finds its commands is a part of it: " +
                $"write 'partial class {whole.Name}'.")
            : null;
    }

    /// <summary>The outermost class around a type first, the type last.</summary>
    public static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        var types = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
            types.Insert(0, current);
        return types;
    }

    /// <summary>True where one of its declarations says <c>partial</c>; the compiler asks it of the others.</summary>
    public static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration
        && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static bool IsHandler(INamedTypeSymbol type) => type is { Name: HandlerName, Arity: 1 or 2 }
        && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private static string NameOf(INamedTypeSymbol type) =>
        string.Join(".", Around(type).Select(part => part.Name));

    private static string DeclarationOf(INamedTypeSymbol type)
    {
        string kind = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Interface, _) => "interface",
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (_, true) => "record",
            _ => "class",
        };
        return $"partial {kind} {type.Name}";
    }
}
