namespace Waymark.Generator.Model;

/// <summary>One <c>[Command]</c> on one method, read into values.</summary>
/// <param name="Class">The class of the method.</param>
/// <param name="Template">The template as it was written.</param>
/// <param name="MethodName">The method's name, without any <c>@</c>.</param>
/// <param name="IsStatic">True where it is called on the class.</param>
/// <param name="Parameters">In the order of the declaration.</param>
/// <param name="Result">What becomes of the return value.</param>
/// <param name="Problems">What keeps the command from being emitted; empty for one that can be.</param>
internal sealed record CommandModel(
    CommandClassModel Class,
    string Template,
    string MethodName,
    bool IsStatic,
    EquatableArray<CommandParameter> Parameters,
    CommandResult Result,
    EquatableArray<Problem> Problems)
{
    /// <summary>For people: <c>Ftp.Store</c>.</summary>
    public string Label => Class.TypeName + "." + MethodName;
}

/// <summary>A class with commands.</summary>
/// <param name="Namespace">Its namespace, or "" for the global one.</param>
/// <param name="TypeName">Its name below the namespace, nested classes joined by dots.</param>
/// <param name="Declarations">As <c>partial class Ftp</c>, the outermost first.</param>
/// <param name="Out">What is sent, qualified.</param>
/// <param name="State">What is kept for a client, qualified; null where nothing is.</param>
/// <param name="IsDirect">True where its base is the library's; else that one may have commands of its own.</param>
/// <param name="TakenNames">Its members whose names begin as those of generated members do, sorted.</param>
internal sealed record CommandClassModel(
    string Namespace,
    string TypeName,
    EquatableArray<string> Declarations,
    string Out,
    string? State,
    bool IsDirect,
    EquatableArray<string> TakenNames)
{
    /// <summary>The class with its namespace.</summary>
    public string QualifiedName => Namespace.Length == 0 ? TypeName : Namespace + "." + TypeName;

    /// <summary>Its own name.</summary>
    public string SimpleName => TypeName.Substring(TypeName.LastIndexOf('.') + 1);
}

/// <summary>One parameter of a command, bound.</summary>
/// <param name="Name">As in the declaration, without any <c>@</c>.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Word">Which word of the line, from 0 on; -1 where the source is none.</param>
/// <param name="Value">How text becomes the value, for <see cref="CommandSource.Value"/> and its like.</param>
/// <param name="TypeName">Its type, qualified, without a trailing <c>?</c>.</param>
/// <param name="Nullability">Whether null is one of its values.</param>
/// <param name="Default">The default value as C# source; null where the declaration has none.</param>
/// <param name="IsOptional">True where the word may be missing.</param>
internal sealed record CommandParameter(
    string Name,
    CommandSource Source,
    int Word,
    ValueModel? Value,
    string TypeName,
    Nullability Nullability,
    string? Default,
    bool IsOptional);

/// <summary>Where the value of a command's parameter comes from.</summary>
internal enum CommandSource
{
    /// <summary>A word, parsed.</summary>
    Value,

    /// <summary>A word as a span of octets.</summary>
    Span,

    /// <summary>A word as memory of octets.</summary>
    Memory,

    /// <summary>A word as an array of octets.</summary>
    Bytes,

    /// <summary>The rest of the line, parsed as one text.</summary>
    RestValue,

    /// <summary>The rest of the line as a span of octets.</summary>
    RestSpan,

    /// <summary>The rest of the line as memory of octets.</summary>
    RestMemory,

    /// <summary>The rest of the line as an array of octets.</summary>
    RestBytes,

    /// <summary>The rest of the line, each word parsed.</summary>
    Values,

    /// <summary>The rest of the line, each word as memory of octets.</summary>
    Memories,

    /// <summary>The rest of the line, each word as an array of octets.</summary>
    ByteArrays,

    /// <summary>Nothing: the default value of the declaration.</summary>
    Default,
    Line,
    Client,
    State,
    CancellationToken,
}

/// <summary>What a command returns.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Wait">What is waited for first.</param>
/// <param name="TypeName">The type without the task around it, qualified; "" for nothing.</param>
internal sealed record CommandResult(CommandResultKind Kind, CommandWait Wait, string TypeName)
{
    public static CommandResult Nothing { get; } = new(CommandResultKind.Nothing, CommandWait.None, "");
}

/// <summary>What becomes of what a command returns.</summary>
internal enum CommandResultKind
{
    /// <summary>It returns nothing.</summary>
    Nothing,

    /// <summary>It is the answer; null is none.</summary>
    One,

    /// <summary>It is the answer where it has a value: a nullable value type.</summary>
    OneOrNone,

    /// <summary>It holds the answers.</summary>
    Many,

    /// <summary>It brings the answers one after another.</summary>
    Stream,
}

/// <summary>What is waited for before the answer is there.</summary>
internal enum CommandWait
{
    None,
    Task,
    ValueTask,
}
