using System.Net.WebSockets;
using Waymark.CompilerServices;
using Waymark.Http;

namespace Waymark.Realtime;

/// <summary>What the handshake has agreed on.</summary>
/// <param name="Subprotocol">Null for none.</param>
/// <param name="Deflate">Null where messages are not compressed.</param>
internal readonly record struct Agreement(string? Subprotocol, WebSocketDeflateOptions? Deflate);

/// <summary>Reads a client's opening handshake, and answers one that cannot be met: RFC 6455 section 4.2.</summary>
/// <remarks>
/// <code>
/// not GET, HTTP/1.0, a body -------------------> 400
/// no Upgrade: websocket, or no Connection -----> 426 + Upgrade
/// Sec-WebSocket-Version is not 13 -------------> 426 + Upgrade + Sec-WebSocket-Version: 13
/// no Sec-WebSocket-Key, two, not 16 octets ----> 400
/// Origin is another's and not listed ----------> 403
/// </code>
/// </remarks>
internal static class Handshake
{
    /// <summary>Sets the fields of the 101, or writes the refusal.</summary>
    /// <returns>False where it is refused.</returns>
    public static bool TryAgree(Exchange exchange, WebSocketOptions options, out Agreement agreement)
    {
        agreement = default;
        Request request = exchange.Request;
        Response response = exchange.Response;
        if (request.Verb != Verbs.Get || request.IsHttp10)
            return Refuse(response, 400, "A WebSocket opens with GET and HTTP/1.1.");
        if (!request.AsksFor("websocket"u8))
            return RefuseUpgrade(response, "This resource is a WebSocket: ask for an upgrade.");
        if (!HandshakeFields.TryGetOne(request, "sec-websocket-version"u8, out ReadOnlySpan<byte> version)
            || !version.SequenceEqual("13"u8))
        {
            response.Headers.Set("Sec-WebSocket-Version"u8, "13"u8);
            return RefuseUpgrade(response, "Only version 13 of the protocol is spoken.");
        }

        if (!HandshakeFields.TryGetOne(request, "sec-websocket-key"u8, out ReadOnlySpan<byte> key)
            || !HandshakeFields.IsKey(key))
        {
            return Refuse(response, 400, "Sec-WebSocket-Key must be there once, and be 16 octets in base64.");
        }

        if (!exchange.CanUpgrade("websocket"u8))
            return Refuse(response, 400, "A WebSocket opens with a request that has no body.");
        if (!Origins.IsAllowed(request, options.AllowedOrigins))
            return Refuse(response, 403, "Pages of this origin may not connect.");

        Span<byte> accept = stackalloc byte[HandshakeFields.AcceptLength];
        HandshakeFields.WriteAccept(key, accept);
        response.Headers.Set("Sec-WebSocket-Accept"u8, accept);
        agreement = AgreeOnMore(request, response, options);
        return true;
    }

    private static Agreement AgreeOnMore(Request request, Response response, WebSocketOptions options)
    {
        string? subprotocol = HandshakeFields.Choose(request, options.Subprotocols);
        if (subprotocol is not null)
            response.Headers.Set("Sec-WebSocket-Protocol", subprotocol);
        WebSocketDeflateOptions? deflate = null;
        if (options.Compression is { } compression
            && DeflateOffer.TryAgree(request, compression, out deflate, out string field))
        {
            response.Headers.Set("Sec-WebSocket-Extensions", field);
        }

        return new Agreement(subprotocol, deflate);
    }

    private static bool Refuse(Response response, int status, string detail)
    {
        ProblemWriter.Write(response, status, detail);
        return false;
    }

    /// <summary>RFC 9110 section 15.5.22: who asks for an upgrade says which, and that it is hop-by-hop.</summary>
    private static bool RefuseUpgrade(Response response, string detail)
    {
        response.Headers.AddTrusted("Upgrade"u8, "websocket"u8);
        response.Headers.AddTrusted("Connection"u8, "Upgrade"u8);
        return Refuse(response, 426, detail);
    }
}
