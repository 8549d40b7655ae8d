using System.Text;
using Waymark.Generator.Tests.Harness;
using Waymark.TestSupport;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>A build writes the document into a file: one real build of about five seconds.</summary>
public sealed class OpenApiFileTests : IDisposable
{
    private const string Statement = "System.Console.WriteLine(Routes.Table.OpenApi.Length);";

    private readonly ProjectFolder _folder = new();

    [Fact]
    public async Task The_file_holds_the_document_octet_by_octet()
    {
        const string program =
            $$"""
            using Waymark;
            [assembly: OpenApi(Title = "50 % off; $(Cheap) @(now) *?", Description = "\"ä\" 'x' %41 \\ \u2028")]
            {{Statement}}
            static class Home
            {
                [Get("/a;b/:id<re([a-z;%]{2})>")] internal static string Take(string id) => id;
            }
            """;
        string build = Repository.PathOf("Generator/Waymark.Generator/build/Waymark");
        string more =
            $"""
            <PropertyGroup><WaymarkOpenApiFile>openapi.json</WaymarkOpenApiFile></PropertyGroup>
            <Import Project="{build}.props" />
            <Import Project="{build}.targets" />
            """;
        _folder.Write("Shop/Shop.csproj", ProjectFolder.ProjectOf("Exe", "", more));
        _folder.Write("Shop/Program.cs", program);

        (int exitCode, string output) = await _folder.BuildAsync("Shop");

        Assert.True(exitCode == 0, output);
        byte[] written = await File.ReadAllBytesAsync(
            _folder.PathOf("Shop/openapi.json"), TestContext.Current.CancellationToken);
        string expected = Documents.TextOf(program.Replace(Statement, "", StringComparison.Ordinal));
        // The assembly has another version than the one in memory.
        Assert.Equal(
            expected.Replace("\"0.0.0.0\"", "\"1.0.0\"", StringComparison.Ordinal) + "\n",
            Encoding.UTF8.GetString(written).ReplaceLineEndings("\n"));
    }

    public void Dispose() => _folder.Dispose();
}
