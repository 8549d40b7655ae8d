using System.Text.Json.Nodes;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>The OpenAPI documents of sources in memory.</summary>
internal static class Documents
{
    private const string Hint = "Waymark.OpenApi.g.cs";
    private const string Asked = """[assembly: OpenApi(Title = "T", Version = "1")]""";

    /// <summary>The literal of the generated file; "" where there is none.</summary>
    public static string TextOf(params string[] sources)
    {
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(sources));
        return files.TryGetValue(Hint, out string? file) ? Literal(file) : "";
    }

    /// <summary>The document of sources that do not ask for one themselves.</summary>
    public static JsonObject Of(params string[] sources) => Parse(TextOf([.. sources, Asked]));

    public static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();

    /// <summary>What stands between the quotes of the generated file.</summary>
    public static string Literal(string file)
    {
        int start = file.IndexOf("\n\"\"\"\n", StringComparison.Ordinal) + 5;
        return file[start..file.IndexOf("\n\"\"\"u8;", StringComparison.Ordinal)];
    }
}
