namespace Waymark.Generator.Model;

/// <summary>What becomes of a return value.</summary>
/// <param name="Wrapper">Whether it comes at once or through a task.</param>
/// <param name="IsUnion">True for <c>Results&lt;…&gt;</c>, whose cases are in the order of its type arguments.</param>
/// <param name="IsNullable">True for <c>Nullable&lt;T&gt;</c> of a union; null is 404.</param>
/// <param name="Cases">What can be answered: one, unless it is a union.</param>
/// <param name="MediaTypes">What <c>[Produces]</c> lists, the method's or else the class'; empty for the usual.</param>
internal sealed record ResultModel(
    ResultWrapper Wrapper,
    bool IsUnion,
    bool IsNullable,
    EquatableArray<ResultCase> Cases,
    EquatableArray<string> MediaTypes)
{
    /// <summary>A method that returns nothing, at once.</summary>
    public static ResultModel Nothing { get; } = new(
        ResultWrapper.None,
        IsUnion: false,
        IsNullable: false,
        new[] { new ResultCase(ResultKind.Nothing, 204, "", IsNullable: false) }.ToEquatableArray(),
        EquatableArray<string>.Empty);

    /// <summary>A task that ends with the socket it was given.</summary>
    public static ResultModel Socket { get; } = Nothing with
    {
        Cases = new[] { new ResultCase(ResultKind.WebSocket, 101, "", IsNullable: false) }.ToEquatableArray(),
    };

    /// <summary>The types that are written as JSON; none twice.</summary>
    public IEnumerable<string> JsonTypes =>
        Cases.Select(option => option.JsonType).Where(type => type.Length > 0).Distinct(StringComparer.Ordinal);
}

/// <summary>One answer that a handler can give.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Status">Its status code; 0 where it is decided at run time.</param>
/// <param name="JsonType">
/// The type that is written as JSON, of a sequence that of an item; qualified, without a trailing <c>?</c>; "" for
/// none.
/// </param>
/// <param name="IsNullable">True for <c>Nullable&lt;T&gt;</c>; null is 404.</param>
/// <param name="Answer">The class of a typed result without its arguments: <c>Created</c>; "" for any other.</param>
internal sealed record ResultCase(ResultKind Kind, int Status, string JsonType, bool IsNullable, string Answer = "");

/// <summary>How a value is written.</summary>
internal enum ResultKind
{
    Nothing,
    Text,

    /// <summary>A byte array.</summary>
    Bytes,

    /// <summary>Memory or span of bytes.</summary>
    Memory,
    Json,
    Stream,

    /// <summary>A sequence that comes in time, as an array or line by line.</summary>
    Sequence,

    /// <summary>Server-sent events; of JSON where there is a JSON type, else of text.</summary>
    Events,

    /// <summary>A typed result; with a value in JSON where there is a JSON type.</summary>
    Typed,

    /// <summary>Nothing: the connection has become a WebSocket.</summary>
    WebSocket,
}

/// <summary>How a value is handed over.</summary>
internal enum ResultWrapper
{
    None,
    Task,
    ValueTask,
}
