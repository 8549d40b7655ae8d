using Waymark.Generator.Model;
using Waymark.Generator.OpenApi;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Waymark.OpenApi.g.cs</c>: the OpenAPI document as a literal.</summary>
/// <remarks>
/// The literal starts in the first column: <c>Waymark.targets</c> cuts it out of this file, between the two lines that
/// start with its quotes, and JSON never has three of them in a row (see <see cref="JsonText"/>).
/// </remarks>
internal static class OpenApiEmitter
{
    public static string Emit(OpenApiDocument document)
    {
        var writer = new SourceWriter();
        writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(writer, document.Namespace);
        writer.Open("partial class Routes");
        writer.Open("private sealed partial class GeneratedTable");
        writer.Line("public override global::System.ReadOnlySpan<byte> OpenApi =>");
        return writer + "\"\"\"\n" + DocumentWriter.Write(document) + "\n\"\"\"u8;\n    }\n}\n";
    }
}
