using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>Folders of the runtime depend one way only: the table in Runtime/README.md is the law.</summary>
public sealed partial class FolderDependencyTests
{
    private const string SourceRoot = "Runtime/Waymark";

    private static readonly CSharpParseOptions Parsing =
        new(LanguageVersion.Preview, preprocessorSymbols: ["NET", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);

    [Fact]
    public void Every_type_reference_goes_where_the_table_allows()
    {
        Dictionary<string, HashSet<string>> allowed = ReadTable();
        List<string> offences = FindReferences(CompileRuntime())
            .Where(reference => reference.From != reference.To && !allowed[reference.From].Contains(reference.To))
            .Select(reference => $"{reference.Place}: {reference.From} uses {reference.Name} of {reference.To}")
            .Distinct()
            .ToList();

        Assert.True(offences.Count == 0, string.Join('\n', offences));
    }

    [Fact]
    public void Every_folder_has_its_row()
    {
        Assert.Equal(
            Directory.GetDirectories(Repository.PathOf(SourceRoot)).Select(Path.GetFileName)
                .Where(name => name is not "obj" and not "bin").Order(StringComparer.Ordinal),
            ReadTable().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_has_no_cycle()
    {
        Dictionary<string, HashSet<string>> rest = ReadTable();
        while (rest.Count > 0)
        {
            string? leaf = rest.Keys.FirstOrDefault(folder => !rest[folder].Any(rest.ContainsKey));
            Assert.True(leaf is not null, $"These use each other: {string.Join(", ", rest.Keys)}");
            rest.Remove(leaf);
        }
    }

    [Fact]
    public void A_reference_against_the_direction_is_found()
    {
        // What the test above relies on: the finder sees a use of Hosting from Errors.
        CSharpCompilation compilation = CompileRuntime().AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "namespace Waymark; internal static class Planted { internal static HttpServer? Server; }",
            Parsing,
            path: Repository.PathOf(SourceRoot + "/Errors/Planted.cs"),
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains(FindReferences(compilation), reference => reference is { From: "Errors", To: "Hosting" });
    }

    private static Dictionary<string, HashSet<string>> ReadTable()
    {
        var rows = RowPattern().Matches(File.ReadAllText(Repository.PathOf("Runtime/README.md")))
            .Select(match => (Folder: match.Groups["folder"].Value, Uses: match.Groups["uses"].Value.Trim()))
            .Where(row => row.Folder is not "folder" && !row.Folder.StartsWith('-'))
            .ToList();
        return rows.ToDictionary(
            row => row.Folder,
            row => row.Uses switch
            {
                "-" => [],
                "all of them but Testing" =>
                    rows.Select(other => other.Folder).Where(other => other != row.Folder && other != "Testing")
                        .ToHashSet(),
                "all of them" => rows.Select(other => other.Folder).Where(other => other != row.Folder).ToHashSet(),
                _ => row.Uses.Split(',', StringSplitOptions.TrimEntries).ToHashSet(),
            });
    }

    private static CSharpCompilation CompileRuntime()
    {
        string usings = "global using System; global using System.IO; global using System.Collections.Generic; " +
            "global using System.Threading; global using System.Threading.Tasks;";
        IEnumerable<SyntaxTree> trees = Repository.Files(SourceRoot, ".cs")
            .Select(file => CSharpSyntaxTree.ParseText(
                File.ReadAllText(Repository.PathOf(file)), Parsing, Repository.PathOf(file)))
            .Append(CSharpSyntaxTree.ParseText(usings, Parsing));
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "Waymark",
            trees,
            platform.Where(path => Path.GetFileName(path) != "Waymark.dll")
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private static IEnumerable<Reference> FindReferences(CSharpCompilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (FolderOf(tree) is not { } from)
                continue;
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (model.GetSymbolInfo(name).Symbol is not INamedTypeSymbol type)
                    continue;
                foreach (SyntaxReference declaration in type.OriginalDefinition.DeclaringSyntaxReferences)
                {
                    if (FolderOf(declaration.SyntaxTree) is { } to)
                    {
                        int line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                        string place = $"{Path.GetRelativePath(Repository.Root, tree.FilePath)}:{line}";
                        yield return new Reference(from, to, type.Name, place);
                    }
                }
            }
        }
    }

    private static string? FolderOf(SyntaxTree tree)
    {
        if (tree.FilePath.Length == 0)
            return null;
        string relative = Path.GetRelativePath(Repository.PathOf(SourceRoot), tree.FilePath);
        string[] parts = relative.Split(Path.DirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : null;
    }

    [GeneratedRegex(@"^\| (?<folder>[^|]+?) \|[^|]+\| (?<uses>[^|]+?) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    private readonly record struct Reference(string From, string To, string Name, string Place);
}
