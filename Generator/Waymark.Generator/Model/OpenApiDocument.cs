namespace Waymark.Generator.Model;

/// <summary>An OpenAPI document, independent of the version that it is written in.</summary>
/// <param name="Settings">What stands at its top.</param>
/// <param name="Tags">The handler classes, sorted.</param>
/// <param name="Paths">Sorted by path.</param>
/// <param name="Schemas">The named schemas, sorted.</param>
/// <param name="HasProblems">True where an answer is a problem document.</param>
/// <param name="Namespace">Where the generated class lives; "" for the global namespace.</param>
internal sealed record OpenApiDocument(
    OpenApiSettings Settings,
    EquatableArray<NamedText> Tags,
    EquatableArray<PathModel> Paths,
    EquatableArray<NamedSchema> Schemas,
    bool HasProblems,
    string Namespace);

/// <summary>One path and what is answered there.</summary>
/// <param name="Path">As OpenAPI writes it: <c>/users/{id}</c>.</param>
/// <param name="Operations">In the order of OpenAPI's own list of methods; those with methods of the user's
/// last.</param>
internal sealed record PathModel(string Path, EquatableArray<OperationModel> Operations);

/// <summary>One operation.</summary>
/// <param name="Method">The method token: <c>GET</c>.</param>
/// <param name="Id">Unique in the document.</param>
/// <param name="Tag">The handler class.</param>
/// <param name="Summary">Never "".</param>
/// <param name="Description">In CommonMark; "" for none.</param>
/// <param name="IsDeprecated">True for an obsolete handler.</param>
/// <param name="Parameters">Of path, query, header and cookie.</param>
/// <param name="Body">What is sent; null for nothing.</param>
/// <param name="Responses">Sorted by status, each once.</param>
/// <param name="Security">Alternatives; empty for nothing said.</param>
internal sealed record OperationModel(
    string Method,
    string Id,
    string Tag,
    string Summary,
    string Description,
    bool IsDeprecated,
    EquatableArray<ParameterDocument> Parameters,
    BodyDocument? Body,
    EquatableArray<ResponseDocument> Responses,
    EquatableArray<SecurityNeed> Security)
{
    private static readonly string[] Known =
        ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

    /// <summary>Where the method stands in OpenAPI's list; at its end for one that OpenAPI has no word for.</summary>
    public static int OrderOf(string method)
    {
        int order = Array.IndexOf(Known, method);
        return order < 0 ? Known.Length : order;
    }

    /// <summary>True for a method that OpenAPI has a word for.</summary>
    public bool IsKnown => OrderOf(Method) < Known.Length;
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name in the request.</param>
/// <param name="In"><c>path</c>, <c>query</c>, <c>header</c> or <c>cookie</c>.</param>
/// <param name="IsRequired">True where the value may not be missing.</param>
/// <param name="Description">In CommonMark; "" for none.</param>
/// <param name="Schema">What it holds.</param>
internal sealed record ParameterDocument(
    string Name, string In, bool IsRequired, string Description, SchemaModel Schema);

/// <summary>What is sent with a request.</summary>
/// <param name="IsRequired">True where it may not be missing.</param>
/// <param name="Description">In CommonMark; "" for none.</param>
/// <param name="Contents">At least one.</param>
internal sealed record BodyDocument(bool IsRequired, string Description, EquatableArray<ContentDocument> Contents);

/// <summary>A media type and what is sent in it.</summary>
/// <param name="MediaType">Such as <c>application/json</c>.</param>
/// <param name="Schema">Null where there is nothing to say.</param>
internal sealed record ContentDocument(string MediaType, SchemaModel? Schema);

/// <summary>One answer.</summary>
/// <param name="Status">A status code or <c>default</c>.</param>
/// <param name="Description">As plain text; never "".</param>
/// <param name="IsProblem">True for a problem document, whose content is that of all of them.</param>
/// <param name="IsTold">True where the description is the user's.</param>
/// <param name="Contents">What the body holds otherwise; empty for no body.</param>
internal sealed record ResponseDocument(
    string Status, string Description, bool IsProblem, bool IsTold, EquatableArray<ContentDocument> Contents);

/// <summary>A schema that others refer to.</summary>
internal sealed record NamedSchema(string Name, SchemaModel Schema)
{
    /// <summary>The schema of problem documents, which no type of the user's is called.</summary>
    public const string Problem = "ProblemDetails";
}
