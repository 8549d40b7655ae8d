using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Decides what becomes of what a command returns.</summary>
internal static class CommandResultReader
{
    public const string Rule = "WM7006";

    /// <summary>Reads the return type; one that is no answer is added to the problems.</summary>
    public static CommandResult Read(
        IMethodSymbol method, ITypeSymbol sent, ImmutableArray<Problem>.Builder problems)
    {
        if (method.ReturnsVoid)
            return CommandResult.Nothing;
        (ITypeSymbol? type, CommandWait wait) = Unwrap(method.ReturnType);
        if (type is null)
            return new CommandResult(CommandResultKind.Nothing, wait, "");
        bool isByReference = method.ReturnsByRef || method.ReturnsByRefReadonly;
        CommandResultKind? kind = isByReference ? null : KindOf(type, sent);
        if (kind is null || (kind == CommandResultKind.Stream && wait != CommandWait.None))
        {
            string shown = TypeNames.Shown(sent);
            problems.Add(Problem.AtMethod(
                Rule,
                $"'{method.Name}' returns '{TypeNames.Shown(method.ReturnType)}', and the handler sends '{shown}': " +
                $"return {shown}, nothing, an IEnumerable<{shown}>, a task of these, or an " +
                $"IAsyncEnumerable<{shown}>."));
            return CommandResult.Nothing;
        }

        return new CommandResult(kind.Value, wait, TypeNames.Qualified(type));
    }

    private static (ITypeSymbol? Type, CommandWait Wait) Unwrap(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: <= 1 } task
            || !TypeNames.IsIn(task, "System", "Threading", "Tasks"))
            return (type, CommandWait.None);
        CommandWait wait = task.Name == "Task" ? CommandWait.Task : CommandWait.ValueTask;
        return (task.Arity == 0 ? null : task.TypeArguments[0], wait);
    }

    private static CommandResultKind? KindOf(ITypeSymbol type, ITypeSymbol sent)
    {
        if (SymbolEqualityComparer.Default.Equals(type, sent))
            return CommandResultKind.One;
        if (TypeNames.UnwrapNullable(type) is { } value && SymbolEqualityComparer.Default.Equals(value, sent))
            return CommandResultKind.OneOrNone;
        if (Brings(type, "IEnumerable", sent))
            return CommandResultKind.Many;
        return Brings(type, "IAsyncEnumerable", sent) ? CommandResultKind.Stream : null;
    }

    private static bool Brings(ITypeSymbol type, string contract, ITypeSymbol sent) =>
        type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : []).Any(candidate =>
            candidate.Name == contract && candidate.TypeArguments is [{ } item]
            && TypeNames.IsIn(candidate, "System", "Collections", "Generic")
            && SymbolEqualityComparer.Default.Equals(item, sent));
}
