using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Planning;

/// <summary>The names of everything emitted, and what goes into which file.</summary>
/// <param name="Classes">One for each handler class, sorted by name.</param>
/// <param name="Table">The rows of the table.</param>
/// <param name="Middleware">What attributes put around the routes.</param>
/// <param name="Parsers">What reads the users' own types from text.</param>
/// <param name="Links">The links to the assembly's own routes: one for each outermost handler class.</param>
/// <param name="Failure">Why there is no plan; null where there is one.</param>
internal sealed record RoutePlan(
    EquatableArray<HandlerClassModel> Classes,
    TableModel Table,
    MiddlewareFileModel Middleware,
    ParserSetModel Parsers,
    EquatableArray<LinkFileModel> Links,
    RouteProblem? Failure = null)
{
    /// <summary>Files that belong to the table itself.</summary>
    private static readonly string[] ReservedHints =
    [
        HintNames.Routes, HintNames.Middleware, HintNames.Parsers, HintNames.Validators, HintNames.Links,
        HintNames.OpenApi, HintNames.Problems, HintNames.Failure,
    ];

    /// <summary>Names everything.</summary>
    /// <remarks>
    /// Names are given in ordinal order of class, method and first route, never in the order of the files. A name
    /// depends on other classes only where two collide, so an edit elsewhere leaves a class' model as it was.
    /// </remarks>
    public static RoutePlan Of(
        EmittableModel emittable, TableSetup setup, EquatableArray<ValidatedBody> validated, bool isChecked)
    {
        var hints = new NameSet(StringComparer.OrdinalIgnoreCase, ReservedHints);
        // The class' other members have no underscore, which every name given here has.
        var members = new NameSet(StringComparer.Ordinal, []);
        Dictionary<string, string> contextOf = ContextsByType(setup.JsonContexts);
        Dictionary<string, string> validatorOf =
            validated.ToDictionary(body => body.Type, body => body.Method, StringComparer.Ordinal);
        var thunkOf = new Dictionary<HandlerModel, string>();
        var classes = new List<HandlerClassModel>();
        foreach (IGrouping<string, RouteModel> group in emittable.Routes
            .GroupBy(route => route.Handler.QualifiedTypeName, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string prefix = group.Key.Replace("@", "").Replace('.', '_');
            EquatableArray<ThunkModel> thunks = NameThunks(prefix, group, members, thunkOf);
            string jsonClass = thunks.Any(thunk => RouteChecks.JsonTypesOf(thunk.Handler).Any())
                ? members.Take(prefix + "_Json")
                : "";
            EquatableArray<JsonTypeModel> types = NameJsonTypes(thunks, jsonClass, contextOf, validatorOf);
            string hint = HintNames.WithEnding(hints.Take(HintNames.Safe(group.Key)));
            classes.Add(new HandlerClassModel(hint, setup.Export?.Namespace ?? "", jsonClass, types, thunks));
        }

        List<PlannedRow> planned = TableRows.Of(emittable, thunkOf);
        EquatableArray<TableRoute> rows = planned.Select(row => row.Row).ToEquatableArray();
        MiddlewareFileModel middleware = MiddlewarePlan.Of(planned, setup);
        EquatableArray<ConstraintCall> constraints = ConstraintCalls.Of(rows, setup);
        EquatableArray<MountedTable> mounts = MountedTables.Of(setup.Mounts);
        bool hasMounts = setup.Mounts.Count > 0;
        var table = new TableModel(
            rows, setup.Options, constraints, setup.Export, isChecked, hasMounts,
            setup.Export is not null && middleware.IsEmitted, mounts, ServicesOf(emittable.Routes));
        EquatableArray<ValueModel> parsers = ParserNames.Needed(emittable.Routes.Select(route => route.Handler));
        return new RoutePlan(
            classes.ToEquatableArray(),
            table,
            middleware,
            new ParserSetModel(setup.Export?.Namespace ?? "", parsers),
            LinkFilesOf(emittable, setup, constraints, hints));
    }

    private static EquatableArray<LinkFileModel> LinkFilesOf(
        EmittableModel emittable, TableSetup setup, EquatableArray<ConstraintCall> constraints, NameSet hints) =>
        LinkPlan.Of(emittable.Routes).Root.Classes
            .Select(links => new LinkFileModel(
                HintNames.WithEnding(hints.Take(HintNames.Links + "." + HintNames.Safe(links.Name))),
                setup.Export?.Namespace ?? "",
                setup.Export is not null,
                setup.Options,
                links,
                constraints))
            .ToEquatableArray();

    /// <summary>Each service once, with the first route that needs it.</summary>
    private static EquatableArray<ServiceModel> ServicesOf(EquatableArray<RouteModel> routes) => routes
        .SelectMany(route => route.Handler.Leaves
            .Where(leaf => leaf is { Source: ParameterSource.Service, IsOptional: false })
            .Select(leaf => new ServiceModel(leaf.TypeName, route.Verb + " " + route.Template)))
        .GroupBy(service => service.Type, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.First())
        .ToEquatableArray();

    /// <summary>Nothing but a failure of our own.</summary>
    public static RoutePlan Failed(RouteProblem failure)
    {
        var table = new TableModel(
            EquatableArray<TableRoute>.Empty,
            TableOptions.Default,
            EquatableArray<ConstraintCall>.Empty,
            Export: null,
            IsChecked: false,
            HasMounts: false,
            ExportsMiddleware: false,
            EquatableArray<MountedTable>.Empty,
            EquatableArray<ServiceModel>.Empty);
        var middleware = new MiddlewareFileModel(
            "", EquatableArray<MiddlewarePlace>.Empty, EquatableArray<MountedMiddleware>.Empty);
        var parsers = new ParserSetModel("", EquatableArray<ValueModel>.Empty);
        return new RoutePlan(
            EquatableArray<HandlerClassModel>.Empty, table, middleware, parsers, EquatableArray<LinkFileModel>.Empty,
            failure);
    }

    private static EquatableArray<ThunkModel> NameThunks(
        string prefix, IEnumerable<RouteModel> routes, NameSet members, Dictionary<HandlerModel, string> thunkOf)
    {
        // Equal handlers are bound alike by several templates, so they share a thunk. Groups keep the routes' order.
        var thunks = new List<ThunkModel>();
        foreach (IGrouping<HandlerModel, RouteModel> group in routes
            .GroupBy(route => route.Handler)
            .OrderBy(group => group.Key.MethodName, StringComparer.Ordinal))
        {
            string name = members.Take(prefix + "_" + group.Key.MethodName);
            thunkOf[group.Key] = name;
            IEnumerable<string> served = group.Select(route => route.Verb + " " + route.Template);
            string dataClass = group.Key.KeepsData ? members.Take(name + "_Data") : "";
            thunks.Add(new ThunkModel(name, dataClass, group.Key, served.ToEquatableArray()));
        }

        return thunks.OrderBy(thunk => thunk.Name, StringComparer.Ordinal).ToEquatableArray();
    }

    private static EquatableArray<JsonTypeModel> NameJsonTypes(
        EquatableArray<ThunkModel> thunks,
        string jsonClass,
        Dictionary<string, string> contextOf,
        Dictionary<string, string> validatorOf)
    {
        // A field may neither be called like its class nor hide what every class inherits.
        IEnumerable<string> inherited = typeof(object).GetMethods().Select(method => method.Name);
        var names = new NameSet(StringComparer.Ordinal, [jsonClass, .. inherited]);
        return thunks
            .SelectMany(thunk => RouteChecks.JsonTypesOf(thunk.Handler))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(type => type, StringComparer.Ordinal)
            .Select(type => new JsonTypeModel(
                names.Take(JsonFieldOf(type)),
                type,
                contextOf[type],
                validatorOf.TryGetValue(type.TrimEnd('?'), out string? method) ? method : ""))
            .ToList()
            .ToEquatableArray();
    }

    /// <summary><c>List_User</c> for <c>global::System.Collections.Generic.List&lt;global::Shop.User&gt;</c>.</summary>
    private static string JsonFieldOf(string type)
    {
        string[] names = type.Split('<', ',', '>', '[', ']', '(', ')', '?');
        IEnumerable<string> simple = names
            .Select(name => NameSet.Identifier(name.Substring(name.LastIndexOf('.') + 1)));
        return string.Join("_", simple.Where(name => name.Length > 0));
    }

    private static Dictionary<string, string> ContextsByType(EquatableArray<JsonContextModel> contexts)
    {
        var contextOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonContextModel context in contexts)
        {
            foreach (string type in context.SerializableTypes)
            {
                if (!contextOf.ContainsKey(type))
                    contextOf[type] = context.TypeName;
            }
        }

        return contextOf;
    }
}
