namespace Waymark.Generator.Model;

/// <summary>One parameter of a handler, or one member of a type that gathers several, bound.</summary>
/// <param name="Name">As in the declaration, without any <c>@</c>.</param>
/// <param name="Key">Its name in its source: the key in the query, the header field, the cookie.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Value">How text becomes its value; null where it does not come from text.</param>
/// <param name="TypeName">
/// Its type, qualified with <c>global::</c> where it is not a keyword, without a trailing <c>?</c>.
/// </param>
/// <param name="Nullability">Whether null is one of its values.</param>
/// <param name="Default">The default value as C# source, or null where the declaration has none.</param>
/// <param name="Depth">Which capture of the template, from the left; -1 where the source is not the path.</param>
/// <param name="IsOptional">
/// True where the value may be missing: an optional part, a default value, a list or a nullable type.
/// </param>
/// <param name="Body">How the body is handed over, where it is the source.</param>
/// <param name="Members">What a type that gathers several values is made of; empty otherwise.</param>
/// <param name="Rules">Its validation attributes.</param>
internal sealed record ParameterModel(
    string Name,
    string Key,
    ParameterSource Source,
    ValueModel? Value,
    string TypeName,
    Nullability Nullability,
    string? Default,
    int Depth,
    bool IsOptional,
    BodyKind Body,
    EquatableArray<BindMember> Members,
    EquatableArray<RuleModel> Rules)
{
    /// <summary>The type's own rule for what was gathered, qualified; "" where there is none.</summary>
    public string ValidateMethod { get; init; } = "";

    /// <summary>True for a field or file of a form.</summary>
    public bool IsOfForm => Source is ParameterSource.Form or ParameterSource.File;

    /// <summary>The values of a request that this stands for: itself, or those of its members.</summary>
    public IEnumerable<ParameterModel> Leaves =>
        Source == ParameterSource.Members ? Members.SelectMany(member => member.Value.Leaves) : [this];
}

/// <summary>A member of a type that gathers several values.</summary>
/// <param name="Name">The property, or the parameter of the constructor.</param>
/// <param name="IsConstructorParameter">True for a parameter of the constructor.</param>
/// <param name="Value">What it is bound to.</param>
internal sealed record BindMember(string Name, bool IsConstructorParameter, ParameterModel Value);

/// <summary>How text becomes a value.</summary>
/// <param name="Kind">What parses it.</param>
/// <param name="Type">The type of one value, qualified.</param>
/// <param name="Parser">The struct that parses one value; "" where generated code has one of its own.</param>
/// <param name="Names">The names of an enum, in the order of their declaration; empty for other types.</param>
/// <param name="Collection">What several values are put into.</param>
internal sealed record ValueModel(
    ValueKind Kind, string Type, string Parser, EquatableArray<string> Names, CollectionKind Collection);

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterSource
{
    Path,
    Query,
    Header,
    Cookie,
    Form,
    File,
    Body,
    Service,

    /// <summary>Several values, gathered in a type of the user's.</summary>
    Members,
    Exchange,
    Request,
    Response,
    CancellationToken,
    RemoteEndPoint,
    ServiceProvider,
    WebSocket,
}

/// <summary>Whether null is a value, and how it is spelled.</summary>
internal enum Nullability
{
    None,

    /// <summary><c>string?</c></summary>
    Reference,

    /// <summary><c>int?</c></summary>
    Value,
}

/// <summary>What parses a text.</summary>
internal enum ValueKind
{
    /// <summary>A struct of the runtime.</summary>
    Runtime,

    /// <summary>A generated switch over the names.</summary>
    Enum,

    /// <summary><c>TryParse(string, out T)</c> of the type.</summary>
    TryParseText,

    /// <summary><c>TryParse(string, IFormatProvider, out T)</c> of the type.</summary>
    TryParseTextInvariant,

    /// <summary><c>TryParse(ReadOnlySpan&lt;byte&gt;, out T)</c> of the type.</summary>
    TryParseUtf8,

    /// <summary>Nothing: the octets themselves.</summary>
    Utf8Span,

    /// <summary>Nothing: the characters themselves.</summary>
    CharacterSpan,
}

/// <summary>What several values of one name are put into.</summary>
internal enum CollectionKind
{
    /// <summary>There is one value.</summary>
    None,

    /// <summary>An array, or an interface that arrays have.</summary>
    Array,
    List,
    HashSet,
    ImmutableArray,
}

/// <summary>How a body is handed over.</summary>
internal enum BodyKind
{
    None,
    Json,
    Text,
    Bytes,
    Memory,
    Sequence,
    Stream,
    PipeReader,
    Multipart,

    /// <summary>A file of a form.</summary>
    File,

    /// <summary>All files of a name in a form.</summary>
    Files,
}
