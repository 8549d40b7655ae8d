using System.Buffers;
using Waymark.Streams.Protocols;

namespace Waymark;

/// <summary>
/// Lines of words in, lines of UTF-8 out: the protocol of FTP, SMTP and their like. Safe for use by any number of
/// connections at once.
/// </summary>
/// <remarks>
/// Words are separated by spaces and tabs, one or more; those before the first word and behind the last one count for
/// nothing. A line lies in the buffer of its connection. One of more than <see cref="TcpServerOptions.PacketBytesMax"/>
/// bytes is refused and passed over. What is behind the last end when the peer has finished is dropped.
/// </remarks>
/// <param name="ending">Where a line ends.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="ending"/> is no ending.</exception>
public sealed class CommandLineProtocol(LineEnding ending = LineEnding.LineFeed)
    : IStreamProtocol<CommandLine, string>, ICommandSyntax
{
    private readonly LineScanner _scanner = new(ending);
    private readonly LineProtocol _answers = new(ending);

    /// <inheritdoc/>
    public bool CanSkip => true;

    /// <inheritdoc/>
    public bool IsText => true;

    /// <inheritdoc/>
    public bool TryRead(ref StreamInput input, out CommandLine packet)
    {
        packet = default;
        if (!_scanner.TryFind(ref input, out int length, out int total))
            return false;
        packet = new CommandLine(input.UnreadMemory[..length], this);
        input.Advance(total);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// <paramref name="packet"/> holds the end of a line, or half of a surrogate pair. Several lines are sent as
    /// several packets.
    /// </exception>
    public void Write(string packet, IBufferWriter<byte> output) => _answers.Write(packet, output);

    /// <inheritdoc/>
    public bool TrySkip(ref StreamInput input) => _scanner.TrySkip(ref input);

    /// <inheritdoc/>
    public int Split(ReadOnlySpan<byte> packet, Span<Range> words)
    {
        int count = 0;
        int position = 0;
        while (true)
        {
            while (position < packet.Length && IsBlank(packet[position]))
                position++;
            if (position == packet.Length)
                return count;
            int start = position;
            while (position < packet.Length && !IsBlank(packet[position]))
                position++;
            if (count < words.Length)
                words[count] = start..position;
            count++;
        }
    }

    private static bool IsBlank(byte octet) => octet is (byte)' ' or (byte)'\t';
}
