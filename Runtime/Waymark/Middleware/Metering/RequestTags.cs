using Waymark.CompilerServices;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Waymark.Middleware.Metering;

/// <summary>What a request is told by: its tags, and the name of its span.</summary>
internal sealed record RequestOutcome(int Key, Tag[] Tags, string SpanName);

/// <summary>The tags of requests: those of a route are put together once for each way it can end, and kept.</summary>
/// <remarks>
/// A route has a handful of outcomes, so they are looked through one by one; the list is replaced, never changed, so
/// that reading takes no lock. What an exception names is made anew each time: it costs more than that anyway.
/// </remarks>
internal sealed class RequestTags
{
    private const int OutcomesMax = 64;

    // By the number of the bit of the verb; the first is for every method that OpenTelemetry does not know.
    private static readonly string[] Methods =
        ["_OTHER", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"];

    private static readonly Tag[][] Beginnings = MakeBeginnings();

    private readonly string[] _templates;
    private readonly RequestOutcome[][] _outcomes;
    private readonly Lock _lock = new();

    public RequestTags(RouteTable table)
    {
        IReadOnlyList<RouteInfo> routes = table.Routes;
        _templates = new string[routes.Count];
        for (int index = 0; index < _templates.Length; index++)
            _templates[index] = routes[index].Template;
        _outcomes = new RequestOutcome[_templates.Length + 1][];
        Array.Fill(_outcomes, []);
    }

    /// <summary>What is known before the request is handled: the method, and what the connection speaks.</summary>
    public static Tag[] OfBeginning(Request request) =>
        Beginnings[(MethodOf(request) * 2) + (request.ConnectionScheme == "https" ? 1 : 0)];

    /// <summary>The name of a span whose route is not known.</summary>
    public static string NameOf(Request request) => NameOf(MethodOf(request), template: null);

    /// <summary>What is known when the answer has been written.</summary>
    public RequestOutcome OfEnd(Exchange exchange)
    {
        Request request = exchange.Request;
        int method = MethodOf(request);
        int status = exchange.SentStatus;
        int route = exchange.Route < _templates.Length ? exchange.Route : -1;
        if (ErrorOf(exchange, status) is { } error)
            return Make(0, method, route, request, status, error);
        int key = (((((status * 16) + method) * 2) + (request.IsHttp10 ? 1 : 0)) * 2)
            + (request.Scheme == "https" ? 1 : 0);
        foreach (RequestOutcome outcome in Volatile.Read(ref _outcomes[route + 1]))
        {
            if (outcome.Key == key)
                return outcome;
        }

        return Keep(Make(key, method, route, request, status, error: null), route);
    }

    /// <summary>What the answer went wrong by; null where it did not, and where its status tells.</summary>
    private static string? ErrorOf(Exchange exchange, int status)
    {
        if (status < 500 && !exchange.IsCutOff)
            return null;
        return exchange.Failure?.GetType().FullName ?? (exchange.IsCutOff ? "_OTHER" : null);
    }

    private static int MethodOf(Request request) => request.Verb switch
    {
        Verbs.Get => 1,
        Verbs.Head => 2,
        Verbs.Post => 3,
        Verbs.Put => 4,
        Verbs.Delete => 5,
        Verbs.Patch => 6,
        Verbs.Options => 7,
        Verbs.Trace => 8,
        _ => 0,
    };

    // "If the method is not known, HTTP": semantic conventions for HTTP spans.
    private static string NameOf(int method, string? template)
    {
        string name = method == 0 ? "HTTP" : Methods[method];
        return template is null ? name : $"{name} {template}";
    }

    private RequestOutcome Make(int key, int method, int route, Request request, int status, string? error)
    {
        var tags = new List<Tag>(6)
        {
            new("http.request.method", Methods[method]),
            new("url.scheme", request.Scheme),
            new("network.protocol.version", request.IsHttp10 ? "1.0" : "1.1"),
        };
        if (status > 0)
            tags.Add(new Tag("http.response.status_code", status));
        string? template = route < 0 ? null : _templates[route];
        if (template is not null)
            tags.Add(new Tag("http.route", template));
        error ??= status < 500 ? null : status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (error is not null)
            tags.Add(new Tag("error.type", error));
        return new RequestOutcome(key, [.. tags], NameOf(method, template));
    }

    private RequestOutcome Keep(RequestOutcome outcome, int route)
    {
        lock (_lock)
        {
            RequestOutcome[] kept = _outcomes[route + 1];
            if (kept.Length < OutcomesMax)
                Volatile.Write(ref _outcomes[route + 1], [.. kept, outcome]);
        }

        return outcome;
    }

    private static Tag[][] MakeBeginnings()
    {
        var beginnings = new Tag[Methods.Length * 2][];
        for (int index = 0; index < beginnings.Length; index++)
        {
            beginnings[index] =
            [
                new("http.request.method", Methods[index / 2]),
                new("url.scheme", index % 2 == 0 ? "http" : "https"),
            ];
        }

        return beginnings;
    }
}
