namespace Waymark;

/// <summary>Puts a middleware around a route, around all routes of a class, or around all of the assembly.</summary>
/// <remarks>
/// Generated code makes one instance for each attribute whenever a server starts, and calls
/// <see cref="IMiddleware.Wrap"/> on it once for each route that it stands around. Outermost stands the middleware of
/// the server (<see cref="HttpServer.Use(IMiddleware)"/>), then that of the assembly, of outer classes, of inner
/// classes, and of the method; of several attributes in one place, the one that is written first. A class or an
/// assembly that has them in several files goes through the files in the ordinal order of their paths. The middleware
/// of an assembly stands around the tables that it mounts as well.
/// <para>
/// A middleware with arguments is an attribute itself: see <see cref="MiddlewareAttribute"/>.
/// </para>
/// </remarks>
/// <example><code>[Group("/admin"), Use&lt;Audit&gt;] static class Admin { … }</code></example>
/// <typeparam name="T">
/// The middleware; generated code must be able to name it (WM5001). A constructor that throws keeps the server from
/// starting.
/// </typeparam>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class UseAttribute<T> : Attribute
    where T : IMiddleware, new();
