using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers;

/// <summary>
/// All routes of a compilation and what they say about each other: the index that rules look things up in.
/// </summary>
/// <remarks>Immutable once built, so rules read it from many threads at once.</remarks>
internal sealed class RouteSet
{
    public const string RouteAttributeName = "Waymark.RouteAttribute";

    private static readonly IReadOnlyList<RouteEntry> None = [];

    private readonly List<RouteEntry> _all = [];
    private readonly Dictionary<ISymbol, List<RouteEntry>> _byMethod = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<RouteEntry>> _byGroup = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<RouteEntry, List<(RouteEntry Other, string Witness)>> _conflicts = [];
    private readonly HashSet<string> _serializableTypes = new(StringComparer.Ordinal);

    private RouteSet()
    {
    }

    /// <summary>
    /// The contexts that generated code can use, whether they list a type or not; in the order of their names.
    /// </summary>
    public SortedSet<string> JsonContexts { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a compilation.</summary>
    public static RouteSet Of(Compilation compilation)
    {
        var set = new RouteSet();
        set.Read(compilation.Assembly.GlobalNamespace);
        set.FindConflicts();
        return set;
    }

    /// <summary>The routes of a method; empty for a method without one.</summary>
    public IReadOnlyList<RouteEntry> Of(IMethodSymbol method) =>
        _byMethod.TryGetValue(method, out List<RouteEntry>? entries) ? entries : None;

    /// <summary>The routes in a class with a group attribute, those of nested classes included.</summary>
    public IReadOnlyList<RouteEntry> InGroup(INamedTypeSymbol type) =>
        _byGroup.TryGetValue(type, out List<RouteEntry>? entries) ? entries : None;

    /// <summary>The routes that conflict with a route, each with a path that both answer.</summary>
    public IReadOnlyList<(RouteEntry Other, string Witness)> ConflictsOf(RouteEntry entry) =>
        _conflicts.TryGetValue(entry, out List<(RouteEntry, string)>? others) ? others : [];

    /// <summary>True where a context lists the type, given as the models name it.</summary>
    public bool IsSerializable(string type) => _serializableTypes.Contains(type);

    private void Read(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            switch (member)
            {
                case INamespaceSymbol space:
                    Read(space);
                    break;
                case INamedTypeSymbol type:
                    ReadContext(type);
                    Read(type);
                    break;
                case IMethodSymbol method:
                    ReadMethod(method);
                    break;
            }
        }
    }

    private void ReadContext(INamedTypeSymbol type)
    {
        if (!JsonContextReader.IsUsable(type))
            return;
        JsonContexts.Add(TypeNames.Qualified(type));
        if (JsonContextReader.Read(type) is { } context)
            _serializableTypes.UnionWith(context.SerializableTypes);
    }

    private void ReadMethod(IMethodSymbol method)
    {
        foreach ((AttributeData attribute, RouteModel route) in RouteReader.ReadAll(method))
        {
            var entry = new RouteEntry(method, attribute, route);
            _all.Add(entry);
            Add(_byMethod, method, entry);
            foreach ((INamedTypeSymbol type, _) in entry.Groups)
                Add(_byGroup, type, entry);
        }
    }

    private void FindConflicts()
    {
        // A template with a problem means nothing certain: its own diagnostic comes first.
        List<RouteEntry> sound = _all.FindAll(entry => !entry.HasTemplateProblem);
        foreach (Conflict conflict in ConflictFinder.Find(
            sound.ConvertAll(entry => (entry.Route.Verb, entry.Template))))
        {
            RouteEntry first = sound[conflict.First];
            RouteEntry second = sound[conflict.Second];
            AddConflict(first, second, conflict.Witness);
            AddConflict(second, first, conflict.Witness);
        }
    }

    private void AddConflict(RouteEntry entry, RouteEntry other, string witness)
    {
        if (!_conflicts.TryGetValue(entry, out List<(RouteEntry, string)>? others))
            _conflicts[entry] = others = [];
        others.Add((other, witness));
    }

    private static void Add(Dictionary<ISymbol, List<RouteEntry>> index, ISymbol key, RouteEntry entry)
    {
        if (!index.TryGetValue(key, out List<RouteEntry>? entries))
            index[key] = entries = [];
        // Two group attributes on one class, which the compiler refuses, name the same class twice.
        if (!entries.Contains(entry))
            entries.Add(entry);
    }
}
