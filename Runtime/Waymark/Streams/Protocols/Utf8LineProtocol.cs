using System.Buffers;

namespace Waymark;

/// <summary>
/// Lines as the octets that they are: nothing is decoded, copied or allocated. Safe for use by any number of
/// connections at once.
/// </summary>
/// <remarks>
/// As <see cref="LineProtocol"/>, but that a line that was received lies in the buffer of its connection, and counts
/// until the next receive. What is sent must not hold the end of a line; that is not looked for.
/// </remarks>
/// <param name="ending">Where a line ends.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="ending"/> is no ending.</exception>
public sealed class Utf8LineProtocol(LineEnding ending = LineEnding.LineFeed)
    : IStreamProtocol<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>
{
    private readonly Streams.Protocols.LineScanner _scanner = new(ending);

    /// <inheritdoc/>
    public bool CanSkip => true;

    /// <inheritdoc/>
    public bool TryRead(ref StreamInput input, out ReadOnlyMemory<byte> packet)
    {
        packet = default;
        if (!_scanner.TryFind(ref input, out int length, out int total))
            return false;
        packet = input.UnreadMemory[..length];
        input.Advance(total);
        return true;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlyMemory<byte> packet, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(packet.Span);
        output.Write(_scanner.Ending);
    }

    /// <inheritdoc/>
    public bool TrySkip(ref StreamInput input) => _scanner.TrySkip(ref input);
}
