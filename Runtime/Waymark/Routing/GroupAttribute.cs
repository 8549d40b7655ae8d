using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>
/// Puts a prefix before the templates of all routes in a class and in the classes nested in it, or in the assembly.
/// </summary>
/// <remarks>
/// The prefix of the assembly comes first, then those of nested classes from the outside in. A prefix may hold
/// parameters, which the handlers below take like any other. A route template of <c>/</c> inside a group is the group's
/// own path: <c>[Group("/users")]</c> with <c>[Get("/")]</c> answers <c>/users</c>, not <c>/users/</c>.
/// </remarks>
/// <param name="prefix">The prefix, such as <c>/users</c>; starts with <c>/</c> and does not end with it.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly, AllowMultiple = false,
    Inherited = false)]
public sealed class GroupAttribute([StringSyntax("WaymarkRoute")] string prefix) : Attribute
{
    /// <summary>The prefix as it was written.</summary>
    public string Prefix { get; } = prefix;
}
