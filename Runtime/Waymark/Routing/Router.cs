using System.Runtime.CompilerServices;
using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Routing;

/// <summary>
/// The innermost handler: matches the path and calls the route, or answers 404, 405, 501, 308 and OPTIONS.
/// </summary>
/// <remarks>
/// HEAD needs nothing here: the generated matcher leads it to the GET route, and the writer drops the body.
/// </remarks>
internal sealed class Router
{
    private readonly RouteTable _table;
    private readonly AllowValues _allow;
    private readonly byte[][] _customMethods;

    // By the number of the route; null without middleware around it, or around any.
    private readonly Handler?[]? _handlers;

    /// <param name="table">The routes.</param>
    /// <param name="server">The server; null only for a table whose routes have no middleware.</param>
    public Router(RouteTable table, ServerContext? server = null)
    {
        _table = table;
        if (table.Middleware is { } middleware)
        {
            ArgumentNullException.ThrowIfNull(server);
            _handlers = middleware.Compose(InvokeInnermostAsync, server);
        }

        _allow = new AllowValues(table);
        _customMethods = new byte[table.CustomMethods.Count][];
        for (int index = 0; index < _customMethods.Length; index++)
            _customMethods[index] = Encoding.ASCII.GetBytes(table.CustomMethods[index]);
    }

    /// <summary>Answers the exchange.</summary>
    public ValueTask HandleAsync(Exchange exchange)
    {
        Request request = exchange.Request;
        Verbs verb = request.Verb == Verbs.None ? CustomVerbOf(request.MethodBytes) : request.Verb;
        int route = _table.Match(request.MatchPath, verb, ref exchange.Match);
        exchange.Route = route;
        if (request.Body.Length != 0 && !TryLimitBody(route, exchange))
            return ValueTask.CompletedTask;
        if (route < 0)
            return Miss(exchange, verb);
        return StartAsync(route, exchange);
    }

    private ValueTask StartAsync(int route, Exchange exchange)
    {
        exchange.Route = route;
        return exchange.Turns is { } turns && turns.MustHop(route)
            ? InvokeOnPoolAsync(route, exchange)
            : InvokeAsync(route, exchange);
    }

    private ValueTask InvokeAsync(int route, Exchange exchange) =>
        _handlers is { } handlers && handlers[route] is { } handler
            ? handler(exchange)
            : _table.InvokeAsync(route, exchange);

    /// <summary>What the middleware of a route stands around.</summary>
    private ValueTask InvokeInnermostAsync(Exchange exchange)
    {
        if (exchange.PreflightAllow == Verbs.None)
            return _table.InvokeAsync(exchange.Route, exchange);
        AnswerOptions(exchange.Response, exchange.PreflightAllow);
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask InvokeOnPoolAsync(int route, Exchange exchange)
    {
        exchange.Owner?.NoteHop(route);
        await Task.Yield();
        await InvokeAsync(route, exchange).ConfigureAwait(false);
    }

    /// <summary>Gives the body the limit of its route; false where its declared length is refused.</summary>
    private bool TryLimitBody(int route, Exchange exchange)
    {
        RequestBody body = exchange.Request.Body;
        if (route >= 0 && _table.BodyBytesMaxOf(route) is >= 0 and long bytesMax)
            body.BytesMax = bytesMax;
        if (!body.IsTooLarge)
            return true;
        ProblemWriter.Write(exchange.Response, 413, Refusals.DetailOf(RequestRejection.BodyTooLarge));
        return false;
    }

    private Verbs CustomVerbOf(ReadOnlySpan<byte> method)
    {
        for (int index = 0; index < _customMethods.Length; index++)
        {
            if (method.SequenceEqual(_customMethods[index]))
                return (Verbs)((int)Verbs.FirstCustom << index);
        }

        return Verbs.Unknown;
    }

    private ValueTask Miss(Exchange exchange, Verbs verb)
    {
        Request request = exchange.Request;
        Verbs allowed = request.IsAsterisk ? _allow.All : exchange.Match.Allow;

        if ((exchange.Match.Redirect & verb) != 0)
            SlashRedirect.Write(exchange);
        // RFC 9110 section 15.6.2: 501 where no resource here knows the method.
        else if (verb == Verbs.Unknown)
            ProblemWriter.Write(exchange.Response, 501, "No route here knows this method.");
        else if (allowed == Verbs.None)
            ProblemWriter.Write(exchange.Response, 404);
        else if (verb == Verbs.Options)
            return AnswerOptionsAsync(exchange, allowed);
        else
            Refuse(exchange.Response, allowed);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// A preflight passes through the middleware of the route that it asks for, so that CORS on a route or group sees
    /// it; every other question is answered at once.
    /// </summary>
    private ValueTask AnswerOptionsAsync(Exchange exchange, Verbs allowed)
    {
        int route = _handlers is null || exchange.Request.IsAsterisk ? RouteTable.NoRoute : MatchPreflight(exchange);
        if (route >= 0 && _handlers![route] is not null)
        {
            exchange.PreflightAllow = allowed;
            return StartAsync(route, exchange);
        }

        AnswerOptions(exchange.Response, allowed);
        return ValueTask.CompletedTask;
    }

    /// <summary>The route that a preflight asks for: fetch standard, section "CORS-preflight fetch".</summary>
    private int MatchPreflight(Exchange exchange)
    {
        Request request = exchange.Request;
        RequestHeaders fields = request.Headers;
        if (!fields.TryGet("Access-Control-Request-Method"u8, out ReadOnlySpan<byte> method)
            || !fields.TryGet("Origin"u8, out _))
        {
            return RouteTable.NoRoute;
        }

        Verbs verb = RequestParser.VerbOf(method);
        return _table.Match(
            request.MatchPath, verb == Verbs.None ? CustomVerbOf(method) : verb, ref exchange.Match);
    }

    // RFC 9110 section 9.3.7
    private void AnswerOptions(Response response, Verbs allowed)
    {
        response.StatusCode = 200;
        response.Headers.AddTrusted("Allow"u8, _allow.Of(allowed));
    }

    // RFC 9110 section 15.5.6: a 405 must carry Allow.
    private void Refuse(Response response, Verbs allowed)
    {
        byte[] value = _allow.Of(allowed);
        response.Headers.AddTrusted("Allow"u8, value);
        ProblemWriter.Write(response, 405, $"This path answers {Encoding.ASCII.GetString(value)}.");
    }
}
