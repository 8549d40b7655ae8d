namespace Waymark.Generator.Model;

/// <summary>An attribute that puts a middleware around routes: one instance for each server.</summary>
/// <param name="Owner">What it stands at: the documentation id of a method or type; "" for the assembly.</param>
/// <param name="Index">Which of the middleware attributes there it is, counted from the outermost.</param>
/// <param name="Name">The attribute and its place, for messages: <c>[Use&lt;Audit&gt;] at Admin</c>.</param>
/// <param name="Type">The class that is made, qualified.</param>
/// <param name="Arguments">Of its constructor, as C# source.</param>
/// <param name="Members">Properties and fields that are set, in the order of the source.</param>
/// <param name="Problem">Why generated code cannot make it; null where it can.</param>
internal sealed record MiddlewareModel(
    string Owner,
    int Index,
    string Name,
    string Type,
    EquatableArray<string> Arguments,
    EquatableArray<MemberValue> Members,
    Problem? Problem);

/// <summary>A property or field that an attribute sets.</summary>
/// <param name="Name">Its name, without any <c>@</c>.</param>
/// <param name="Value">A constant as C# source.</param>
internal sealed record MemberValue(string Name, string Value);

/// <summary>All that the file of the middleware depends on.</summary>
/// <param name="Namespace">The namespace of the class Routes; "" for none.</param>
/// <param name="Places">The attributes; of two around one route, the outer one comes first.</param>
/// <param name="Mounts">The mounted tables that have middleware of their own; sorted.</param>
internal sealed record MiddlewareFileModel(
    string Namespace, EquatableArray<MiddlewarePlace> Places, EquatableArray<MountedMiddleware> Mounts)
{
    /// <summary>False where nothing is to be written.</summary>
    public bool IsEmitted => Places.Count > 0 || Mounts.Count > 0;
}

/// <summary>An attribute and the routes that it stands around.</summary>
/// <param name="Middleware">What is made there.</param>
/// <param name="Routes">The numbers of the routes, ascending; at least one.</param>
internal sealed record MiddlewarePlace(MiddlewareModel Middleware, EquatableArray<int> Routes);

/// <summary>A mounted table that has middleware of its own.</summary>
/// <param name="Table">Its class, qualified.</param>
/// <param name="Routes">For each of its routes that is mounted, the number here and then the number there.</param>
internal sealed record MountedMiddleware(string Table, EquatableArray<int> Routes);
