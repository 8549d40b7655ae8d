using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>Asserts what the analyzer reports on marked-up sources.</summary>
internal static class Verify
{
    /// <summary>
    /// The marks are all that is reported, at exactly their spans; one source per document. Advice, which is all below
    /// an error, counts only where a mark of the sources has its id: most sources are too short to be good style.
    /// </summary>
    public static Task<List<Diagnostic>> ReportsAsync(params string[] sources) => ReportsWithAsync("", "", sources);

    /// <summary>The same, where the sources have errors of the compiler's as well.</summary>
    /// <param name="defaultId">The id of <c>[|…|]</c>.</param>
    /// <param name="compilerErrors">Their ids in order, separated by spaces.</param>
    /// <param name="sources">One per document.</param>
    public static Task<List<Diagnostic>> ReportsWithAsync(
        string defaultId, string compilerErrors, params string[] sources) =>
        ReportsAcrossAsync(defaultId, compilerErrors, [], sources);

    /// <summary>The same for a project that references other assemblies.</summary>
    public static async Task<List<Diagnostic>> ReportsAcrossAsync(
        string defaultId, string compilerErrors, MetadataReference[] libraries, params string[] sources)
    {
        List<Markup> markups = [.. sources.Select(source => Markup.Parse(source, defaultId))];
        Solution solution = Project.Create(
            markups.Select(markup => markup.Source), OutputOf(sources), libraries: libraries);
        Assert.Equal(compilerErrors, await Project.CompilerErrorsAsync(solution));

        HashSet<string> marked = [.. markups.SelectMany(markup => markup.Expected).Select(mark => mark.Id)];
        List<Diagnostic> actual = await Project.AnalyseAsync(solution);
        actual.RemoveAll(diagnostic =>
            diagnostic.Severity < DiagnosticSeverity.Error && !marked.Contains(diagnostic.Id));
        var expected = markups.SelectMany((markup, file) => markup.Expected
            .OrderBy(mark => mark.Span.Start).ThenBy(mark => mark.Id, StringComparer.Ordinal)
            .Select(mark => Shown(mark.Id, $"File{file}.cs", mark.Span, markup.Source)));
        Assert.Equal(expected, actual.Select(diagnostic => Shown(
            diagnostic.Id, FileOf(diagnostic), diagnostic.Location.SourceSpan, TextOf(diagnostic))));
        return actual;
    }

    /// <summary>Nothing has the id, or any of them where it is empty.</summary>
    public static async Task IsSilentAsync(string id, params string[] sources)
    {
        Solution solution = Project.Create(sources, OutputOf(sources));
        Assert.Equal("", await Project.CompilerErrorsAsync(solution));
        Assert.Empty((await Project.AnalyseAsync(solution))
            .Where(diagnostic => id.Length == 0 || diagnostic.Id == id)
            .Select(diagnostic => diagnostic.ToString()));
    }

    /// <summary>A program with top-level statements is an executable.</summary>
    public static OutputKind OutputOf(IEnumerable<string> sources) =>
        sources.Any(source => source.StartsWith("// top level", StringComparison.Ordinal))
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;

    private static string FileOf(Diagnostic diagnostic) => Path.GetFileName(diagnostic.Location.SourceTree!.FilePath);

    private static string TextOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.ToString();

    private static string Shown(string id, string file, TextSpan span, string source) =>
        $"{id} {file} {span} <{source.Substring(span.Start, span.Length)}>";
}
