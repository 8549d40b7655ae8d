using System.Collections.Immutable;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>What is in the package, and what the compiler parts in it ask of a compiler's host.</summary>
public sealed class PackageContentTests(PackedWaymark package)
{
    private const string CompilerParts = "analyzers/dotnet/roslyn4.14/cs/";

    /// <summary>What Roslyn 4.14 has in every host: a compiler has no more.</summary>
    private static readonly string[] OfCompilers =
    [
        "Microsoft.CodeAnalysis 4.14.0.0",
        "Microsoft.CodeAnalysis.CSharp 4.14.0.0",
        "System.Collections.Immutable 9.0.0.0",
        "System.Memory 4.0.1.2",
        "netstandard 2.0.0.0",
    ];

    /// <summary>What an editor has beside them.</summary>
    private static readonly string[] OfEditors =
    [
        "Microsoft.CodeAnalysis.CSharp.Workspaces 4.14.0.0",
        "Microsoft.CodeAnalysis.Workspaces 4.14.0.0",
        "System.Composition.AttributedModel 9.0.0.0",
    ];

    [Fact]
    public void It_holds_these_files_and_no_others()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Path);
        Assert.Equal(
            [
                "README.md",
                "Waymark.nuspec",
                CompilerParts + "Waymark.Analyzers.dll",
                CompilerParts + "Waymark.CodeFixes.dll",
                CompilerParts + "Waymark.Generator.dll",
                "build/Waymark.props",
                "build/Waymark.targets",
                "buildTransitive/Waymark.props",
                "buildTransitive/Waymark.targets",
                "icon.png",
                "lib/net10.0/Waymark.dll",
                "lib/net10.0/Waymark.xml",
                "lib/net9.0/Waymark.dll",
                "lib/net9.0/Waymark.xml",
            ],
            FilesOf(archive));
        using ZipArchive symbols = ZipFile.OpenRead(package.SymbolsPath);
        Assert.Equal(
            ["Waymark.nuspec", "lib/net10.0/Waymark.pdb", "lib/net9.0/Waymark.pdb"], FilesOf(symbols));
    }

    [Fact]
    public void It_says_its_license_and_readme_and_pins_no_dependency()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Path);
        using Stream stream = archive.GetEntry("Waymark.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        XNamespace space = metadata.Name.Namespace;
        Assert.Equal("MIT", metadata.Element(space + "license")!.Value);
        Assert.Equal("expression", metadata.Element(space + "license")!.Attribute("type")!.Value);
        Assert.Equal("README.md", metadata.Element(space + "readme")!.Value);
        Assert.Equal("icon.png", metadata.Element(space + "icon")!.Value);
        Assert.Equal([0x89, .. "PNG"u8], Content(archive, "icon.png")[..4]);
        Assert.NotEqual("Package Description", metadata.Element(space + "description")!.Value);
        // A version in brackets would forbid users every other one.
        List<string> dependencies =
            [.. metadata.Descendants(space + "dependency").Select(item => (string)item.Attribute("version")!)];
        Assert.Equal(2, dependencies.Count);
        Assert.All(dependencies, version => Assert.DoesNotContain('[', version));
    }

    [Theory]
    [InlineData("Waymark.Generator.dll", false)]
    [InlineData("Waymark.Analyzers.dll", false)]
    [InlineData("Waymark.CodeFixes.dll", true)]
    public void A_compiler_part_needs_only_what_its_hosts_have(string file, bool isOfEditors)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Path);
        using var assembly = new PEReader(Content(archive, CompilerParts + file));
        MetadataReader reader = assembly.GetMetadataReader();
        List<string> references =
        [
            .. reader.AssemblyReferences
                .Select(reader.GetAssemblyReference)
                .Select(reference => $"{reader.GetString(reference.Name)} {reference.Version}"),
        ];
        Assert.Contains("Microsoft.CodeAnalysis 4.14.0.0", references);
        Assert.Empty(references
            .Except(OfCompilers)
            .Except(isOfEditors ? [.. OfEditors, "Waymark.Analyzers 0.0.0.0"] : []));
    }

    [Fact]
    public void The_templates_hold_files_only_and_no_version_that_was_not_put_in()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.FileOf("Waymark.Templates"));
        List<string> files = FilesOf(archive);
        Assert.All(
            files.Except(["README.md", "icon.png", "Waymark.Templates.nuspec"]),
            file => Assert.StartsWith("content/", file, StringComparison.Ordinal));
        List<string> configs = files.FindAll(file => file.EndsWith("/template.json", StringComparison.Ordinal));
        Assert.Equal(3, configs.Count);
        Assert.All(configs, config =>
        {
            string text = Encoding.UTF8.GetString([.. Content(archive, config)]);
            Assert.Contains($"\"{PackedWaymark.Version}\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"{", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void No_file_knows_where_it_was_built()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Path);
        byte[][] folders =
            [Encoding.UTF8.GetBytes(Repository.Root), Encoding.UTF8.GetBytes(package.PathOf("artifacts"))];
        List<string> assemblies = FilesOf(archive).FindAll(file => file.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Equal(5, assemblies.Count);
        foreach (string assembly in assemblies)
        {
            byte[] content = [.. Content(archive, assembly)];
            Assert.All(folders, folder => Assert.Equal(-1, content.AsSpan().IndexOf(folder)));
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task Packed_again_from_another_folder_of_artifacts_every_file_is_the_same()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using ZipArchive archive = await ZipFile.OpenReadAsync(package.Path, stop);
        await using ZipArchive again = await ZipFile.OpenReadAsync(await package.PackAgainAsync(), stop);
        List<string> files = FilesOf(archive);
        Assert.Equal(files, FilesOf(again));
        Assert.All(
            files,
            file => Assert.True(Content(archive, file).AsSpan().SequenceEqual(Content(again, file).AsSpan()), file));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_release_names_its_repository()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using ZipArchive archive = await ZipFile.OpenReadAsync(await package.PackLaterAsync(), stop);
        string metadata = Encoding.UTF8.GetString([.. Content(archive, "Waymark.nuspec")]);
        Assert.Contains($"<projectUrl>{PackedWaymark.RepositoryUrl}</projectUrl>", metadata, StringComparison.Ordinal);
        Assert.Contains(
            $"<repository type=\"git\" url=\"{PackedWaymark.RepositoryUrl}\"", metadata, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Waymark.RateLimiting", "System.Threading.RateLimiting, Waymark")]
    [InlineData("Waymark.Testing", "")]
    public void A_package_beside_it_holds_its_library_and_needs_no_more_than_this(string name, string dependencies)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.FileOf(name));
        Assert.Equal(
            [
                "README.md",
                $"{name}.nuspec",
                "icon.png",
                $"lib/net10.0/{name}.dll",
                $"lib/net10.0/{name}.xml",
                $"lib/net9.0/{name}.dll",
                $"lib/net9.0/{name}.xml",
            ],
            FilesOf(archive));
        using Stream stream = archive.GetEntry($"{name}.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        XNamespace space = metadata.Name.Namespace;
        Assert.Equal("MIT", metadata.Element(space + "license")!.Value);
        Assert.NotEqual("Package Description", metadata.Element(space + "description")!.Value);
        foreach (XElement framework in metadata.Descendants(space + "group"))
        {
            List<XElement> needed = [.. framework.Elements()];
            Assert.Equal(
                dependencies,
                string.Join(", ", needed.Select(item => (string)item.Attribute("id")!).Order(StringComparer.Ordinal)));
            Assert.All(needed, item => Assert.DoesNotContain('[', (string)item.Attribute("version")!));
        }
    }

    /// <summary>The files that are ours: the rest is how the format packs them.</summary>
    private static List<string> FilesOf(ZipArchive archive) =>
    [
        .. archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal),
    ];

    private static ImmutableArray<byte> Content(ZipArchive archive, string path)
    {
        using Stream stream = archive.GetEntry(path)!.Open();
        var content = new MemoryStream();
        stream.CopyTo(content);
        return [.. content.ToArray()];
    }
}
