namespace Waymark;

/// <summary>
/// A middleware that is an attribute of routes, of classes with routes and of assemblies, with arguments of its own.
/// </summary>
/// <remarks>
/// Generated code makes the attribute as it is written, constructor, arguments and properties, without reflection: one
/// instance for each attribute whenever a server starts, and one call of <see cref="Wrap"/> for each route that it
/// stands around. For the order see <see cref="UseAttribute{T}"/>. An attribute of any other base class that implements
/// <see cref="IMiddleware"/> works alike.
/// </remarks>
/// <example>
/// <code>
/// sealed class RequireHeaderAttribute(string name) : MiddlewareAttribute
/// {
///     public int StatusCode { get; init; } = 400;
///
///     public override Handler Wrap(Handler next, ServerContext server) => exchange =>
///     {
///         if (exchange.Request.Headers[name] is not null)
///             return next(exchange);
///         exchange.Response.StatusCode = StatusCode;
///         return ValueTask.CompletedTask;
///     };
/// }
///
/// [Get("/report"), RequireHeader("X-Tenant", StatusCode = 403)] static string Report() => …;
/// </code>
/// </example>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public abstract class MiddlewareAttribute : Attribute, IMiddleware
{
    /// <inheritdoc/>
    public abstract Handler Wrap(Handler next, ServerContext server);
}
