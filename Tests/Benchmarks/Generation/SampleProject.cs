using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Benchmarks.Generation;

/// <summary>A project in memory: ten routes to a file, and plain files beside them.</summary>
/// <remarks>Syntax trees are made before the clock runs, because a compiler has parsed before it generates.</remarks>
internal static class SampleProject
{
    public const string RouteFile = "Routes0.cs";
    public const string PlainFile = "Plain0.cs";
    public const int RoutesPerFile = 10;

    private const int PlainFileCount = 400;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp12);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || Path.GetFileName(path) is "Waymark.dll" or "mscorlib.dll" or "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A new compilation of newly parsed files: nothing of an earlier one is left in it.</summary>
    /// <param name="routeCount">A multiple of <see cref="RoutesPerFile"/>; 0 gives plain files only.</param>
    public static CSharpCompilation Compile(int routeCount)
    {
        var trees = new List<SyntaxTree> { Parse(SampleSource.Usings, "Usings.cs") };
        if (routeCount > 0)
            trees.Add(Parse(SampleSource.Shared, "Shared.cs"));
        for (int number = 0; number < routeCount / RoutesPerFile; number++)
            trees.Add(Parse(SampleSource.Routes(number), $"Routes{number}.cs"));
        for (int number = 0; number < PlainFileCount; number++)
            trees.Add(Parse(SampleSource.Plain(number), $"Plain{number}.cs"));
        return CSharpCompilation.Create(
            "Sample",
            trees,
            References,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The same with a text replaced in one file; every other tree is kept, as an editor does.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string file, string from, string to)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(candidate => candidate.FilePath == file);
        string text = tree.ToString();
        if (!text.Contains(from, StringComparison.Ordinal))
            throw new ArgumentException($"{file} does not hold {from}.", nameof(from));
        return compilation.ReplaceSyntaxTree(tree, Parse(text.Replace(from, to, StringComparison.Ordinal), file));
    }

    private static SyntaxTree Parse(string source, string path)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, ParseOptions, path, Encoding.UTF8);
        // Parsing is lazy in places; the whole tree is asked for here.
        _ = tree.GetRoot().DescendantNodesAndTokens().Count();
        return tree;
    }
}
