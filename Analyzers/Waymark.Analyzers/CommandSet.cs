using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers;

/// <summary>The commands of a compilation's classes and what is wrong with them, read class by class when asked
/// for.</summary>
/// <remarks>Safe for use by many threads at once; a class may be read twice, and says the same.</remarks>
/// <param name="constraints">The users' constraints.</param>
internal sealed class CommandSet(Func<ConstraintNames> constraints)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, IReadOnlyList<CommandEntry>> _byClass =
        new(SymbolEqualityComparer.Default);

    /// <summary>The commands of a method; empty for a method without one.</summary>
    public IReadOnlyList<CommandEntry> Of(IMethodSymbol method) =>
        method.ContainingType is { } type && method.GetAttributes().Any(CommandReader.IsCommand)
            ? [.. _byClass.GetOrAdd(type, Read).Where(entry =>
                SymbolEqualityComparer.Default.Equals(entry.Method, method))]
            : [];

    /// <summary>True where a method has commands, and all of them are emitted.</summary>
    public bool AreEmitted(IMethodSymbol method) =>
        Of(method) is [_, ..] entries && entries.All(entry => entry.Problems.Count == 0);

    private IReadOnlyList<CommandEntry> Read(INamedTypeSymbol type)
    {
        List<(IMethodSymbol Method, AttributeData Attribute, CommandModel Command)> read =
        [
            .. type.GetMembers().OfType<IMethodSymbol>()
                .SelectMany(method => CommandReader.ReadAll(method)
                    .Select(pair => (method, pair.Attribute, pair.Command)))
                .OrderBy(entry => entry.Command, Comparer<CommandModel>.Create(CommandChecks.Compare)),
        ];
        List<List<Problem>> problems =
            CommandChecks.FindProblems(read.ConvertAll(entry => entry.Command), constraints());
        return [.. read.Select((entry, index) =>
            new CommandEntry(entry.Method, entry.Attribute, entry.Command, problems[index]))];
    }
}

/// <summary>A command where it is declared.</summary>
internal sealed record CommandEntry(
    IMethodSymbol Method, AttributeData Attribute, CommandModel Command, IReadOnlyList<Problem> Problems)
{
    public CommandTemplate Template => CommandTemplateParser.Parse(Command.Template);
}
