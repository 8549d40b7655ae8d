using Waymark.Routing;

namespace Waymark;

/// <summary>Opens a route: what is required of users further out does not hold for it.</summary>
/// <remarks>
/// Takes off every <see cref="RequirementAttribute"/> that stands around it: on the class of a method, on the classes
/// around a class, on the assembly, and before it on the same method or class. What stands further in holds: in an open
/// class a method may require a user again. It does not take off what the whole server demands before any route is
/// known (<see cref="Authentication.Required"/>).
/// </remarks>
/// <example><code>[Get("/login"), AllowAnonymous] …</code></example>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class AllowAnonymousAttribute : MiddlewareAttribute, IAccessRule
{
    bool IAccessRule.Opens => true;

    /// <inheritdoc/>
    public override Handler Wrap(Handler next, ServerContext server) => next;
}
