using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Reads one <c>[Command]</c> and the method under it into a <see cref="CommandModel"/>.</summary>
/// <remarks>The rules of <see cref="RouteReader"/> are those of this file.</remarks>
internal static class CommandReader
{
    /// <summary>Reads every command of a method.</summary>
    public static IEnumerable<(AttributeData Attribute, CommandModel Command)> ReadAll(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (IsCommand(attribute) && Read(method, attribute) is { } command)
                yield return (attribute, command);
        }
    }

    /// <summary>Reads one attribute; null where its argument is not a constant, which the compiler reports.</summary>
    public static CommandModel? Read(IMethodSymbol method, AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Primitive } argument])
            return null;
        string text = argument.Value as string ?? "";
        CommandTemplate template = CommandTemplateParser.Parse(text);
        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
        problems.AddRange(template.Problems);
        if (CommandClassReader.FindMistake(method.ContainingType) is { } mistake)
            problems.Add(mistake);
        INamedTypeSymbol? handler = CommandClassReader.HandlerOf(method.ContainingType);
        CheckShape(method, problems);
        EquatableArray<CommandParameter> parameters =
            CommandParameterReader.ReadAll(method, template, handler, problems);
        CommandResult result = handler is null
            ? CommandResult.Nothing
            : CommandResultReader.Read(method, handler.TypeArguments[0], problems);
        return new CommandModel(
            CommandClassReader.Read(method.ContainingType), text, method.Name, method.IsStatic, parameters, result,
            new EquatableArray<Problem>(problems.ToImmutable()));
    }

    public static bool IsCommand(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "CommandAttribute" } type
        && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private static void CheckShape(IMethodSymbol method, ImmutableArray<Problem>.Builder problems)
    {
        string name = method.Name;
        if (method.MethodKind != MethodKind.Ordinary)
        {
            problems.Add(Problem.AtMethod(
                "WM2034",
                $"A command cannot be '{name}': only a method of a class can be called for a line. Make it a method " +
                "of the handler."));
            return;
        }

        if (method.IsAsync && method.ReturnsVoid)
        {
            problems.Add(Problem.AtMethod(
                "WM2033",
                $"The command '{name}' is async void: the next line would be received before it ends, and its " +
                "exceptions would end the process. Return ValueTask."));
        }

        if (method.IsGenericMethod)
        {
            problems.Add(Problem.AtMethod(
                "WM2032", $"The command '{name}' is generic, and a line has no type arguments to give it: write a " +
                "method for each type that is meant."));
        }
    }
}
