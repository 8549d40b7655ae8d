using Waymark.Generator.Templates;

namespace Waymark.Generator.Model;

/// <summary>What the assembly says beside its routes.</summary>
/// <param name="Options">How paths are compared.</param>
/// <param name="JsonContexts">The JSON contexts, sorted by name.</param>
/// <param name="Constraints">The constraint methods, sorted by name and method; unusable ones included.</param>
/// <param name="Mounts">The mounted tables, sorted by prefix and table; unusable ones included.</param>
/// <param name="Middleware">What the assembly puts around every route, the outermost first.</param>
/// <param name="Export">How the table is shown to other assemblies; null where it is not.</param>
internal sealed record TableSetup(
    TableOptions Options,
    EquatableArray<JsonContextModel> JsonContexts,
    EquatableArray<UserConstraint> Constraints,
    EquatableArray<MountModel> Mounts,
    EquatableArray<MiddlewareModel> Middleware,
    ExportModel? Export)
{
    /// <summary>The same without what JSON types look like.</summary>
    public TableSetup WithoutShapes() => this with
    {
        JsonContexts = JsonContexts
            .Select(context => context with { Shapes = EquatableArray<TypeShape>.Empty })
            .ToEquatableArray(),
    };
}

/// <summary>What the attributes of the assembly itself say.</summary>
/// <param name="Options">How paths are compared.</param>
/// <param name="IsExported">True where the table is shown to other assemblies.</param>
/// <param name="ExportedNamespace">Where it then lives; null for the project's root namespace.</param>
/// <param name="Mounts">The mounted tables, sorted by prefix and table.</param>
/// <param name="Middleware">What stands around every route, the outermost first.</param>
internal sealed record AssemblyAttributes(
    TableOptions Options,
    bool IsExported,
    string? ExportedNamespace,
    EquatableArray<MountModel> Mounts,
    EquatableArray<MiddlewareModel> Middleware);

/// <summary>A method with <c>[Constraint]</c>.</summary>
/// <param name="Name">Its name in templates.</param>
/// <param name="Method">The method, qualified, without <c>global::</c>.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
internal sealed record UserConstraint(string Name, string Method, Problem? Problem);

/// <summary>One <c>[assembly: Mount&lt;T&gt;]</c>.</summary>
/// <param name="Table">The mounted table's class, qualified, without <c>global::</c>.</param>
/// <param name="Prefix">What stands before its templates.</param>
/// <param name="Routes">Its rows; the index is the route's number in that table.</param>
/// <param name="Problem">Why it cannot be mounted; null where it can.</param>
/// <param name="HasMiddleware">True where routes of it have middleware, which the host puts around them.</param>
internal sealed record MountModel(
    string Table,
    string Prefix,
    EquatableArray<MountedRoute> Routes,
    Problem? Problem,
    bool HasMiddleware = false);

/// <summary>One row of a mounted table.</summary>
/// <param name="Verb">A method token, or <c>*</c> for every method.</param>
/// <param name="Template">The whole template in that table.</param>
/// <param name="Handler">The handler for people: <c>Users.Find</c>.</param>
/// <param name="Name">Its name for links; null where it has none.</param>
/// <param name="Rank">What decides between routes of which neither is more specific.</param>
/// <param name="Scope">
/// The table that defines the constraints of the template, which that table may have mounted itself; never "".
/// </param>
internal sealed record MountedRoute(
    string Verb, string Template, string Handler, string? Name, int Rank, string Scope);

/// <summary>The <c>[assembly: ExportRoutes]</c>.</summary>
/// <param name="Namespace">Where the generated class lives; "" for the global namespace.</param>
internal sealed record ExportModel(string Namespace);
