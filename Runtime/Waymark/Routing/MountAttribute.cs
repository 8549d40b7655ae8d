using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Takes the routes of another assembly into this one's table, behind a prefix.</summary>
/// <remarks>
/// The two tables become one tree at build time: nothing is looked up twice, and a conflict between assemblies fails
/// the build (WM5010). The options of this assembly hold for the mounted routes as well; what they mount comes with
/// them.
/// </remarks>
/// <example><code>[assembly: Mount&lt;Billing.Routes&gt;("/billing")]</code></example>
/// <typeparam name="T">
/// The generated class of an assembly with <see cref="ExportRoutesAttribute"/> (WM5009 for any other).
/// </typeparam>
/// <param name="prefix">Stands before every template; literal text such as <c>/billing</c>, or <c>/</c>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class MountAttribute<T>([StringSyntax("WaymarkRoute")] string prefix) : Attribute
{
    /// <summary>The prefix as it was written.</summary>
    public string Prefix { get; } = prefix;
}
