using System.Globalization;
using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;
using Waymark.Routing;

namespace Waymark.Middleware;

/// <summary>The policy of <see cref="Cors"/>, everything decided.</summary>
internal sealed class CorsMiddleware(CorsOptions options, OriginSet origins) : IMiddleware
{
    private readonly byte[] _methods = Join(options.Methods);
    private readonly byte[] _headers = Join(options.Headers);
    private readonly bool _takesAnyHeader = CorsChecks.IsAny(options.Headers);
    private readonly byte[] _exposed = Join(options.ExposedHeaders);
    private readonly byte[] _maxAge = Encoding.ASCII.GetBytes(
        ((long)options.MaxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture));

    public Handler Wrap(Handler next, ServerContext server)
    {
        RouteTable routes = server.Routes;
        var allow = new AllowValues(routes);
        Action<Exchange> starting = SetFields;
        return exchange =>
        {
            exchange.OnStarting(starting);
            Request request = exchange.Request;

            // A CORS-preflight request has both fields; any other OPTIONS asks what the path answers.
            return request.Verb == Verbs.Options
                && request.Headers.TryGet("Origin"u8, out ReadOnlySpan<byte> origin)
                && request.Headers.TryGet("Access-Control-Request-Method"u8, out ReadOnlySpan<byte> method)
                && TryPreflight(exchange, origin, method, routes, allow)
                ? ValueTask.CompletedTask
                : next(exchange);
        };
    }

    /// <summary>
    /// Says who may read the answer, just before its head is sent: on errors too, so that a page sees what went wrong.
    /// </summary>
    private void SetFields(Exchange exchange)
    {
        if (exchange.IsCorsDecided)
            return;
        exchange.IsCorsDecided = true;
        ResponseHeaders headers = exchange.Response.Headers;
        if (origins.IsAny)
        {
            // The same for everybody, so it does not vary: Fetch standard, CORS protocol and HTTP caches.
            headers.SetTrusted("Access-Control-Allow-Origin"u8, "*"u8);
        }
        else
        {
            VaryField.Add(headers, "Origin"u8);
            if (!exchange.Request.Headers.TryGet("Origin"u8, out ReadOnlySpan<byte> origin)
                || !origins.Contains(origin))
            {
                return;
            }

            headers.SetTrusted("Access-Control-Allow-Origin"u8, origin);
            if (options.AllowsCredentials)
                headers.SetTrusted("Access-Control-Allow-Credentials"u8, "true"u8);
        }

        if (_exposed.Length > 0)
            headers.SetTrusted("Access-Control-Expose-Headers"u8, _exposed);
    }

    /// <summary>Answers a preflight; false where nothing here answers its path.</summary>
    private bool TryPreflight(
        Exchange exchange, ReadOnlySpan<byte> origin, ReadOnlySpan<byte> method, RouteTable routes, AllowValues allow)
    {
        ReadOnlySpan<byte> methods = _methods.Length > 0 ? _methods : MethodsOf(exchange, method, routes, allow);
        if (methods.IsEmpty)
            return false;
        Response response = exchange.Response;
        response.Headers.AddTrusted(
            "Vary"u8, "Access-Control-Request-Method, Access-Control-Request-Headers"u8);
        if (!origins.Contains(origin))
        {
            ProblemWriter.Write(response, 403, "This origin is not allowed here.");
            return true;
        }

        response.StatusCode = 204;
        response.Headers.AddTrusted("Access-Control-Allow-Methods"u8, methods);
        AllowHeaders(exchange);
        response.Headers.AddTrusted("Access-Control-Max-Age"u8, _maxAge);
        if (options.AllowsPrivateNetwork
            && exchange.Request.Headers.TryGet(
                "Access-Control-Request-Private-Network"u8, out ReadOnlySpan<byte> isPrivate)
            && isPrivate.SequenceEqual("true"u8))
        {
            response.Headers.AddTrusted("Access-Control-Allow-Private-Network"u8, "true"u8);
        }

        return true;
    }

    private void AllowHeaders(Exchange exchange)
    {
        ResponseHeaders headers = exchange.Response.Headers;
        if (!_takesAnyHeader)
        {
            if (_headers.Length > 0)
                headers.AddTrusted("Access-Control-Allow-Headers"u8, _headers);
        }
        else if (exchange.Request.Headers.TryGet(
            "Access-Control-Request-Headers"u8, out ReadOnlySpan<byte> asked) && !asked.IsEmpty)
        {
            // What is asked for is echoed: a * would leave Authorization out, and mean nothing with credentials.
            headers.AddTrusted("Access-Control-Allow-Headers"u8, asked);
        }
    }

    /// <summary>What the routes answer for the path; empty where none does.</summary>
    private static ReadOnlySpan<byte> MethodsOf(
        Exchange exchange, ReadOnlySpan<byte> method, RouteTable routes, AllowValues allow)
    {
        // No route names this verb, so the table tells what the path does answer; unless a route takes every method.
        RouteMatch match = default;
        if (routes.Match(exchange.Request.MatchPath, Verbs.Unknown, ref match) != RouteTable.NoRoute)
            return method;
        return match.Allow == Verbs.None ? default : allow.Of(match.Allow);
    }

    private static byte[] Join(IReadOnlyList<string> list) => Encoding.ASCII.GetBytes(string.Join(", ", list));
}
