using System.Globalization;
using System.Text;
using Waymark.Http;
using Waymark.Middleware;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>Puts the fields on every answer that tell browsers to be careful.</summary>
/// <remarks>
/// On errors too. A field that a handler has set stays as it is: a page with a policy of its own just sets it.
/// </remarks>
/// <example>
/// <code>
/// server.Use(SecurityHeaders.From());
/// </code>
/// </example>
public static class SecurityHeaders
{
    private static readonly TimeSpan HstsLimit = TimeSpan.FromDays(3650);

    /// <summary>Makes the middleware.</summary>
    /// <param name="options">The fields; null for the defaults.</param>
    /// <returns>The middleware, for <see cref="HttpServer.Use(IMiddleware)"/>; put it far outside.</returns>
    /// <exception cref="OptionsException">Values cannot be sent: all are listed.</exception>
    public static IMiddleware From(SecurityHeadersOptions? options = null)
    {
        options ??= new SecurityHeadersOptions();
        var problems = new List<string>();
        List<(byte[] Name, byte[] Value)> fields = [];
        foreach ((string name, string option, string? value) in ValuesOf(options))
        {
            if (value is null)
                continue;
            if (FieldValue.Encode(value) is { } bytes)
                fields.Add((Encoding.ASCII.GetBytes(name), bytes));
            else
                problems.Add(
                    $"SecurityHeadersOptions.{option} is '{value}'; a value is one line of ASCII without blanks around "
                    + "it, or null.");
        }

        byte[]? hsts = HstsOf(options, problems);
        return problems.Count == 0 ? new Setter([.. fields], hsts) : throw new OptionsException(problems);
    }

    private static (string Name, string Option, string? Value)[] ValuesOf(SecurityHeadersOptions options) =>
    [
        ("X-Content-Type-Options", nameof(options.ContentTypeOptions), options.ContentTypeOptions),
        ("X-Frame-Options", nameof(options.FrameOptions), options.FrameOptions),
        ("Referrer-Policy", nameof(options.ReferrerPolicy), options.ReferrerPolicy),
        ("Content-Security-Policy", nameof(options.ContentSecurityPolicy), options.ContentSecurityPolicy),
        ("Content-Security-Policy-Report-Only", nameof(options.ReportOnlyPolicy), options.ReportOnlyPolicy),
        ("Permissions-Policy", nameof(options.PermissionsPolicy), options.PermissionsPolicy),
        ("Cross-Origin-Opener-Policy", nameof(options.OpenerPolicy), options.OpenerPolicy),
        ("Cross-Origin-Embedder-Policy", nameof(options.EmbedderPolicy), options.EmbedderPolicy),
        ("Cross-Origin-Resource-Policy", nameof(options.ResourcePolicy), options.ResourcePolicy),
        ("X-Permitted-Cross-Domain-Policies", nameof(options.CrossDomainPolicies), options.CrossDomainPolicies),
    ];

    private static byte[]? HstsOf(SecurityHeadersOptions options, List<string> problems)
    {
        if (options.HstsMaxAge is not { } age)
        {
            if (options.HstsPreload)
                problems.Add("SecurityHeadersOptions.HstsPreload is true, and HstsMaxAge is null.");
            return null;
        }

        if (age < TimeSpan.Zero || age > HstsLimit || age.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            problems.Add(
                $"SecurityHeadersOptions.HstsMaxAge is {age}; it must be from 0 to 3650 days, in whole seconds.");
        }

        if (options.HstsPreload && (!options.HstsIncludesSubdomains || age < TimeSpan.FromDays(365)))
        {
            problems.Add(
                "SecurityHeadersOptions.HstsPreload is true; the list takes hosts with HstsIncludesSubdomains and an "
                + "HstsMaxAge of 365 days at least.");
        }

        string seconds = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetBytes(
            $"max-age={seconds}{(options.HstsIncludesSubdomains ? "; includeSubDomains" : "")}"
            + (options.HstsPreload ? "; preload" : ""));
    }

    private sealed class Setter((byte[] Name, byte[] Value)[] fields, byte[]? hsts) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server)
        {
            Action<Exchange> starting = SetFields;
            return exchange =>
            {
                exchange.OnStarting(starting);
                return next(exchange);
            };
        }

        private void SetFields(Exchange exchange)
        {
            ResponseHeaders headers = exchange.Response.Headers;
            foreach ((byte[] name, byte[] value) in fields)
            {
                if (!headers.Contains(name))
                    headers.AddTrusted(name, value);
            }

            // RFC 6797 section 7.2: not over plain http, where anyone on the way could have written it.
            if (hsts is not null && exchange.Request.Scheme == "https" && !IsLocal(exchange.Request)
                && !headers.Contains("Strict-Transport-Security"u8))
            {
                headers.AddTrusted("Strict-Transport-Security"u8, hsts);
            }
        }

        /// <summary>A developer's localhost is shared by everything on the machine, on every port.</summary>
        private static bool IsLocal(Request request)
        {
            if (request.Forwarded?.Host is { } host)
                return host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase);
            return request.Headers.TryGet("Host"u8, out ReadOnlySpan<byte> bytes)
                && bytes.Length >= 9 && Ascii.EqualsIgnoreCase(bytes[..9], "localhost"u8)
                && (bytes.Length == 9 || bytes[9] == ':');
        }
    }
}
