using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Waymark.Isolation;

/// <summary>What is said on a <see cref="ChildLink"/>.</summary>
internal enum ChildWord : byte
{
    /// <summary>The end: whoever is on the other side is gone.</summary>
    Gone,

    /// <summary>Parent to child: what to do.</summary>
    Order,

    /// <summary>Parent to child: stop, within a time.</summary>
    Stop,

    /// <summary>Child to parent: it has started, and listens on what it names.</summary>
    Ready,

    /// <summary>Child to parent: it could not start.</summary>
    Failed,
}

/// <summary>A message.</summary>
internal readonly record struct ChildMessage(ChildWord Word, string[] Texts);

/// <summary>One end of the socket pair between parent and child.</summary>
/// <remarks>
/// <code>
/// parent                    child
///   Order  ..............&gt;           written before it runs
///          &lt;..............  Ready or Failed
///   Stop   ..............&gt;
/// </code>
/// Either end closes with its process, however that ends: that is how each learns that the other is gone. A message is
/// its length (4 octets), its word, and texts, each behind its length.
/// </remarks>
internal sealed class ChildLink : IDisposable
{
    /// <summary>The longest message: it fits into the socket's buffer, so that sending one never waits.</summary>
    public const int MessageBytesMax = 65_536;

    private readonly NetworkStream _stream;

    public ChildLink(int descriptor) =>
        _stream = new NetworkStream(new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)), ownsSocket: true);

    /// <summary>Sends a message; where the other side is gone, it is lost.</summary>
    public void Send(ChildWord word, params ReadOnlySpan<string> texts)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(0);
        writer.Write((byte)word);
        writer.Write(texts.Length);
        foreach (string text in texts)
            writer.Write(text);
        byte[] message = buffer.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length - sizeof(int));
        try
        {
            lock (_stream)
                _stream.Write(message);
        }
        catch (IOException)
        {
            // Whoever receives will find its end.
        }
    }

    /// <summary>Blocks until a message is here.</summary>
    public ChildMessage Receive()
    {
        try
        {
            byte[] length = new byte[sizeof(int)];
            _stream.ReadExactly(length);
            byte[] message = new byte[LengthOf(length)];
            _stream.ReadExactly(message);
            return Parse(message);
        }
        catch (Exception e) when (IsEnd(e))
        {
            return default;
        }
    }

    /// <summary>Waits for a message.</summary>
    public async Task<ChildMessage> ReceiveAsync(CancellationToken stop)
    {
        try
        {
            byte[] length = new byte[sizeof(int)];
            await _stream.ReadExactlyAsync(length, stop).ConfigureAwait(false);
            byte[] message = new byte[LengthOf(length)];
            await _stream.ReadExactlyAsync(message, stop).ConfigureAwait(false);
            return Parse(message);
        }
        catch (Exception e) when (IsEnd(e))
        {
            return default;
        }
    }

    public void Dispose() => _stream.Dispose();

    private static bool IsEnd(Exception e) => e is IOException or ObjectDisposedException;

    private static int LengthOf(byte[] octets)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(octets);
        return length is > sizeof(int) and <= 16 * MessageBytesMax
            ? length
            : throw new InvalidDataException($"A message of {length} octets came over the link of a child process.");
    }

    private static ChildMessage Parse(byte[] message)
    {
        using var reader = new BinaryReader(new MemoryStream(message), Encoding.UTF8);
        var word = (ChildWord)reader.ReadByte();
        string[] texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = reader.ReadString();
        return new ChildMessage(word, texts);
    }
}
