using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>The routes of an exported table, for the build of a host that mounts it.</summary>
/// <remarks>Written by generated code; not meant for direct use.</remarks>
/// <param name="version">
/// The version of this form: 1, or 2 for a table whose routes have middleware. A host built with a generator that does
/// not know a version refuses the table.
/// </param>
/// <param name="rows">
/// For each route, in the order of its number: method, template, handler, name or "", rank, and the table that defines
/// the constraints of its template: "" for this one.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class RouteManifestAttribute(int version, string[] rows) : Attribute
{
    /// <summary>The version of this form.</summary>
    public int Version { get; } = version;

    /// <summary>Six texts for each route.</summary>
    public IReadOnlyList<string> Rows { get; } = rows;
}
