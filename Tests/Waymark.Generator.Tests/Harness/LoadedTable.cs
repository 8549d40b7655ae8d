using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Waymark.CompilerServices;

namespace Waymark.Generator.Tests.Harness;

/// <summary>A generated table, compiled and loaded; unloaded on Dispose.</summary>
/// <remarks>The one place of the matcher tests that knows how a table is asked: methods are texts outside.</remarks>
internal sealed class LoadedTable : IDisposable
{
    private static readonly string[] BuiltIn = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"];

    private readonly AssemblyLoadContext _context;
    private readonly Dictionary<string, Verbs> _verbs;

    private LoadedTable(
        AssemblyLoadContext context, Type routes, RouteTable table, Func<string, string, string> explain)
    {
        (_context, Routes, Table, Explain) = (context, routes, table, explain);
        _verbs = BuiltIn.ToDictionary(method => method, method => Enum.Parse<Verbs>(method, ignoreCase: true));
        for (int index = 0; index < table.CustomMethods.Count; index++)
            _verbs.Add(table.CustomMethods[index], (Verbs)((int)Verbs.FirstCustom << index));
    }

    /// <summary>The generated class.</summary>
    public Type Routes { get; }

    public RouteTable Table { get; }

    /// <summary>Explains a path and a method.</summary>
    public Func<string, string, string> Explain { get; }

    public static LoadedTable Load(Compilation compilation)
    {
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        assembly.Position = 0;
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        Type routes = context.LoadFromStream(assembly).GetType("Routes", throwOnError: true)!;
        return new LoadedTable(
            context,
            routes,
            (RouteTable)routes.GetProperty("Table")!.GetValue(null)!,
            routes.GetMethod("Explain")!.CreateDelegate<Func<string, string, string>>());
    }

    /// <summary>The matched route with its captures, or on a miss the methods that the path answers.</summary>
    /// <param name="captures">How many captures each route has, by its number.</param>
    public MatchOutcome Match(string path, string method, IReadOnlyList<int> captures)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(path);
        RouteMatch match = default;
        Verbs verb = _verbs.GetValueOrDefault(method, Verbs.Unknown);
        int route = Table.Match(bytes, verb, ref match);
        if (route < 0)
            return new MatchOutcome(route, "", Names(match.Allow), (match.Redirect & verb) != 0);
        var values = new List<string>();
        for (int depth = 0; depth < captures[route]; depth++)
            values.Add(Encoding.Latin1.GetString(match.Slice(bytes, depth)));
        return new MatchOutcome(route, string.Join('|', values), [], false);
    }

    /// <summary>Whether the server has a name for a method: another one is answered with 501.</summary>
    public bool IsKnown(string method) => _verbs.ContainsKey(method);

    public void Dispose() => _context.Unload();

    private HashSet<string> Names(Verbs verbs) =>
        [.. _verbs.Where(verb => (verbs & verb.Value) != 0).Select(verb => verb.Key)];
}

/// <summary>What a match found.</summary>
/// <param name="Route">The route's number, or -1.</param>
/// <param name="Captures">The captured texts, joined.</param>
/// <param name="Allow">On a miss, the methods met.</param>
/// <param name="IsElsewhere">On a miss, whether the path is redirected.</param>
internal sealed record MatchOutcome(int Route, string Captures, HashSet<string> Allow, bool IsElsewhere);
