using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Waymark.CompilerServices;

namespace Waymark.Generator.Tests.Harness;

/// <summary>A generated table, compiled and loaded; unloaded on Dispose.</summary>
internal sealed class LoadedTable : IDisposable
{
    private readonly AssemblyLoadContext _context;

    private LoadedTable(AssemblyLoadContext context, RouteTable table) => (_context, Table) = (context, table);

    public RouteTable Table { get; }

    public static LoadedTable Load(Compilation compilation)
    {
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        assembly.Position = 0;
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        Type routes = context.LoadFromStream(assembly).GetType("Routes", throwOnError: true)!;
        return new LoadedTable(context, (RouteTable)routes.GetProperty("Table")!.GetValue(null)!);
    }

    /// <summary>The matched route with its captures, or on a miss the verbs that the path answers.</summary>
    /// <param name="captures">How many captures each route has, by its number.</param>
    public MatchOutcome Match(string path, Verbs verb, IReadOnlyList<int> captures)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        RouteMatch match = default;
        int route = Table.Match(bytes, verb, ref match);
        if (route < 0)
            return new MatchOutcome(route, match.Allow, "");
        IEnumerable<string> values = Enumerable.Range(0, captures[route])
            .Select(depth => Encoding.Latin1.GetString(match.Slice(bytes, depth)));
        return new MatchOutcome(route, Verbs.None, string.Join("|", values));
    }

    public void Dispose() => _context.Unload();
}

/// <summary>What a match found.</summary>
/// <param name="Route">The route's number, or -1.</param>
/// <param name="Allow">On a miss, the verbs met.</param>
/// <param name="Captures">The captured texts, joined.</param>
internal sealed record MatchOutcome(int Route, Verbs Allow, string Captures);
