using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.TestSupport;

namespace Waymark.Tests.Tidy;

/// <summary>The list of banned symbols bans what it says, everywhere; the build enforces it (RS0030).</summary>
public sealed class BannedSymbolTests
{
    private static readonly string[] Folders = ["Runtime", "Generator", "Analyzers", "Samples", "Tests"];

    public static TheoryData<string> Bans => new(File.ReadAllLines(Repository.PathOf("BannedSymbols.txt")));

    [Theory]
    [MemberData(nameof(Bans))]
    public void A_ban_names_a_symbol_that_exists_and_what_to_use_instead(string line)
    {
        string[] parts = line.Split(';');
        Assert.Equal(2, parts.Length);
        Assert.NotEmpty(parts[1]);

        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Bans", references: platform.Select(path => MetadataReference.CreateFromFile(path)));
        Assert.NotEmpty(DocumentationCommentId.GetSymbolsForDeclarationId(parts[0], compilation));
    }

    [Fact]
    public void No_project_switches_the_ban_off()
    {
        IEnumerable<string> projects = Folders.SelectMany(folder => Repository.Files(folder, ".csproj"))
            .Concat(Folders.SelectMany(folder => Repository.Files(folder, ".props")))
            .Concat(["Directory.Build.props", ".editorconfig"]);
        Assert.DoesNotContain(
            projects,
            file => File.ReadAllText(Repository.PathOf(file)).Contains("RS" + "0030", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_local_exception_from_the_ban_states_its_reason()
    {
        foreach (string file in Folders.SelectMany(folder => Repository.Files(folder, ".cs")))
        {
            foreach (string line in File.ReadLines(Repository.PathOf(file)))
            {
                if (line.Contains("#pragma warning disable RS" + "0030", StringComparison.Ordinal))
                    Assert.True(line.Contains("//", StringComparison.Ordinal), $"{file}: {line.Trim()} // why?");
            }
        }
    }
}
