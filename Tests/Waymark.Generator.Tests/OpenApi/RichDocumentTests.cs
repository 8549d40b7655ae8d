using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>What a reader of the document sees.</summary>
public sealed class RichDocumentTests
{
    private const string Hint = "Waymark.OpenApi.g.cs";

    [Fact]
    public void V31() => Match(RichSource.Attributes);

    [Fact]
    public void V30() => Match(RichSource.AttributesV30);

    private static void Match(
        string attributes, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Dictionary<string, string> files = GeneratorRun.Run(
            GeneratorRun.Compile(RichSource.Handlers, RichSource.Types, attributes));
        Assert.DoesNotContain("Waymark.Problems.g.cs", files.Keys);
        Snapshot.Match(new Dictionary<string, string> { [Hint] = files[Hint] }, method);
    }
}
