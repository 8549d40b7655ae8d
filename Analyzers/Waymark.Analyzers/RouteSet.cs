using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Advising;
using Waymark.Analyzers.Links;
using Waymark.Analyzers.Reach;
using Waymark.Analyzers.Suppressors;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Analyzers;

/// <summary>
/// All routes of a compilation and what they say about each other: the index that rules look things up in.
/// </summary>
/// <remarks>Immutable once built, so rules read it from many threads at once.</remarks>
internal sealed class RouteSet
{
    private const string VerbAttributeName = "Waymark.VerbAttribute";
    private const string ConstraintAttributeName = "Waymark.ConstraintAttribute";

    private static readonly IReadOnlyList<RouteEntry> None = [];

    // Not a state of its own: what is in it follows from its compilation, and is let go together with it. A suppressor
    // has no other way to what the rules have read.
    private static readonly ConditionalWeakTable<Compilation, Lazy<RouteSet>> Sets = new();

    private readonly List<RouteEntry> _all = [];
    private List<RouteEntry> _served = [];
    private HashSet<RouteEntry> _sound = [];
    private readonly Dictionary<ISymbol, List<RouteEntry>> _byMethod = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<RouteEntry>> _byGroup = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, Problem> _constraintProblems = new(SymbolEqualityComparer.Default);
    private readonly List<(IMethodSymbol Method, UserConstraint Constraint)> _constraints = [];
    private ConstraintNames _constraintNames = new([]);
    private readonly Dictionary<RouteEntry, string> _linkProblems = [];
    private readonly HashSet<string> _serializableTypes = new(StringComparer.Ordinal);

    private readonly List<TypeShape> _shapes = [];
    private readonly Lazy<HashSet<string>> _readTypes;
    private readonly Lazy<GatheredTypes> _gathered;
    private readonly Lazy<JsonReach> _json;
    private readonly Lazy<LinkIndex> _links;
    private readonly Lazy<AnsweredPaths> _paths;
    private readonly Lazy<RouteReach> _reach;
    private readonly Lazy<RouteAdvice> _advice;
    private readonly Lazy<HashSet<ISymbol>> _holders;

    private RouteSet(Compilation compilation)
    {
        Options = SetupAttributes.OptionsOf(compilation.Assembly);
        Commands = new CommandSet(() => _constraintNames);
        _readTypes = new Lazy<HashSet<string>>(FindReadTypes);
        _gathered = new Lazy<GatheredTypes>(() => new GatheredTypes(_served.Select(entry => entry.Route)));
        _json = new Lazy<JsonReach>(() => new JsonReach(_shapes, _served, compilation.Assembly));
        _links = new Lazy<LinkIndex>(() => new LinkIndex(_served.FindAll(IsSound), compilation));
        _paths = new Lazy<AnsweredPaths>(() => new AnsweredPaths(_all, Conflicts.Mounts, compilation));
        _reach = new Lazy<RouteReach>(() => RouteReach.Of(_served, Conflicts.ServedMounts, Options));
        _holders = new Lazy<HashSet<ISymbol>>(FindHolders);
        _advice = new Lazy<RouteAdvice>(() => new RouteAdvice(_all, _served, Options));
    }

    /// <summary>
    /// The contexts that generated code can use, whether they list a type or not; in the order of their names.
    /// </summary>
    public SortedSet<string> JsonContexts { get; } = new(StringComparer.Ordinal);

    /// <summary>All routes, in the order that decides which of two alike stays.</summary>
    public IReadOnlyList<RouteEntry> All => _all;

    /// <summary>The set of a compilation, read when first asked for.</summary>
    public static RouteSet Of(Compilation compilation) =>
        Sets.GetValue(compilation, key => new Lazy<RouteSet>(() => Read(key))).Value;

    /// <summary>
    /// The base of the route attributes; null for a project without the library, which has no routes.
    /// </summary>
    /// <remarks>
    /// The references are asked before the project. To look a name up in a project has the compiler parse what was
    /// generated and declare every type, on the caller's time: 60 ms of CPU for 1,000 routes before the first rule.
    /// </remarks>
    public static INamedTypeSymbol? FindVerbAttribute(Compilation compilation)
    {
        foreach (IAssemblySymbol assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (assembly.Name == KnownNames.RouteNamespace
                && assembly.GetTypeByMetadataName(VerbAttributeName) is { } attribute)
            {
                return attribute;
            }
        }

        return compilation.GetTypeByMetadataName(VerbAttributeName);
    }

    /// <summary>The attribute of constraint methods, which stands beside that of routes.</summary>
    public static INamedTypeSymbol? FindConstraintAttribute(INamedTypeSymbol verbAttribute) =>
        verbAttribute.ContainingAssembly.GetTypeByMetadataName(ConstraintAttributeName);

    private static RouteSet Read(Compilation compilation)
    {
        var set = new RouteSet(compilation);
        set.Read(compilation.Assembly.GlobalNamespace);
        set._all.Sort((left, right) => RouteChecks.Compare(left.Route, right.Route));
        set.CheckConstraints();
        set.CheckNames();
        set.CheckMethods(compilation.Assembly);
        set.Conflicts = RouteConflicts.Of(set._all, compilation.Assembly);
        set.CheckLinks();
        set._sound = [.. set._served.Where(set.HasListedTypes)];
        return set;
    }

    /// <summary>The routes of a method; empty for a method without one.</summary>
    public IReadOnlyList<RouteEntry> Of(IMethodSymbol method) =>
        _byMethod.TryGetValue(method, out List<RouteEntry>? entries) ? entries : None;

    /// <summary>
    /// The routes below a class or assembly with a group attribute, those of nested classes included.
    /// </summary>
    public IReadOnlyList<RouteEntry> InGroup(ISymbol owner) =>
        _byGroup.TryGetValue(owner, out List<RouteEntry>? entries) ? entries : None;

    /// <summary>True for a type with routes, its own or those of a type in it.</summary>
    public bool HoldsRoutes(INamedTypeSymbol type) => _holders.Value.Contains(type);

    /// <summary>True for a route that the generator emits.</summary>
    public bool IsServed(RouteEntry entry) => entry.Problems.Count == 0 && Conflicts.Of(entry) is null;

    /// <summary>What generated code makes of several values of a request.</summary>
    public GatheredTypes Gathered => _gathered.Value;

    /// <summary>What conflicts with what, the rows of mounted tables included.</summary>
    public RouteConflicts Conflicts { get; private set; } = RouteConflicts.None;

    /// <summary>How the table compares paths.</summary>
    public TableOptions Options { get; }

    /// <summary>Which routes get no request, or fewer than their templates say.</summary>
    public RouteReach Reach => _reach.Value;

    /// <summary>What is suspicious in routes that are served.</summary>
    public RouteAdvice Advice => _advice.Value;

    /// <summary>What the JSON of the routes looks like.</summary>
    public JsonReach Json => _json.Value;

    /// <summary>Which link makes a literal path.</summary>
    public LinkIndex Links => _links.Value;

    /// <summary>Which literal paths are answered.</summary>
    public AnsweredPaths Paths => _paths.Value;

    /// <summary>The routes that the generator emits, but for types that no JSON context lists; sorted.</summary>
    public IReadOnlyList<RouteEntry> Served => _served;

    /// <summary>The first of all routes, where what is wrong with the project is shown; null for none.</summary>
    public RouteEntry? First => _all.Count == 0 ? null : _all[0];

    /// <summary>True where routes are served, own or mounted ones.</summary>
    public bool HasRoutes => _served.Count > 0 || Conflicts.Mounts.Count > 0;

    /// <summary>True for a route that is served and whose JSON types are all listed in a context.</summary>
    /// <remarks>Five rules ask it of every route.</remarks>
    public bool IsSound(RouteEntry entry) => _sound.Contains(entry);

    /// <summary>The users' constraints.</summary>
    public ConstraintNames Constraints => _constraintNames;

    /// <summary>The commands of classes.</summary>
    public CommandSet Commands { get; }

    /// <summary>What is wrong with a constraint method; null where nothing is.</summary>
    public Problem? ConstraintProblemOf(IMethodSymbol method) =>
        _constraintProblems.TryGetValue(method, out Problem? problem) ? problem : null;

    /// <summary>The name that a problem's text was probably meant to be; null where none is near enough.</summary>
    public string? SuggestionFor(RouteEntry entry, Problem problem)
    {
        if (problem.Id != "WM1008")
            return null;
        Constraint? unknown = entry.Template.Captures
            .SelectMany(capture => capture.Constraints)
            .FirstOrDefault(constraint => constraint.Start == problem.Start && constraint.Length == problem.Length);
        return unknown is null ? null : _constraintNames.ClosestAlone(unknown.Argument);
    }

    /// <summary>True where a context lists the type, given as the models name it.</summary>
    public bool IsSerializable(string type) => _serializableTypes.Contains(type);

    /// <summary>Why a route has no link; null where it has one, or is not served at all.</summary>
    public string? LinkProblemOf(RouteEntry entry) =>
        _linkProblems.TryGetValue(entry, out string? problem) ? problem : null;

    /// <summary>True where nothing is wrong with any of a method's routes, so that advice is worth giving.</summary>
    public bool AreSound(IReadOnlyList<RouteEntry> entries) => entries.All(IsSound);

    /// <summary>True for a type, or the definition of a generic one, that lies in the body of a route.</summary>
    public bool IsRead(INamedTypeSymbol type) => _readTypes.Value.Contains(DefinitionOf(TypeNames.Qualified(type)));

    /// <summary>The bodies of the routes and all that validation looks at below them.</summary>
    private HashSet<string> FindReadTypes()
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        ILookup<string, TypeShape> shapes = _shapes.ToLookup(shape => shape.Type, StringComparer.Ordinal);
        var pending = new Queue<string>(_all
            .SelectMany(entry => entry.Route.Handler.Parameters)
            .SelectMany(parameter => parameter.Leaves)
            .Where(leaf => leaf is { Source: ParameterSource.Body, Body: BodyKind.Json })
            .Select(leaf => leaf.TypeName.TrimEnd('?')));
        var seen = new HashSet<string>(pending, StringComparer.Ordinal);
        while (pending.Count > 0)
        {
            string type = pending.Dequeue();
            read.Add(DefinitionOf(type));
            foreach (string next in shapes[type].SelectMany(shape => shape.ValidatedTypes()).Where(seen.Add))
                pending.Enqueue(next);
        }

        return read;
    }

    private HashSet<ISymbol> FindHolders()
    {
        var holders = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (RouteEntry entry in _all)
        {
            for (INamedTypeSymbol? type = entry.Method.ContainingType; type is not null; type = type.ContainingType)
                holders.Add(type);
        }

        return holders;
    }

    private bool HasListedTypes(RouteEntry entry) =>
        RouteChecks.JsonTypesOf(entry.Route.Handler).All(IsSerializable);

    private static string DefinitionOf(string type)
    {
        int arguments = type.IndexOf('<');
        return arguments < 0 ? type : type.Substring(0, arguments);
    }

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
        if (JsonContextReader.Read(type) is not { } context)
            return;
        _serializableTypes.UnionWith(context.SerializableTypes);
        _shapes.AddRange(context.Shapes);
    }

    private void ReadMethod(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ConstraintAttribute" } type
                && TypeNames.IsIn(type, KnownNames.RouteNamespace)
                && ConstraintReader.Read(method, attribute) is { } constraint)
            {
                _constraints.Add((method, constraint));
            }
        }

        foreach ((AttributeData attribute, RouteModel route) in RouteReader.ReadAll(method))
        {
            var entry = new RouteEntry(method, attribute, route);
            _all.Add(entry);
            Add(_byMethod, method, entry);
            foreach ((ISymbol owner, _) in entry.Groups)
                Add(_byGroup, owner, entry);
        }
    }

    private void CheckConstraints()
    {
        // As the generator sorts them: of two with one name, the first one stays.
        List<(IMethodSymbol Method, UserConstraint Constraint)> sorted = _constraints
            .OrderBy(pair => pair.Constraint.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Constraint.Method, StringComparer.Ordinal)
            .ToList();
        _constraintNames = new ConstraintNames(sorted.ConvertAll(pair => pair.Constraint));
        foreach ((IMethodSymbol method, UserConstraint constraint) in sorted)
        {
            if (_constraintNames.ProblemOf(constraint) is { } problem)
                _constraintProblems[method] = problem;
        }

        foreach (RouteEntry entry in _all)
            entry.Problems.AddRange(_constraintNames.FindUnknown(entry.Template));
    }

    private void CheckMethods(IAssemblySymbol assembly)
    {
        HashSet<string> excess = VerbToken.FindExcess(_all.Select(entry => entry.Route.Verb).Concat(
            MountReader.ReadAll(assembly).SelectMany(pair => pair.Mount.Routes).Select(row => row.Verb)));
        foreach (RouteEntry entry in _all.FindAll(entry => excess.Contains(entry.Route.Verb)))
            entry.Problems.Add(VerbToken.Excess(entry.Route.Verb));
    }

    /// <summary>Only routes that are served have links.</summary>
    private void CheckLinks()
    {
        _served = _all.FindAll(IsServed);
        foreach ((int route, int first) in LinkPlan.Of(_served.ConvertAll(entry => entry.Route)).Dropped)
        {
            _linkProblems[_served[route]] = LinkPlan.Explain(
                ConflictText.Of(_served[route].Route), ConflictText.Of(_served[first].Route));
        }
    }

    private void CheckNames()
    {
        List<List<Problem>> problems = _all.ConvertAll(_ => new List<Problem>());
        NameChecks.Add(_all.ConvertAll(entry => entry.Route), problems);
        for (int index = 0; index < _all.Count; index++)
            _all[index].Problems.AddRange(problems[index]);
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
