namespace Waymark.Generator.Model;

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
