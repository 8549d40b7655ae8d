namespace Waymark.Generator.Model;

/// <summary>What only the OpenAPI document needs to know of a compilation, beside its routes and shapes.</summary>
/// <param name="Settings">What stands at the top of the document.</param>
/// <param name="Handlers">One for each handler, sorted by key.</param>
/// <param name="Classes">One for each class with handlers, sorted by name.</param>
/// <param name="Types">One for each type of the user's that the document shows, sorted by type.</param>
internal sealed record OpenApiFacts(
    OpenApiSettings Settings,
    EquatableArray<HandlerFacts> Handlers,
    EquatableArray<NamedText> Classes,
    EquatableArray<TypeFacts> Types);

/// <summary>What <c>[assembly: OpenApi]</c> and <c>[assembly: SecurityScheme]</c> say, with what they leave
/// open.</summary>
/// <param name="Title">What the API is called.</param>
/// <param name="Version">Its version.</param>
/// <param name="Description">In CommonMark; "" for none.</param>
/// <param name="IsV30">True for OpenAPI 3.0.4, false for 3.1.1.</param>
/// <param name="ServerUrl">The URL that the paths are below.</param>
/// <param name="Schemes">Sorted by name, each once.</param>
internal sealed record OpenApiSettings(
    string Title,
    string Version,
    string Description,
    bool IsV30,
    string ServerUrl,
    EquatableArray<SecuritySchemeModel> Schemes);

/// <summary>One way in which clients prove who they are.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Kind">How it works.</param>
/// <param name="Parameter">The field, query parameter or cookie of a key.</param>
/// <param name="Url">Where OpenID Connect is discovered; "" for none.</param>
/// <param name="BearerFormat">A hint; "" for none.</param>
/// <param name="Description">In CommonMark; "" for none.</param>
internal sealed record SecuritySchemeModel(
    string Name, SecuritySchemeKind Kind, string Parameter, string Url, string BearerFormat, string Description);

/// <summary>As the runtime's enum SecurityKind; the values are a contract.</summary>
internal enum SecuritySchemeKind
{
    Bearer,
    Basic,
    ApiKeyHeader,
    ApiKeyQuery,
    ApiKeyCookie,
    OpenIdConnect,
}

/// <summary>A scheme and the scopes that a route asks for; the name "" for nobody in particular.</summary>
internal sealed record SecurityNeed(string Scheme, EquatableArray<string> Scopes);

/// <summary>What a handler's documentation comment and attributes say.</summary>
/// <param name="Key">See <see cref="KeyOf"/>.</param>
/// <param name="Summary">As plain text on one line; "" for none.</param>
/// <param name="Remarks">As CommonMark; "" for none.</param>
/// <param name="Returns">As plain text; "" for none.</param>
/// <param name="Parameters">As CommonMark, by the parameter's name.</param>
/// <param name="Responses">As plain text, by the status code.</param>
/// <param name="MayBeNull">True where the annotation of what it returns lets null in, which is answered with
/// 404.</param>
/// <param name="IsObsolete">True for an obsolete handler.</param>
/// <param name="Security">What its attributes or those of its class ask for: one of these; empty for nothing
/// said.</param>
internal sealed record HandlerFacts(
    string Key,
    string Summary,
    string Remarks,
    string Returns,
    EquatableArray<NamedText> Parameters,
    EquatableArray<NamedText> Responses,
    bool MayBeNull,
    bool IsObsolete,
    EquatableArray<SecurityNeed> Security)
{
    /// <summary>Names a handler among all methods, overloads included.</summary>
    public static string KeyOf(HandlerModel handler) =>
        handler.QualifiedTypeName + "." + handler.MethodName + "("
        + string.Join(", ", handler.Parameters.Select(parameter => parameter.TypeName + " " + parameter.Name)) + ")";
}

/// <summary>What is known of a type beside its shape.</summary>
/// <param name="Type">The type, qualified.</param>
/// <param name="Description">Its documentation as CommonMark; "" for none.</param>
/// <param name="IsAbstract">True where no value is of this very type.</param>
/// <param name="Members">The documentation of its members as CommonMark, by their names in C#.</param>
/// <param name="Constants">Of an enum: the values as numbers, by their names in C#.</param>
internal sealed record TypeFacts(
    string Type,
    string Description,
    bool IsAbstract,
    EquatableArray<NamedText> Members,
    EquatableArray<NamedText> Constants);

/// <summary>A text and what it is about.</summary>
internal sealed record NamedText(string Name, string Text);
