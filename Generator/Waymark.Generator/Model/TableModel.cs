using Waymark.Generator.Templates;

namespace Waymark.Generator.Model;

/// <summary>All that the table's file depends on; bodies, types and parameters of the handlers are not in it.</summary>
/// <param name="Routes">Sorted by template, then verb; the index is the route's number.</param>
/// <param name="Options">How paths are compared.</param>
/// <param name="Constraints">The users' constraints that templates name, and what answers them; sorted.</param>
/// <param name="Export">How the table is shown to other assemblies; null where it is not.</param>
/// <param name="IsChecked">True for a matcher that reads through bounds-checked spans.</param>
/// <param name="HasMounts">True where the assembly mounts tables, however empty or wrong they are.</param>
/// <param name="ExportsMiddleware">True where the table is exported and routes of it have middleware.</param>
/// <param name="Mounts">The tables that are mounted, each once; sorted.</param>
/// <param name="Services">The services that handlers cannot do without, each once; sorted.</param>
internal sealed record TableModel(
    EquatableArray<TableRoute> Routes,
    TableOptions Options,
    EquatableArray<ConstraintCall> Constraints,
    ExportModel? Export,
    bool IsChecked,
    bool HasMounts,
    bool ExportsMiddleware,
    EquatableArray<MountedTable> Mounts,
    EquatableArray<ServiceModel> Services)
{
    /// <summary>Whether there is a table at all: an empty one where another assembly or a server names it.</summary>
    public bool IsEmitted => Routes.Count > 0 || Export is not null || HasMounts;
}

/// <summary>A service that a handler cannot do without.</summary>
/// <param name="Type">Its type, qualified.</param>
/// <param name="Route">The first route that needs it, as <c>GET /users/:id</c>.</param>
internal sealed record ServiceModel(string Type, string Route);

/// <summary>What reads the users' own types from text.</summary>
/// <param name="Namespace">Where the generated class lives; "" for the global namespace.</param>
/// <param name="Values">The types, each once; sorted.</param>
internal sealed record ParserSetModel(string Namespace, EquatableArray<ValueModel> Values);

/// <summary>A table that routes are mounted from.</summary>
/// <param name="Table">Its class, qualified.</param>
/// <param name="Fingerprint">Of its routes as this build knows them.</param>
/// <param name="HasMiddleware">True where it has middleware of its own.</param>
internal sealed record MountedTable(string Table, ulong Fingerprint, bool HasMiddleware);

/// <summary>One row of the table.</summary>
/// <param name="Verb">A method token, or <c>*</c> for every method.</param>
/// <param name="Template">The whole template.</param>
/// <param name="Thunk">
/// The method of the generated class that binds and calls the handler; "" for a route of a mounted table.
/// </param>
/// <param name="Handler">The handler for people: <c>Users.Find</c>.</param>
/// <param name="Name">Its name for links; null where it has none.</param>
/// <param name="Rank">What decides between routes of which neither is more specific.</param>
/// <param name="MountedTable">
/// The table of the assembly that wrote the route, qualified: its constraints are those of the template. "" for this
/// assembly.
/// </param>
/// <param name="CalledTable">
/// The table that is mounted here and calls the route; another one where a mounted table mounts tables itself.
/// </param>
/// <param name="CalledNumber">The route's number in the table that is called.</param>
/// <param name="BodyBytesMax">The largest body in bytes; null where the server's limit holds.</param>
internal sealed record TableRoute(
    string Verb,
    string Template,
    string Thunk,
    string Handler,
    string? Name = null,
    int Rank = 0,
    string MountedTable = "",
    string CalledTable = "",
    int CalledNumber = 0,
    long? BodyBytesMax = null);

/// <summary>A user's constraint and what answers it.</summary>
/// <param name="Text">As the parsed templates name it.</param>
/// <param name="Type">The struct of this table that answers it, where it has one: <c>Is_sku</c>.</param>
/// <param name="Method">The method, qualified; "" where a mounted table has the struct.</param>
/// <param name="MountedTable">The mounted table that has the struct; "" for one of this assembly.</param>
/// <param name="MountedType">The struct there; "" for one of this assembly.</param>
internal sealed record ConstraintCall(
    string Text, string Type, string Method, string MountedTable, string MountedType);

/// <summary>All that one handler class' file depends on.</summary>
/// <param name="HintName">The file: <c>Shop.Users.g.cs</c>.</param>
/// <param name="Namespace">Where the generated class lives; "" for the global namespace.</param>
/// <param name="JsonClass">The nested class that holds the JSON metadata; "" where none is used.</param>
/// <param name="JsonTypes">The JSON metadata, sorted by field name.</param>
/// <param name="Thunks">Sorted by name.</param>
internal sealed record HandlerClassModel(
    string HintName,
    string Namespace,
    string JsonClass,
    EquatableArray<JsonTypeModel> JsonTypes,
    EquatableArray<ThunkModel> Thunks);

/// <summary>One thunk: what binds a handler's parameters as some templates name them, calls it and writes its
/// result.</summary>
/// <param name="Name">The method: <c>Users_Find</c>.</param>
/// <param name="DataClass">The nested class of what it keeps between requests; "" where it keeps nothing.</param>
/// <param name="Handler">The method that it calls.</param>
/// <param name="Routes">The routes that lead here, as <c>GET /users/:id</c>; sorted.</param>
internal sealed record ThunkModel(
    string Name, string DataClass, HandlerModel Handler, EquatableArray<string> Routes);

/// <summary>The metadata of one JSON type.</summary>
/// <param name="Field">The field that holds it: <c>User</c>.</param>
/// <param name="Type">The type, qualified.</param>
/// <param name="Context">The user's context that lists it, qualified.</param>
/// <param name="Validator">What validates it as a body; "" where nothing is to be checked.</param>
internal sealed record JsonTypeModel(string Field, string Type, string Context, string Validator);

/// <summary>A problem with the route it belongs to, for an <c>#error</c>.</summary>
internal sealed record RouteProblem(string Template, string Handler, Problem Problem);
