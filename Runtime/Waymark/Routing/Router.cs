using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark.Routing;

/// <summary>
/// The innermost handler: matches the path and calls the route, or answers 404, 405, 501 and OPTIONS.
/// </summary>
/// <remarks>
/// HEAD needs nothing here: the generated matcher leads it to the GET route, and the writer drops the body.
/// </remarks>
internal sealed class Router
{
    private const int VerbSets = 128;

    private readonly RouteTable _table;
    private readonly byte[][] _allow = new byte[VerbSets][];
    private readonly Verbs _allVerbs;

    public Router(RouteTable table)
    {
        _table = table;
        for (int set = 0; set < VerbSets; set++)
            _allow[set] = FormatAllow((Verbs)set);
        foreach (RouteInfo route in table.Routes)
            _allVerbs |= VerbOf(route.Method);
        _allVerbs = WithImplied(_allVerbs);
    }

    /// <summary>Answers the exchange.</summary>
    public ValueTask HandleAsync(Exchange exchange)
    {
        Request request = exchange.Request;
        int route = _table.Match(request.MatchPath, request.Verb, ref exchange.Match);
        return route >= 0 ? _table.InvokeAsync(route, exchange) : Miss(exchange);
    }

    private ValueTask Miss(Exchange exchange)
    {
        Request request = exchange.Request;
        Verbs allowed = request.IsAsterisk ? _allVerbs : exchange.Match.Allow;

        // RFC 9110 section 15.6.2: 501 where no resource here knows the method.
        if (request.Verb == Verbs.None && !IsTrace(request))
            ProblemDetails.Write(exchange.Response, 501, "No route here knows this method.");
        else if (allowed == Verbs.None)
            ProblemDetails.Write(exchange.Response, 404);
        else if (request.Verb == Verbs.Options)
            AnswerOptions(exchange.Response, allowed);
        else
            Refuse(exchange.Response, allowed);
        return ValueTask.CompletedTask;
    }

    // RFC 9110 section 9.3.7
    private void AnswerOptions(Response response, Verbs allowed)
    {
        response.StatusCode = 200;
        response.Headers.AddTrusted("Allow"u8, _allow[(int)allowed]);
    }

    // RFC 9110 section 15.5.6: a 405 must carry Allow.
    private void Refuse(Response response, Verbs allowed)
    {
        response.Headers.AddTrusted("Allow"u8, _allow[(int)allowed]);
        ProblemDetails.Write(
            response, 405, $"This path answers {Encoding.ASCII.GetString(_allow[(int)allowed])}.");
    }

    /// <summary>TRACE is known and never served, so a path that exists answers it with 405.</summary>
    private static bool IsTrace(Request request) => request.Method == "TRACE";

    private static Verbs WithImplied(Verbs verbs)
    {
        if ((verbs & Verbs.Get) != 0)
            verbs |= Verbs.Head;
        return verbs | Verbs.Options;
    }

    private static Verbs VerbOf(string method) => method switch
    {
        "GET" => Verbs.Get,
        "HEAD" => Verbs.Head,
        "POST" => Verbs.Post,
        "PUT" => Verbs.Put,
        "DELETE" => Verbs.Delete,
        "PATCH" => Verbs.Patch,
        "OPTIONS" => Verbs.Options,
        _ => Verbs.None,
    };

    private static byte[] FormatAllow(Verbs verbs)
    {
        var text = new StringBuilder();
        Append(text, verbs, Verbs.Delete, "DELETE");
        Append(text, verbs, Verbs.Get, "GET");
        Append(text, verbs, Verbs.Head, "HEAD");
        Append(text, verbs, Verbs.Options, "OPTIONS");
        Append(text, verbs, Verbs.Patch, "PATCH");
        Append(text, verbs, Verbs.Post, "POST");
        Append(text, verbs, Verbs.Put, "PUT");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, Verbs verbs, Verbs verb, string name)
    {
        if ((verbs & verb) == 0)
            return;
        if (text.Length > 0)
            text.Append(", ");
        text.Append(name);
    }
}
