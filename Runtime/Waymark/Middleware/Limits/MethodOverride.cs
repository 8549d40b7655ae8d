using System.Text;
using Waymark.CompilerServices;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>Lets clients that can only POST name another method in a header field.</summary>
/// <remarks>
/// Everything inside of it sees the other method, so it belongs outside of what decides by the method: authentication,
/// CSRF protection and the routes. Only a POST is looked at. A method that is not listed gets 400, never the POST's own
/// handler: the client meant something else.
/// </remarks>
/// <example>
/// <code>
/// server.Use(MethodOverride.From());
/// </code>
/// </example>
public static class MethodOverride
{
    private static readonly string[] Excluded = ["CONNECT", "GET", "HEAD", "OPTIONS", "POST", "TRACE"];

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">Which methods; null for the defaults.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>; not for routes.</returns>
    /// <exception cref="OptionsException">Values cannot be used: all are listed.</exception>
    public static IMiddleware From(MethodOverrideOptions? options = null)
    {
        options ??= new MethodOverrideOptions();
        var problems = new List<string>();
        List<(byte[] Name, Verbs Verb)> methods = [];
        if (options.Methods is null or { Count: 0 })
            problems.Add("MethodOverrideOptions.Methods is empty; name the methods, for example PUT.");
        foreach (string method in options.Methods ?? [])
        {
            if (!IsToken(method))
                problems.Add($"MethodOverrideOptions.Methods holds '{method}'; a method is a name such as PUT.");
            else if (Array.IndexOf(Excluded, method.ToUpperInvariant()) >= 0)
                problems.Add($"MethodOverrideOptions.Methods holds '{method}', which a POST must not stand for.");
            else
                methods.Add((Encoding.ASCII.GetBytes(method), VerbOf(method)));
        }

        if (!IsToken(options.Header))
            problems.Add($"MethodOverrideOptions.Header is '{options.Header}'; it is the name of a field.");
        return problems.Count == 0
            ? new Rewriter(Encoding.ASCII.GetBytes(options.Header), [.. methods])
            : throw new OptionsException(problems);
    }

    private static Verbs VerbOf(string method) => method switch
    {
        "PUT" => Verbs.Put,
        "PATCH" => Verbs.Patch,
        "DELETE" => Verbs.Delete,
        _ => Verbs.None,
    };

    private static bool IsToken(string? text) => !string.IsNullOrEmpty(text) && System.Text.Ascii.IsValid(text)
        && !Encoding.ASCII.GetBytes(text).AsSpan().ContainsAnyExcept(Ascii.Token);

    private sealed class Rewriter(byte[] header, (byte[] Name, Verbs Verb)[] methods) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            if (exchange.Request.Verb == Verbs.Post && !TryRewrite(exchange.Request))
            {
                ProblemWriter.Write(exchange.Response, 400, "This POST must not stand for that method.");
                return ValueTask.CompletedTask;
            }

            return next(exchange);
        };

        /// <summary>Puts the named method in the place of POST; false where it may not stand for it.</summary>
        private bool TryRewrite(Request request)
        {
            (byte[] Name, Verbs Verb)? found = null;
            foreach (HeaderLine line in request.Headers)
            {
                if (!Ascii.EqualsIgnoreCase(line.Name, header))
                    continue;

                // Of two the routes and whoever stands in front might believe another one.
                if (found is not null || (found = Find(line.Value)) is null)
                    return false;
            }

            if (found is { } method)
                request.OverrideMethod(method.Verb, method.Name);
            return true;
        }

        private (byte[] Name, Verbs Verb)? Find(ReadOnlySpan<byte> name)
        {
            foreach ((byte[] Name, Verbs Verb) method in methods)
            {
                if (name.SequenceEqual(method.Name))
                    return method;
            }

            return null;
        }
    }
}
