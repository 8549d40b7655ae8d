namespace Waymark.Generator.Model;

/// <summary>One route attribute on one method, read into values.</summary>
/// <param name="Verb">A method token, or <c>*</c> for every method.</param>
/// <param name="Template">The whole template, group prefixes included.</param>
/// <param name="Name">Its name for links; null where it has none.</param>
/// <param name="Rank">What decides between routes of which neither is more specific.</param>
/// <param name="Handler">The method, with its parameters bound against this template.</param>
/// <param name="Problems">What keeps the route from being emitted; empty for a route that can be.</param>
internal sealed record RouteModel(
    string Verb, string Template, string? Name, int Rank, HandlerModel Handler, EquatableArray<Problem> Problems);

/// <summary>A handler method as one template binds it.</summary>
/// <param name="Namespace">The namespace of its class, or "" for the global one.</param>
/// <param name="TypeName">Its class below the namespace, nested classes joined by dots: <c>Api.Users</c>.</param>
/// <param name="MethodName">The method's name, without any <c>@</c>.</param>
/// <param name="Parameters">In the order of the declaration.</param>
/// <param name="Result">What becomes of the return value.</param>
internal sealed record HandlerModel(
    string Namespace,
    string TypeName,
    string MethodName,
    EquatableArray<ParameterModel> Parameters,
    ResultModel Result)
{
    /// <summary>
    /// The class with its namespace: <c>Shop.Api.Users</c>; the file of its thunks is named after it.
    /// </summary>
    public string QualifiedTypeName => Namespace.Length == 0 ? TypeName : Namespace + "." + TypeName;
}

/// <summary>One parameter of a handler, bound.</summary>
/// <param name="Name">As in the declaration, without any <c>@</c>.</param>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Type">How text becomes its value; <see cref="ValueKind.None"/> for a body or a context type.</param>
/// <param name="TypeName">
/// Its type, qualified with <c>global::</c> where it is not a keyword, without a trailing <c>?</c>.
/// </param>
/// <param name="IsNullable">True for <c>int?</c> and <c>string?</c>.</param>
/// <param name="Default">The default value as C# source, or null where the declaration has none.</param>
/// <param name="Depth">Which capture of the template, from the left; -1 where the source is not the path.</param>
/// <param name="IsOptional">
/// True where the value may be missing: an optional part, a default value or a nullable type.
/// </param>
internal sealed record ParameterModel(
    string Name,
    ParameterSource Source,
    ValueKind Type,
    string TypeName,
    bool IsNullable,
    string? Default,
    int Depth,
    bool IsOptional);

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterSource
{
    Path,
    Query,
    Body,
    Exchange,
    Request,
    Response,
    CancellationToken,
}

/// <summary>The types that path captures and query values are parsed into.</summary>
internal enum ValueKind
{
    None,
    Int32,
    Int64,
    Guid,
    String,
}

/// <summary>What becomes of a return value.</summary>
/// <param name="Kind">Nothing, text, bytes or JSON.</param>
/// <param name="Wrapper">Whether it comes at once or through a task.</param>
/// <param name="JsonType">
/// The type to serialise, qualified, without a trailing <c>?</c>; "" unless the kind is JSON.
/// </param>
/// <param name="IsNullableStruct">True for <c>T?</c> of a value type.</param>
internal sealed record ResultModel(ResultKind Kind, ResultWrapper Wrapper, string JsonType, bool IsNullableStruct);

/// <summary>How a value is written.</summary>
internal enum ResultKind
{
    Nothing,
    Text,
    Bytes,
    Json,
}

/// <summary>How a value is handed over.</summary>
internal enum ResultWrapper
{
    None,
    Task,
    ValueTask,
}

/// <summary>A <c>JsonSerializerContext</c> of the user's and the types its attributes list.</summary>
/// <param name="TypeName">The context, qualified with <c>global::</c>.</param>
/// <param name="SerializableTypes">
/// The listed types, qualified as <see cref="ResultModel.JsonType"/> is; sorted.
/// </param>
internal sealed record JsonContextModel(string TypeName, EquatableArray<string> SerializableTypes);
