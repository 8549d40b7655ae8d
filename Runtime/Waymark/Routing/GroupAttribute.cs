using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Puts a prefix before the templates of all routes in a class and in the classes nested in it.</summary>
/// <remarks>
/// Groups of nested classes are joined from the outside in. A route template of <c>/</c> inside a group is the group's
/// own path: <c>[Group("/users")]</c> with <c>[Get("/")]</c> answers <c>/users</c>, not <c>/users/</c>.
/// </remarks>
/// <param name="prefix">The prefix, such as <c>/users</c>; starts with <c>/</c> and does not end with it.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class GroupAttribute([StringSyntax("WaymarkRoute")] string prefix) : Attribute
{
    /// <summary>The prefix as it was written.</summary>
    public string Prefix { get; } = prefix;
}
