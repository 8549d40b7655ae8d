namespace Waymark.Generator.Model;

/// <summary>All that the table's file depends on; bodies, types and parameters of the handlers are not in it.</summary>
/// <param name="Routes">Sorted by template, then verb; the index is the route's number.</param>
internal sealed record TableModel(EquatableArray<TableRoute> Routes);

/// <summary>One row of the table.</summary>
/// <param name="Verb">GET, HEAD, POST, PUT, DELETE, PATCH or OPTIONS.</param>
/// <param name="Template">The whole template.</param>
/// <param name="Thunk">The method of the generated class that binds and calls the handler.</param>
/// <param name="Handler">The handler for people: <c>Users.Find</c>.</param>
internal sealed record TableRoute(string Verb, string Template, string Thunk, string Handler);

/// <summary>All that one handler class' file depends on.</summary>
/// <param name="HintName">The file: <c>Shop.Users.g.cs</c>.</param>
/// <param name="JsonClass">The nested class that holds the JSON metadata; "" where none is used.</param>
/// <param name="JsonTypes">The JSON metadata, sorted by field name.</param>
/// <param name="Thunks">Sorted by name.</param>
internal sealed record HandlerClassModel(
    string HintName, string JsonClass, EquatableArray<JsonTypeModel> JsonTypes, EquatableArray<ThunkModel> Thunks);

/// <summary>One thunk: what binds a handler's parameters as some templates name them, calls it and writes its
/// result.</summary>
/// <param name="Name">The method: <c>Users_Find</c>.</param>
/// <param name="Handler">The method that it calls.</param>
/// <param name="Routes">The routes that lead here, as <c>GET /users/:id</c>; sorted.</param>
internal sealed record ThunkModel(string Name, HandlerModel Handler, EquatableArray<string> Routes);

/// <summary>The metadata of one JSON type.</summary>
/// <param name="Field">The field that holds it: <c>User</c>.</param>
/// <param name="Type">The type, qualified.</param>
/// <param name="Context">The user's context that lists it, qualified.</param>
internal sealed record JsonTypeModel(string Field, string Type, string Context);

/// <summary>A problem with the route it belongs to, for an <c>#error</c>.</summary>
internal sealed record RouteProblem(string Template, string Handler, Problem Problem);
