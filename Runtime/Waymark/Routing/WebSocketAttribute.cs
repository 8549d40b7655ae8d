using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Opens a WebSocket on a template: RFC 6455.</summary>
/// <remarks>
/// A GET route whose handler takes a <see cref="System.Net.WebSockets.WebSocket"/>, beside the captures, query values,
/// services and the like that any handler takes, and returns a <see cref="Task"/> or <see cref="ValueTask"/>: the
/// socket is open until that ends (WM5013). The other parameters are bound and validated first, so that a bad one is
/// answered with 400 in place of an upgrade; a request that asks for no WebSocket gets 426, HEAD 400. What then holds
/// for the socket is said at <see cref="WebSockets.AcceptAsync"/>.
/// <para>
/// The properties stand for those of <see cref="WebSocketOptions"/>, which has their ranges and defaults. Who needs
/// more than these takes an <see cref="Exchange"/> in a <see cref="GetAttribute"/> route and calls
/// <see cref="WebSockets.AcceptAsync"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [WebSocket("/ws/:room", Subprotocols = ["chat"], MessageBytesMax = 4096)]
/// static async Task Join(string room, WebSocket socket, [Service] Rooms rooms, CancellationToken stop) => …;
/// </code>
/// </example>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class WebSocketAttribute([StringSyntax("WaymarkRoute")] string template) : VerbAttribute("GET", template)
{
#pragma warning disable CA1819 // An attribute can be given nothing but an array.
    /// <summary><see cref="WebSocketOptions.Subprotocols"/>: the preferred one first. Default: none.</summary>
    public string[] Subprotocols { get; set; } = [];

    /// <summary><see cref="WebSocketOptions.AllowedOrigins"/>: other pages that may connect. Default: none.</summary>
    public string[] AllowedOrigins { get; set; } = [];
#pragma warning restore CA1819

    /// <summary><see cref="WebSocketOptions.MessageBytesMax"/>: at least 1; default 1,048,576 (1 MiB).</summary>
    public int MessageBytesMax { get; set; } = 1024 * 1024;

    /// <summary><see cref="WebSocketOptions.FrameBytesMax"/>: at least 125; default 1,048,576 (1 MiB).</summary>
    public int FrameBytesMax { get; set; } = 1024 * 1024;

    /// <summary>
    /// <see cref="WebSocketOptions.PingInterval"/> in seconds: 1 to 86,400, or -1 for never; default 30.
    /// </summary>
    public int PingIntervalSeconds { get; set; } = 30;

    /// <summary><see cref="WebSocketOptions.PingTimeout"/> in seconds: 1 to 86,400; default 20.</summary>
    public int PingTimeoutSeconds { get; set; } = 20;

    /// <summary><see cref="WebSocketOptions.CloseTimeout"/> in seconds: 1 to 86,400; default 5.</summary>
    public int CloseTimeoutSeconds { get; set; } = 5;

    /// <summary>
    /// True for <see cref="WebSocketOptions.Compression"/> with its defaults: permessage-deflate, where the client
    /// offers it. Default false.
    /// </summary>
    public bool Compresses { get; set; }
}
