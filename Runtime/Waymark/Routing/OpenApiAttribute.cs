namespace Waymark;

/// <summary>
/// Asks for the OpenAPI document of this assembly's routes (<see cref="RouteTable.OpenApi"/>) and says what stands at
/// its top.
/// </summary>
/// <remarks>
/// The document is written at build time. It is also written where the project calls
/// <see cref="HttpServer.MapOpenApi"/> or <see cref="HttpServer.MapDocs"/>, or where the MSBuild property
/// <c>WaymarkOpenApi</c> is <c>true</c>; without any of these, nothing is. Texts are CommonMark where the specification
/// says so (OpenAPI 3.1 section 4.4.1).
/// </remarks>
/// <example>
/// <code>
/// [assembly: OpenApi(Title = "Shop", Version = "1.2", ServerUrl = "https://shop.example/api")]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class OpenApiAttribute : Attribute
{
    /// <summary>What the API is called. Default null: the assembly's name.</summary>
    public string? Title { get; set; }

    /// <summary>
    /// The version of the API. Default null: the assembly's informational version up to its first <c>+</c>, else its
    /// version.
    /// </summary>
    public string? Version { get; set; }

    /// <summary>What the API is for, in CommonMark. Default null: left out.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// Which version of the specification the document follows. Default: <see cref="OpenApiVersion.V31"/>.
    /// </summary>
    public OpenApiVersion SpecVersion { get; set; }

    /// <summary>
    /// The URL that the paths are below; may be relative to the document's. Default null: <c>/</c>, the server that the
    /// document came from.
    /// </summary>
    public string? ServerUrl { get; set; }
}

/// <summary>A version of the OpenAPI specification.</summary>
public enum OpenApiVersion
{
    /// <summary>OpenAPI 3.1.1, whose schemas are JSON Schema 2020-12.</summary>
    V31,

    /// <summary>OpenAPI 3.0.4, for tools that do not read 3.1.</summary>
    V30,
}
