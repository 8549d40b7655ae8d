using Waymark.CompilerServices;
using Waymark.Middleware;

namespace Waymark;

/// <summary>Puts Cache-Control on answers, by path, content type and status: RFC 9111 section 5.2.</summary>
/// <remarks>
/// On answers to GET and HEAD that have none: what a handler says goes before. Not on errors, unless a rule names their
/// status. An answer that sets a cookie is somebody's own: no rule makes it <c>public</c> or gives it <c>s-maxage</c>.
/// </remarks>
/// <example>
/// <code>
/// server.Use(CacheHeaders.From(new CacheHeadersOptions
/// {
///     Rules = [new CacheRule("public, max-age=31536000, immutable") { Path = "/assets" }],
///     Otherwise = "no-cache",
/// }));
/// </code>
/// </example>
public static class CacheHeaders
{
    /// <summary>Makes the middleware.</summary>
    /// <param name="options">The rules.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values cannot be used: all are listed.</exception>
    public static IMiddleware From(CacheHeadersOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        var rules = new List<PreparedRule>();
        for (int index = 0; index < (options.Rules?.Count ?? 0); index++)
        {
            if (options.Rules![index] is { } rule)
                rules.Add(new PreparedRule(rule, $"CacheHeadersOptions.Rules[{index}]", problems));
            else
                problems.Add($"CacheHeadersOptions.Rules[{index}] is null.");
        }

        if (options.Otherwise is { } otherwise)
            rules.Add(new PreparedRule(new CacheRule(otherwise), "CacheHeadersOptions.Otherwise", problems));
        if (rules.Count == 0 && problems.Count == 0)
            problems.Add("CacheHeadersOptions has no Rules and no Otherwise; it would do nothing.");
        return problems.Count == 0 ? new Setter([.. rules]) : throw new OptionsException(problems);
    }

    private sealed class Setter(PreparedRule[] rules) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server)
        {
            Action<Exchange> starting = SetField;
            return exchange =>
            {
                if (exchange.Request.Verb is Verbs.Get or Verbs.Head)
                    exchange.OnStarting(starting);
                return next(exchange);
            };
        }

        private void SetField(Exchange exchange)
        {
            Response response = exchange.Response;
            if (response.Headers.Contains("Cache-Control"u8))
                return;
            foreach (PreparedRule rule in rules)
            {
                if (!rule.Fits(exchange.Request.MatchPath, response))
                    continue;
                if (!rule.IsShared || !response.Headers.Contains("Set-Cookie"u8))
                    response.Headers.AddTrusted("Cache-Control"u8, rule.Value);
                return;
            }
        }
    }
}
