using System.Net;
using Waymark.Http;
using Waymark.Transport;

namespace Waymark;

/// <summary>Lets requests in by their client's address; others get 403.</summary>
/// <remarks>
/// An address on <see cref="AddressFilterOptions.Denied"/> is refused, whatever else it is on; then one that is not on
/// <see cref="AddressFilterOptions.Allowed"/>, where that names any. A peer without an address is only let in where
/// nothing has to be allowed.
/// </remarks>
/// <example>
/// <code>
/// server.Use(ForwardedHeaders.From("10.0.0.0/8"));
/// server.Use(AddressFilter.Allow("192.0.2.0/24", "2001:db8::/32", "unix"));
/// </code>
/// </example>
public static class AddressFilter
{
    /// <summary>Lets in only who is listed.</summary>
    /// <param name="addresses">As <see cref="AddressFilterOptions.Allowed"/>; at least one.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="OptionsException">Nobody is listed, or entries cannot be read: all are listed.</exception>
    public static IMiddleware Allow(params string[] addresses) =>
        From(new AddressFilterOptions { Allowed = addresses });

    /// <summary>Lets in everybody but who is listed.</summary>
    /// <param name="addresses">As <see cref="AddressFilterOptions.Denied"/>; at least one.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="OptionsException">Nobody is listed, or entries cannot be read: all are listed.</exception>
    public static IMiddleware Deny(params string[] addresses) =>
        From(new AddressFilterOptions { Denied = addresses });

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">Who may come, and who may not.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>; behind ForwardedHeaders.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Nobody is listed, or entries cannot be read: all are listed.</exception>
    public static IMiddleware From(AddressFilterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        TrustedPeers? allowed = Read(options.Allowed, "AddressFilterOptions.Allowed", problems);
        TrustedPeers? denied = Read(options.Denied, "AddressFilterOptions.Denied", problems);
        if (allowed is null && denied is null && problems.Count == 0)
            problems.Add("AddressFilterOptions has neither Allowed nor Denied; it would let everybody in.");
        return problems.Count == 0
            ? new Filter(allowed, denied, options.UsesConnection)
            : throw new OptionsException(problems);
    }

    private static TrustedPeers? Read(IReadOnlyList<string>? entries, string option, List<string> problems) =>
        entries is null or { Count: 0 } ? null : TrustedPeers.Parse(entries, option, problems);

    private sealed class Filter(TrustedPeers? allowed, TrustedPeers? denied, bool usesConnection) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            EndPoint? client = usesConnection ? exchange.Connection.RemoteEndPoint : exchange.Request.RemoteEndPoint;
            if (denied?.Contains(client) != true && allowed?.Contains(client) != false)
                return next(exchange);
            ProblemWriter.Write(exchange.Response, 403, "This address is not let in.");
            return ValueTask.CompletedTask;
        };
    }
}
