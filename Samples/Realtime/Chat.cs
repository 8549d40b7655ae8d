using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Waymark;

namespace Realtime;

/// <summary>What somebody said.</summary>
internal sealed record Message(string From, string Text);

internal static class ChatRoutes
{
    private const int MessageBytesMax = 2048;

    /// <summary>A WebSocket: text that comes in goes out to everybody in the room.</summary>
    [WebSocket("/chat/:room", MessageBytesMax = MessageBytesMax)]
    internal static async Task Join(string room, string name, WebSocket socket, [Service] Chat chat)
    {
        Channel<Message> inbox = chat.Enter(room);
        Task sending = SendAsync(socket, inbox.Reader);
        try
        {
            chat.Say(room, new Message("", $"{name} is here"));
            while (await ReceiveAsync(socket) is { } text)
                chat.Say(room, new Message(name, text));
        }
        finally
        {
            chat.Leave(room, inbox);
            chat.Say(room, new Message("", $"{name} has left"));
            await sending;
        }
    }

    /// <summary>The one that sends on this socket, whoever speaks: a socket takes one send at a time.</summary>
    private static async Task SendAsync(WebSocket socket, ChannelReader<Message> inbox)
    {
        await foreach (Message message in inbox.ReadAllAsync())
        {
            if (socket.State != WebSocketState.Open)
                continue;
            try
            {
                byte[] json = JsonSerializer.SerializeToUtf8Bytes(message, Json.Default.Message);
                await socket.SendAsync(json, WebSocketMessageType.Text, true, default);
            }
            catch (WebSocketException)
            {
                // The receive that waits has seen it too, and ends the handler.
            }
        }
    }

    /// <returns>One message; null once the client closes.</returns>
    private static async Task<string?> ReceiveAsync(WebSocket socket)
    {
        // Larger messages never arrive here: the library closes the socket with 1009.
        Memory<byte> buffer = new byte[MessageBytesMax];
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer[length..], default);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(buffer.Span[..length]);
        }
    }
}

/// <summary>Who is in which room.</summary>
internal sealed class Chat
{
    private const int UnreadMax = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Channel<Message>>> _rooms = [];

    /// <summary>Opens an inbox. One that is read too slowly loses its oldest messages, and holds up nobody.</summary>
    public Channel<Message> Enter(string room)
    {
        var inbox = Channel.CreateBounded<Message>(
            new BoundedChannelOptions(UnreadMax) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            if (!_rooms.TryGetValue(room, out var inboxes))
                _rooms[room] = inboxes = [];
            inboxes.Add(inbox);
        }

        return inbox;
    }

    public void Leave(string room, Channel<Message> inbox)
    {
        lock (_lock)
        {
            _rooms[room].Remove(inbox);
            if (_rooms[room].Count == 0)
                _rooms.Remove(room);
        }

        inbox.Writer.Complete();
    }

    public void Say(string room, Message message)
    {
        lock (_lock)
        {
            foreach (Channel<Message> inbox in _rooms.GetValueOrDefault(room) ?? [])
                inbox.Writer.TryWrite(message);
        }
    }
}
