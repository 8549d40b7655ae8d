using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Decides where each parameter of a command gets its value.</summary>
/// <remarks>
/// One with the name of a capture: from there. Otherwise by its type: the token, the line, the client, the state. One
/// with a default value that is neither keeps that: so one method answers <c>LIST</c> and <c>LIST :path</c>.
/// </remarks>
internal sealed class CommandParameterReader
{
    public const string Unbound = "WM7003";
    public const string Unreadable = "WM7004";

    private const string Readable =
        "string, a number, bool, Guid, date, enum, a type with TryParse or IParsable, ReadOnlySpan<byte>, " +
        "ReadOnlyMemory<byte> or byte[]";

    private readonly IMethodSymbol _method;
    private readonly CommandTemplate _template;
    private readonly INamedTypeSymbol? _handler;
    private readonly ImmutableArray<Problem>.Builder _problems;

    private CommandParameterReader(
        IMethodSymbol method,
        CommandTemplate template,
        INamedTypeSymbol? handler,
        ImmutableArray<Problem>.Builder problems) =>
        (_method, _template, _handler, _problems) = (method, template, handler, problems);

    /// <summary>Reads all parameters; what cannot be bound is added to the problems.</summary>
    public static EquatableArray<CommandParameter> ReadAll(
        IMethodSymbol method,
        CommandTemplate template,
        INamedTypeSymbol? handler,
        ImmutableArray<Problem>.Builder problems)
    {
        var reader = new CommandParameterReader(method, template, handler, problems);
        var parameters = new List<CommandParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (reader.Read(parameter) is { } model)
                parameters.Add(model);
        }

        reader.CheckCaptures();
        return parameters.ToEquatableArray();
    }

    private CommandParameter? Read(IParameterSymbol parameter)
    {
        if (parameter.RefKind != RefKind.None)
        {
            _problems.Add(Problem.AtParameter(
                "WM2011", parameter.Name,
                $"The parameter '{parameter.Name}' is passed by reference, and a word of a line is a value: take it " +
                "by value."));
            return null;
        }

        for (int word = 0; word < _template.Path.Segments.Count; word++)
        {
            Part part = _template.Path.Segments[word].Parts[0];
            if (part.Kind != PartKind.Literal && part.Text == parameter.Name)
                return ReadWord(parameter, word, part);
        }

        CommandSource? source = SourceOf(parameter.Type);
        if (source is null && parameter.HasExplicitDefaultValue)
            source = CommandSource.Default;
        if (source is null)
        {
            _problems.Add(Problem.AtParameter(
                Unbound, parameter.Name,
                $"Nothing of \"{_template.Text}\" is '{parameter.Name}': put ':{parameter.Name}' into the template, " +
                "or give the parameter a default value."));
            return null;
        }

        return ModelOf(parameter, source.Value, -1, null, isOptional: false);
    }

    private CommandSource? SourceOf(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol named)
        {
            if (named.Name == "CancellationToken" && TypeNames.IsIn(named, "System", "Threading"))
                return CommandSource.CancellationToken;
            if (named.Name == "CommandLine" && TypeNames.IsIn(named, KnownNames.RouteNamespace))
                return CommandSource.Line;
            if (IsClient(named))
                return CommandSource.Client;
        }

        return _handler is { Arity: 2 } && SymbolEqualityComparer.Default.Equals(type, _handler.TypeArguments[1])
            ? CommandSource.State
            : null;
    }

    private bool IsClient(INamedTypeSymbol type)
    {
        if (_handler is null || type.Name != "StreamClient" || !TypeNames.IsIn(type, KnownNames.RouteNamespace)
            || type.Arity > _handler.Arity + 1 || type.TypeArguments[0].Name != "CommandLine")
            return false;
        for (int index = 1; index < type.Arity; index++)
        {
            if (!SymbolEqualityComparer.Default.Equals(type.TypeArguments[index], _handler.TypeArguments[index - 1]))
                return false;
        }

        return true;
    }

    private CommandParameter? ReadWord(IParameterSymbol parameter, int word, Part part)
    {
        bool isRest = part.Kind == PartKind.CatchAll;
        ITypeSymbol bare = TypeNames.UnwrapNullable(parameter.Type) ?? parameter.Type;
        (CommandSource Source, ValueModel? Value)? read = isRest ? ReadRest(bare) : ReadOne(bare);
        if (read is { } found)
            return ModelOf(parameter, found.Source, word, found.Value, part.IsOptional);
        string shown = TypeNames.Shown(parameter.Type);
        _problems.Add(Problem.AtParameter(
            Unreadable, parameter.Name,
            isRest
                ? $"The rest of a line cannot be read as '{shown}' of '{parameter.Name}': use {Readable}, or an " +
                    "array of these."
                : $"A word cannot be read as '{shown}' of '{parameter.Name}': use {Readable}."));
        return null;
    }

    private static (CommandSource Source, ValueModel? Value)? ReadOne(ITypeSymbol type)
    {
        if (IsBytes(type))
            return (CommandSource.Bytes, null);
        if (IsMemory(type))
            return (CommandSource.Memory, null);
        return ValueReader.Read(type) switch
        {
            { Kind: ValueKind.Utf8Span } => (CommandSource.Span, null),
            { Kind: not ValueKind.CharacterSpan, Collection: CollectionKind.None } value when !IsFileLocal(type) =>
                (CommandSource.Value, OfWord(value)),
            _ => null,
        };
    }

    private static (CommandSource Source, ValueModel? Value)? ReadRest(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            if (IsBytes(array.ElementType))
                return (CommandSource.ByteArrays, null);
            if (IsMemory(array.ElementType))
                return (CommandSource.Memories, null);
        }

        if (ReadOne(type) is not { } one)
        {
            return ValueReader.Read(type) is { Collection: CollectionKind.Array } values && !IsFileLocal(type)
                ? (CommandSource.Values, OfWord(values))
                : null;
        }

        return one.Source switch
        {
            CommandSource.Bytes => (CommandSource.RestBytes, null),
            CommandSource.Memory => (CommandSource.RestMemory, null),
            CommandSource.Span => (CommandSource.RestSpan, null),
            _ => (CommandSource.RestValue, one.Value),
        };
    }

    /// <summary>A string of a word is strict: what is not UTF-8 is refused.</summary>
    private static ValueModel OfWord(ValueModel value) =>
        value.Parser == "Wm::TextParser" ? value with { Parser = "Wm::WordParser" } : value;

    private static CommandParameter ModelOf(
        IParameterSymbol parameter, CommandSource source, int word, ValueModel? value, bool isOptional)
    {
        bool isNullableValue = TypeNames.UnwrapNullable(parameter.Type) is not null;
        return new CommandParameter(
            parameter.Name,
            source,
            word,
            value,
            TypeNames.Qualified(TypeNames.UnwrapNullable(parameter.Type) ?? parameter.Type),
            isNullableValue ? Nullability.Value
                : parameter.Type.NullableAnnotation == NullableAnnotation.Annotated ? Nullability.Reference
                : Nullability.None,
            DefaultText.Of(parameter),
            isOptional);
    }

    private void CheckCaptures()
    {
        foreach (Part capture in _template.Path.Captures)
        {
            // A name that starts with an underscore says that the value is not wanted; one without a name is WM1003.
            if (capture.Text.Length == 0 || capture.Text[0] == '_'
                || _method.Parameters.Any(parameter => parameter.Name == capture.Text))
                continue;
            string sigil = capture.Kind == PartKind.CatchAll ? "*" : ":";
            _problems.Add(Problem.InTemplate(
                Unbound, capture.Start, capture.Length,
                $"No parameter of '{_method.Name}' takes '{sigil}{capture.Text}' of \"{_template.Text}\": add one, " +
                $"or write '{sigil}_{capture.Text}' to ignore the value."));
        }
    }

    private static bool IsBytes(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte };

    private static bool IsMemory(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "ReadOnlyMemory", TypeArguments: [{ SpecialType: SpecialType.System_Byte }] }
            named && TypeNames.IsIn(named, "System");

    private static bool IsFileLocal(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsFileLocal(array.ElementType),
        INamedTypeSymbol named => named.IsFileLocal || named.TypeArguments.Any(IsFileLocal),
        _ => false,
    };
}
