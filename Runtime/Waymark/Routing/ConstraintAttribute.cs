namespace Waymark;

/// <summary>Makes a method usable as a constraint in templates: <c>:code&lt;sku&gt;</c>.</summary>
/// <remarks>
/// The method is <c>static bool</c>, accessible to the assembly, and takes one <c>ReadOnlySpan&lt;byte&gt;</c>: the
/// value percent-decoded, as UTF-8, never empty. It decides whether the route matches at all, so it must be fast, must
/// not throw, and must answer the same for the same value. Nothing is known of its language at build time: where
/// another constrained parameter stands in its place, a <see cref="VerbAttribute.Rank"/> has to decide.
/// </remarks>
/// <example>
/// <code>[Constraint("sku")] internal static bool IsSku(ReadOnlySpan&lt;byte&gt; value) => value.Length == 8;</code>
/// </example>
/// <param name="name">The name in templates: a C# identifier that is not a built-in constraint.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class ConstraintAttribute(string name) : Attribute
{
    /// <summary>The name in templates.</summary>
    public string Name { get; } = name;
}
