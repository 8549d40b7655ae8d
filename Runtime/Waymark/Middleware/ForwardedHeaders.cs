using System.Net;
using Waymark.Http;
using Waymark.Http.Parsing;
using Waymark.Middleware;
using Waymark.Transport;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>
/// Lets <see cref="Request.RemoteEndPoint"/>, <see cref="Request.Scheme"/> and <see cref="Request.Host"/> tell of the
/// client instead of the proxy in front of the server, where that is trusted.
/// </summary>
/// <remarks>
/// <code>
/// client 198.51.100.9  -->  edge 10.0.0.2  -->  inner 10.0.0.1  -->  server
///                           X-Forwarded-For: [spoofed,] 198.51.100.9, 10.0.0.2
/// </code>
/// Every proxy appends whom it got the request from. So the list is walked from its right end: the peer of the
/// connection is trusted, then it is believed that the last entry is true, and so on until an entry is not trusted:
/// that is the client. What stands left of it anyone may have written. A peer that is not trusted is never believed; an
/// entry that cannot be read ends the walk, and the address found so far counts, the peer's own at first.
/// </remarks>
/// <example>
/// <code>
/// server.Use(ForwardedHeaders.From("10.0.0.0/8"));
/// </code>
/// </example>
public static class ForwardedHeaders
{
    private const int HopsLimit = 64;

    /// <summary>Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of proxies.</summary>
    /// <param name="trustedPeers">As <see cref="ForwardedHeadersOptions.TrustedPeers"/>.</param>
    /// <returns>The middleware, for <see cref="HttpServer"/>'s <c>Use</c>; put it first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trustedPeers"/> is null.</exception>
    /// <exception cref="OptionsException">Nobody is trusted, or entries cannot be read: all are listed.</exception>
    public static Func<Handler, Handler> From(params string[] trustedPeers)
    {
        ArgumentNullException.ThrowIfNull(trustedPeers);
        return From(new ForwardedHeadersOptions { TrustedPeers = trustedPeers });
    }

    /// <summary>Believes forwarded headers of proxies.</summary>
    /// <param name="options">Whose, and which.</param>
    /// <returns>The middleware, for <see cref="HttpServer"/>'s <c>Use</c>; put it first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static Func<Handler, Handler> From(ForwardedHeadersOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        var trusted = TrustedPeers.Parse(
            options.TrustedPeers, "ForwardedHeadersOptions.TrustedPeers", problems);
        if (options.Fields is not (ForwardedFields.XForwarded or ForwardedFields.Forwarded))
            problems.Add($"ForwardedHeadersOptions.Fields is {options.Fields}; it must be XForwarded or Forwarded.");
        if (options.HopsMax is < 1 or > HopsLimit)
        {
            problems.Add(
                $"ForwardedHeadersOptions.HopsMax is {options.HopsMax}; it must be from 1 to {HopsLimit}.");
        }

        if (problems.Count > 0)
            throw new OptionsException(problems);

        bool isStandard = options.Fields == ForwardedFields.Forwarded;
        return next => exchange =>
        {
            if (trusted.Contains(exchange.Connection.RemoteEndPoint))
            {
                exchange.Request.Forwarded = isStandard
                    ? ReadForwarded(exchange, options, trusted)
                    : ReadXForwarded(exchange, options, trusted);
            }

            return next(exchange);
        };
    }

    private static ForwardedRequest ReadXForwarded(
        Exchange exchange, ForwardedHeadersOptions options, TrustedPeers trusted)
    {
        ReadOnlySpan<byte> list = Join(exchange, "X-Forwarded-For"u8);
        int count = list.IsEmpty ? 0 : list.Count((byte)',') + 1;
        EndPoint? client = exchange.Connection.RemoteEndPoint;
        int hops = 0;
        while (hops < options.HopsMax && hops < count && trusted.Contains(client)
            && ForwardedNode.TryParse(TakeLast(ref list), out IPEndPoint? node))
        {
            client = node;
            hops++;
        }

        string? scheme = null;
        string? host = null;
        if (options.TakesScheme)
            scheme = ToScheme(Pick(Join(exchange, "X-Forwarded-Proto"u8), hops, count));
        if (options.TakesHost)
            host = ToHost(Pick(Join(exchange, "X-Forwarded-Host"u8), hops, count));
        return new ForwardedRequest(client, scheme, host);
    }

    private static ForwardedRequest ReadForwarded(
        Exchange exchange, ForwardedHeadersOptions options, TrustedPeers trusted)
    {
        ReadOnlySpan<byte> list = Join(exchange, "Forwarded"u8);
        EndPoint? client = exchange.Connection.RemoteEndPoint;
        string? scheme = null;
        string? host = null;
        Span<Range> elements = stackalloc Range[options.HopsMax];
        int count = ForwardedReader.FindLast(list, elements);
        for (int hop = 1; hop <= count && trusted.Contains(client); hop++)
        {
            ForwardedElement element = ForwardedReader.Read(list[elements[count - hop]]);
            if (options.TakesScheme)
                scheme = ToScheme(element.Proto) ?? scheme;
            if (options.TakesHost)
                host = ToHost(element.Host) ?? host;
            if (!ForwardedNode.TryParse(element.For, out IPEndPoint? node))
                break;
            client = node;
        }

        return new ForwardedRequest(client, scheme, host);
    }

    /// <summary>All field lines of a name as one list: RFC 9110 section 5.3.</summary>
    private static ReadOnlySpan<byte> Join(Exchange exchange, ReadOnlySpan<byte> name)
    {
        int length = 0;
        foreach (HeaderLine line in exchange.Request.Headers)
        {
            if (Ascii.EqualsIgnoreCase(line.Name, name))
                length += line.Value.Length + 1;
        }

        if (length == 0)
            return default;

        Span<byte> joined = exchange.Scratch(length);
        int written = 0;
        foreach (HeaderLine line in exchange.Request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, name))
                continue;
            line.Value.CopyTo(joined[written..]);
            written += line.Value.Length;
            joined[written++] = (byte)',';
        }

        return joined[..^1];
    }

    private static ReadOnlySpan<byte> TakeLast(scoped ref ReadOnlySpan<byte> list)
    {
        int comma = list.LastIndexOf((byte)',');
        ReadOnlySpan<byte> last = list[(comma + 1)..];
        list = comma < 0 ? default : list[..comma];
        return last.Trim(" \t"u8);
    }

    /// <summary>
    /// The entry that stands beside the client's address. One alone counts for the whole way, since many proxies set
    /// instead of append; of a list with another number of entries nobody can say who wrote which.
    /// </summary>
    private static ReadOnlySpan<byte> Pick(ReadOnlySpan<byte> list, int hops, int addressCount)
    {
        int count = list.IsEmpty ? 0 : list.Count((byte)',') + 1;
        if (count == 1)
            return list.Trim(" \t"u8);
        if (count != addressCount || hops == 0)
            return default;

        for (int skipped = 1; skipped < hops; skipped++)
            TakeLast(ref list);
        return TakeLast(ref list);
    }

    private static string? ToScheme(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "https"u8) ? "https"
        : Ascii.EqualsIgnoreCase(value, "http"u8) ? "http"
        : null;

    private static string? ToHost(ReadOnlySpan<byte> value) =>
        HostParser.IsValid(value) ? System.Text.Encoding.ASCII.GetString(value) : null;
}
