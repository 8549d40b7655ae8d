using System.Net.WebSockets;
using Waymark.Http;
using Waymark.Realtime;

namespace Waymark;

/// <summary>Opens WebSockets on exchanges: RFC 6455.</summary>
/// <remarks>Safe for use by any number of threads; an exchange is not.</remarks>
/// <example>
/// <code>
/// [Get("/echo")]
/// public static async Task Echo(Exchange exchange)
/// {
///     if (await WebSockets.AcceptAsync(exchange) is not { } socket)
///         return;
///     Memory&lt;byte&gt; buffer = new byte[4096];
///     while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } part)
///         await socket.SendAsync(buffer[..part.Count], part.MessageType, part.EndOfMessage, default);
/// }
/// </code>
/// </example>
public static class WebSockets
{
    /// <summary>
    /// Agrees on a WebSocket with the client that asks for one, or writes the answer that refuses it.
    /// </summary>
    /// <remarks>
    /// Refused are: another method than GET, HTTP/1.0, a body, no or a wrong <c>Sec-WebSocket-Key</c> (400); a page of
    /// another origin (403); a request that asks for no WebSocket, or for another version than 13 (426).
    /// <para>
    /// The socket is valid until the handler's task ends. Then it is closed, where the handler has not done so: with
    /// 1000 (or the client's own code, where that closed first), with 1011 where the handler threw, with 1001 where the
    /// server stops; the client's answer is waited for (<see cref="WebSocketOptions.CloseTimeout"/>). At the first step
    /// of a stop every open socket is sent 1001, which ends the handler's receive with the client's answer. Disposing
    /// the socket does nothing.
    /// </para>
    /// <para>
    /// Receive all the time: pings are sent and answered, and a client that is gone is noticed, while a receive waits.
    /// One receive and one send at a time, and both at once; who sends from several tasks has them take turns. What
    /// breaks the protocol or its limits closes the socket with 1002, 1007 or 1009 and throws a
    /// <see cref="WebSocketException"/> from the receive: let it pass.
    /// </para>
    /// </remarks>
    /// <param name="exchange">Its answer has not started.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The open socket; null where it is refused: then the answer is written, and the handler ends.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exchange"/> is null.</exception>
    /// <exception cref="OptionsException">Options are out of their range: all are listed.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public static ValueTask<WebSocket?> AcceptAsync(Exchange exchange, WebSocketOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        options ??= WebSocketOptions.Default;
        options.Validate();
        if (exchange.Response.HasStarted)
            throw new InvalidOperationException("The answer has started: accept before the first flush.");
        return Handshake.TryAgree(exchange, options, out Agreement agreement)
            ? OpenAsync(exchange, options, agreement)
            : default;
    }

    private static async ValueTask<WebSocket?> OpenAsync(
        Exchange exchange, WebSocketOptions options, Agreement agreement)
    {
        Stream stream = await exchange.UpgradeAsync("websocket"u8).ConfigureAwait(false);
        var socket = new ServerWebSocket(exchange, (UpgradedStream)stream, options, agreement);
        exchange.RegisterForDispose(socket);
        return socket;
    }
}
