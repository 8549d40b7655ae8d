using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.CompilerServices;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>Several assemblies in memory, built with the generator, loaded together; unloaded on Dispose.</summary>
/// <param name="asBytes">
/// Whether a library is referenced as the bytes of its assembly, as a build does, or as a compilation, as an IDE does.
/// </param>
internal sealed class Assemblies(bool asBytes = true) : IDisposable
{
    private readonly AssemblyLoadContext _context = new("mounts", isCollectible: true);
    private readonly List<MetadataReference> _references = [];
    private readonly List<Assembly> _loaded = [];
    private CSharpCompilation? _last;

    /// <summary>The table of the last one that was added.</summary>
    public RouteTable Table { get; private set; } = null!;

    /// <summary>Builds an assembly that sees those added before.</summary>
    public Assemblies Add(string name, string source, params (string Key, string Value)[] properties) =>
        Build(Prepare(name, source), properties);

    /// <summary>The <c>#error</c> lines of the last one, as a build without analyzers gets them.</summary>
    public IReadOnlyList<string> LastErrors() =>
    [
        .. GeneratorRun.Run(_last!, ("RunAnalyzers", "false"))
            .GetValueOrDefault("Waymark.Problems.g.cs", "")
            .Split('\n')
            .Where(line => line.StartsWith("#error", StringComparison.Ordinal)),
    ];

    /// <summary>Builds what was prepared.</summary>
    public Assemblies Build(CSharpCompilation compilation, params (string Key, string Value)[] properties)
    {
        _last = compilation;
        GeneratorRun.CreateDriver(properties)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation built, out _);
        using var bytes = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = built.Emit(bytes);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        _references.Add(
            asBytes ? MetadataReference.CreateFromImage(bytes.ToArray()) : built.ToMetadataReference());
        bytes.Position = 0;
        Assembly loaded = _context.LoadFromStream(bytes);
        _loaded.Add(loaded);
        Type routes = loaded.GetTypes().Single(type => type.Name == "Routes");
        Table = (RouteTable)routes.GetProperty("Table")!.GetValue(null)!;
        return this;
    }

    /// <summary>A compilation that sees those added before, not yet built.</summary>
    public CSharpCompilation Prepare(string name, string source) => GeneratorRun.Compile(source)
        .WithAssemblyName(name)
        .AddReferences(_references);

    /// <summary>The assemblies, the first one added first.</summary>
    public IReadOnlyList<Assembly> Loaded => _loaded;

    /// <summary>The handler and captures of the route that the last table finds; "" where it finds none.</summary>
    public string Match(string path, Verbs verb = Verbs.Get)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        RouteMatch match = default;
        int number = Table.Match(bytes, verb, ref match);
        if (number < 0)
            return "";
        RouteInfo route = Table.Routes[number];
        var texts = new List<string> { route.Handler };
        int captures = route.Template.Count(character => character is ':' or '*');
        for (int depth = 0; depth < captures; depth++)
            texts.Add(Encoding.Latin1.GetString(match.Slice(bytes, depth)));
        return string.Join(' ', texts);
    }

    public void Dispose() => _context.Unload();
}
