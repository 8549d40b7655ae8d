using System.Text;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Tests.Emit;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>When there is a document, that it is a valid one, and what it makes of special cases.</summary>
public sealed class DocumentTests
{
    private const string Home = """static class Home { [Get("/")] internal static string Hello() => ""; }""";

    [Theory]
    [InlineData("", false)]
    [InlineData("""[assembly: OpenApi]""", true)]
    [InlineData("""class Program { void Run(dynamic server) => server.MapOpenApi(); }""", true)]
    [InlineData("""class Program { void Run(dynamic server) => server.MapDocs("/help"); }""", true)]
    [InlineData("""class Program { void Run(dynamic server) => server.MapOther(); }""", false)]
    [InlineData("""class Program { void MapOpenApi() => MapOpenApi(); }""", false)]
    public void A_document_is_written_where_it_is_asked_for(string source, bool isThere) =>
        Assert.Equal(isThere, Documents.TextOf(Home, source).Length > 0);

    [Theory]
    [InlineData("WaymarkOpenApi", "true", true)]
    [InlineData("WaymarkOpenApi", "false", false)]
    [InlineData("WaymarkOpenApiFile", "api.json", true)]
    [InlineData("WaymarkOpenApiFile", "", false)]
    public void A_property_of_the_build_asks_for_a_document(string property, string value, bool isThere)
    {
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(Home), (property, value));
        Assert.Equal(isThere, files.ContainsKey("Waymark.OpenApi.g.cs"));
    }

    [Fact]
    public void Without_routes_there_is_nothing_to_document() =>
        Assert.Equal("", Documents.TextOf("[assembly: OpenApi]"));

    [Fact]
    public void The_table_has_the_document()
    {
        const string named = """[assembly: OpenApi(Title = "\"\"\" {0} \u202e", Description = "a\nb")]""";
        using LoadedTable table = GeneratorRun.Load(Home, named);
        JsonObject document = Documents.Parse(Encoding.UTF8.GetString(table.Table.OpenApi));
        Assert.Equal("\"\"\" {0} \u202e", (string?)document["info"]!["title"]);
        Assert.Equal("a\nb", (string?)document["info"]!["description"]);
        Assert.Equal("0.0.0.0", (string?)document["info"]!["version"]);
    }

    [Fact]
    public void A_table_that_nobody_asked_has_none()
    {
        using LoadedTable table = GeneratorRun.Load(Home);
        Assert.True(table.Table.OpenApi.IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rich_document_is_valid_and_its_program_compiles(bool isV30)
    {
        string attributes = isV30 ? RichSource.AttributesV30 : RichSource.Attributes;
        CSharpCompilation compilation = GeneratorRun.Compile(RichSource.Handlers, RichSource.Types, attributes);
        CSharpGeneratorDriver
            .Create(
                [new RouteGenerator().AsSourceGenerator(), JsonGenerator.Create()],
                parseOptions: GeneratorRun.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(
                compilation, out Compilation updated, out _, TestContext.Current.CancellationToken);
        using LoadedTable table = LoadedTable.Load(updated);
        string text = Encoding.UTF8.GetString(table.Table.OpenApi);
        Assert.Equal(Documents.TextOf(RichSource.Handlers, RichSource.Types, attributes), text);
        Assert.Equal("", string.Join('\n', DocumentRules.Mistakes(Documents.Parse(text))));
    }

    [Theory]
    [InlineData("\"$ref\": \"#/components/schemas/User\"", "\"$ref\": \"#/components/schemas/Nobody\"", "refers to")]
    [InlineData("\"in\": \"path\"", "\"in\": \"query\"", "placeholders")]
    [InlineData("\"operationId\": \"Items_Add\"", "\"operationId\": \"Items_Find\"", "operationId")]
    [InlineData("\"/users/{name}.json\"", "\"/items/{name}\"", "names only")]
    [InlineData("\"3.1.1\"", "\"3.0.4\"", "keyword of 3.1")]
    [InlineData("\"200\"", "\"2000\"", "status")]
    [InlineData("\"key\": []", "\"lock\": []", "security")]
    [InlineData("\"required\": [\"text\"]", "\"required\": [\"texts\"]", "not there")]
    public void The_rules_see_what_is_wrong(string from, string to, string expected)
    {
        string text = Documents.TextOf(RichSource.Handlers, RichSource.Types, RichSource.Attributes);
        Assert.Contains(from, text, StringComparison.Ordinal);
        JsonObject broken = Documents.Parse(text.Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(expected, string.Join('\n', DocumentRules.Mistakes(broken)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_sources_is_of_no_account()
    {
        string[] sources =
            [RichSource.Handlers, RichSource.Types, RichSource.Attributes, Home, EmittedCodeTests.JsonContext];
        string expected = Documents.TextOf(sources);
        Assert.Equal(expected, Documents.TextOf([.. sources.Reverse()]));
        Assert.NotEqual("", expected);
    }

    [Fact]
    public void Routes_that_only_names_tell_apart_share_a_path()
    {
        JsonObject paths = Documents.Of(
            """
            static class Users
            {
                [Get("/users/:id<int>")] internal static string ById(int id, int page = 1) => "";
                [Get("/users/:name<alpha>")] internal static string ByName(string name, string sort) => "";
                [Put("/users/:key")] internal static void Put(string key) { }
            }
            """)["paths"]!.AsObject();
        (string path, JsonNode? item) = Assert.Single(paths);
        Assert.Equal("/users/{id}", path);
        JsonArray parameters = item!["get"]!["parameters"]!.AsArray();
        Assert.Equal(["id", "page", "sort"], parameters.Select(parameter => (string)parameter!["name"]!));
        Assert.Equal(2, parameters[0]!["schema"]!["anyOf"]!.AsArray().Count);
        Assert.Null(parameters[2]!["required"]);
        Assert.Contains("/users/:name<alpha>", (string)item["get"]!["description"]!, StringComparison.Ordinal);
        Assert.Equal("id", (string?)item["put"]!["parameters"]![0]!["name"]);
    }

    [Fact]
    public void Fields_that_OpenAPI_reserves_are_no_parameters()
    {
        JsonNode operation = Documents.Of(
            """
            static class Home
            {
                [Get("/")] internal static string Hello(
                    [Header] string accept, [Header("content-type")] string type, [Header] string? authorization,
                    [Header("X-A")] int a, [Cookie] string? sid) => "";
            }
            """)["paths"]!["/"]!["get"]!;
        Assert.Equal(
            ["header X-A", "cookie sid"],
            operation["parameters"]!.AsArray().Select(parameter => $"{parameter!["in"]} {parameter["name"]}"));
    }

    [Fact]
    public void Forms_and_files_are_bodies()
    {
        JsonObject paths = Documents.Of(
            """
            static class Forms
            {
                /// <param name="name">Who.</param>
                [Post("/plain")] internal static void Plain([Form] string name, [Form] int age = 3) { }
                [Post("/upload")] internal static void Upload([Form] string? note, [File("pic")] FormFile file) { }
            }
            """)["paths"]!.AsObject();
        JsonObject plain = paths["/plain"]!["post"]!["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["application/x-www-form-urlencoded", "multipart/form-data"], plain.Select(pair => pair.Key));
        Assert.Equal(
            """{"type":"object","required":["name"],"properties":{"name":{"type":"string","description":"Who."},"age":{"type":"integer","format":"int32","default":3}}}""",
            plain[0]!["schema"]!.ToJsonString());
        JsonObject upload = paths["/upload"]!["post"]!["requestBody"]!["content"]!.AsObject();
        Assert.Equal(["multipart/form-data"], upload.Select(pair => pair.Key));
        Assert.Equal(
            """{"type":"string","contentMediaType":"application/octet-stream"}""",
            upload[0]!["schema"]!["properties"]!["pic"]!.ToJsonString());
    }

    [Theory]
    [InlineData("System.IO.Stream body", "application/octet-stream", false)]
    [InlineData("[Body] byte[] body", "application/octet-stream", false)]
    [InlineData("[Body] string body", "text/plain", false)]
    [InlineData("MultipartReader body", "multipart/form-data", true)]
    [InlineData("[Body] Shop.User body", "application/json", true)]
    public void A_body_has_its_media_type(string parameter, string mediaType, bool isChecked)
    {
        JsonNode operation = Documents.Of(
            EmittedCodeTests.JsonContext,
            $$"""static class Bodies { [Put("/")] internal static void Put({{parameter}}) { } }""")
            ["paths"]!["/"]!["put"]!;
        Assert.Equal([mediaType], operation["requestBody"]!["content"]!.AsObject().Select(pair => pair.Key));
        Assert.True((bool)operation["requestBody"]!["required"]!);
        Assert.Equal(
            isChecked ? ["204", "400", "413", "415"] : ["204", "413"],
            operation["responses"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void A_mounted_route_is_shown_as_far_as_the_host_knows_it()
    {
        using Mounting.Assemblies assemblies = new Mounting.Assemblies().Add(
            "Billing",
            """
            [assembly: ExportRoutes(Namespace = "Billing")]
            static class Invoices { [Get("/invoices/:id<int>")] internal static string Find(int id) => ""; }
            """);
        CSharpCompilation host = assemblies.Prepare(
            "Host", """[assembly: OpenApi(Title = "T")] [assembly: Mount<Billing.Routes>("/billing")]""");
        JsonObject document = Documents.Parse(Documents.Literal(GeneratorRun.Run(host)["Waymark.OpenApi.g.cs"]));
        JsonNode operation = document["paths"]!["/billing/invoices/{id}"]!["get"]!;
        Assert.Equal("Invoices_Find", (string?)operation["operationId"]);
        Assert.Equal("integer", (string?)operation["parameters"]![0]!["schema"]!["type"]);
        Assert.Equal("""{"*/*":{}}""", operation["responses"]!["default"]!["content"]!.ToJsonString());
        Assert.Equal("", string.Join('\n', DocumentRules.Mistakes(document)));
    }
}
