using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Cuts a stream of bytes into packets, and writes packets as bytes.</summary>
/// <remarks>
/// One object serves all connections at once: it holds no state of a connection. What has come stands in one piece in
/// the <see cref="StreamInput"/>, however the network had cut it.
/// </remarks>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <example>
/// One byte of length, then that many bytes:
/// <code>
/// sealed class ShortStrings : IStreamProtocol&lt;string, string&gt;
/// {
///     public bool TryRead(ref StreamInput input, out string packet)
///     {
///         packet = "";
///         ReadOnlySpan&lt;byte&gt; unread = input.Unread;
///         if (unread.IsEmpty || unread.Length &lt; 1 + unread[0])
///             return false;
///
///         packet = Encoding.UTF8.GetString(unread.Slice(1, unread[0]));
///         input.Advance(1 + unread[0]);
///         return true;
///     }
///
///     public void Write(string packet, IBufferWriter&lt;byte&gt; output)
///     {
///         byte[] bytes = Encoding.UTF8.GetBytes(packet);
///         output.Write([(byte)bytes.Length]);
///         output.Write(bytes);
///     }
/// }
/// </code>
/// </example>
public interface IStreamProtocol<TIn, TOut>
{
    /// <summary>
    /// True where the start of the next packet is found by looking for it: then one that is too large can be passed
    /// over by <see cref="TrySkip"/>. Default false: it ends the connection.
    /// </summary>
    public bool CanSkip => false;

    /// <summary>Takes the first packet out of what has come.</summary>
    /// <param name="input">
    /// What has come; <see cref="StreamInput.Advance"/> takes it out. Called again with more where the result is false.
    /// </param>
    /// <param name="packet">
    /// The packet, where the result is true. It may lie in <see cref="StreamInput.UnreadMemory"/>; then it counts until
    /// the next receive on the connection.
    /// </param>
    /// <returns>False where the packet has not come whole.</returns>
    /// <exception cref="StreamProtocolException">
    /// The packet cannot be read. What has been advanced over before is gone; where that is nothing, the connection
    /// cannot go on.
    /// </exception>
    public bool TryRead(ref StreamInput input, [MaybeNullWhen(false)] out TIn packet);

    /// <summary>Writes a packet.</summary>
    /// <param name="packet">What is sent.</param>
    /// <param name="output">Takes the bytes. What was written is dropped where this throws.</param>
    public void Write(TOut packet, IBufferWriter<byte> output);

    /// <summary>Advances over what is left of a packet that is too large.</summary>
    /// <param name="input">What has come, without what has been dropped of the packet before.</param>
    /// <returns>True where the next packet begins behind it; false where all of it was passed over.</returns>
    public bool TrySkip(ref StreamInput input) => false;
}
