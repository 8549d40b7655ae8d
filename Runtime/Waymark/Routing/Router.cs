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

    public Router(RouteTable table)
    {
        _table = table;
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
        return exchange.Turns is { } turns && turns.MustHop(route)
            ? InvokeOnPoolAsync(route, exchange)
            : _table.InvokeAsync(route, exchange);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask InvokeOnPoolAsync(int route, Exchange exchange)
    {
        exchange.Owner?.NoteHop(route);
        await Task.Yield();
        await _table.InvokeAsync(route, exchange).ConfigureAwait(false);
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
            AnswerOptions(exchange.Response, allowed);
        else
            Refuse(exchange.Response, allowed);
        return ValueTask.CompletedTask;
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
