namespace Waymark;

/// <summary>Makes the route table of this assembly public, so that another assembly can mount it.</summary>
/// <remarks>
/// The generated class is then <c>public sealed class Routes</c> in a namespace, and carries its routes as metadata,
/// from which the host merges and proves them when it is built. Handlers, their parameter types and constraint methods
/// stay internal. Without this attribute the class is internal and in no namespace; where one assembly sees the
/// internals of another (<c>InternalsVisibleTo</c>) and both have routes, the compiler then warns of two classes
/// <c>Routes</c> (CS0436) until one of them is exported under a namespace.
/// </remarks>
/// <example><code>[assembly: ExportRoutes]</code></example>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = false)]
public sealed class ExportRoutesAttribute : Attribute
{
    /// <summary>
    /// The namespace of the generated class; null, the default, for the project's root namespace, "" for the global
    /// one.
    /// </summary>
    public string? Namespace { get; set; }
}
