using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Baseline;

/// <summary>The file in which a project keeps its API as it was shipped.</summary>
internal static class ApiBaseline
{
    public const string FileName = "Waymark.Api.Shipped.txt";

    /// <summary>True for the path of such a file.</summary>
    public static bool Is(string path) =>
        string.Equals(Path.GetFileName(path), FileName, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first of them; null where the project has none.</summary>
    public static AdditionalText? Of(AnalyzerOptions options) =>
        options.AdditionalFiles.FirstOrDefault(file => Is(file.Path));

    /// <summary>The lines of the file.</summary>
    public static IReadOnlyList<string> LinesOf(SourceText? text) =>
        text is null ? [] : [.. text.Lines.Select(line => line.ToString())];

    /// <summary>The file with the API as it is now; what stands above as comments stays.</summary>
    public static string Write(SourceText old, RouteSet routes)
    {
        IEnumerable<string> comments = LinesOf(old).TakeWhile(line => line.StartsWith("#", StringComparison.Ordinal));
        return string.Concat(comments.Concat(ApiReader.Read(routes).Lines).Select(line => line + "\n"));
    }
}
