using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>The routes of an exported table, for the build of a host that mounts it.</summary>
/// <remarks>Written by generated code; not meant for direct use.</remarks>
/// <param name="version">The version of this form: 1. A host built with an older generator refuses a newer one.</param>
/// <param name="rows">For each route, in the order of its number: method, template, handler, name or "", rank.</param>
/// <param name="constraints">The names of the constraints in the generated class.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class RouteManifestAttribute(int version, string[] rows, string[] constraints) : Attribute
{
    /// <summary>The version of this form.</summary>
    public int Version { get; } = version;

    /// <summary>Five texts for each route.</summary>
    public IReadOnlyList<string> Rows { get; } = rows;

    /// <summary>The names of the constraints in the generated class.</summary>
    public IReadOnlyList<string> Constraints { get; } = constraints;
}
