using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waymark.Streams.Protocols;

namespace Waymark;

/// <summary>Lines of text. Safe for use by any number of connections at once.</summary>
/// <remarks>
/// A line is received without its end, and sent with it. What is behind the last end when the peer has finished is no
/// line, and is dropped. A line of more than <see cref="TcpServerOptions.PacketBytesMax"/> bytes is refused and passed
/// over; one that is not valid in its encoding is refused.
/// </remarks>
public sealed class LineProtocol : IStreamProtocol<string, string>
{
    private readonly LineScanner _scanner;
    private readonly Encoding _encoding;

    /// <summary>Makes the protocol.</summary>
    /// <param name="ending">Where a line ends.</param>
    /// <param name="encoding">
    /// The encoding, in which the octets of <paramref name="ending"/> stand for nothing else (UTF-8, ASCII, Latin-1,
    /// not UTF-16). Null for UTF-8.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ending"/> is no ending.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="encoding"/> writes a line feed as several octets.
    /// </exception>
    public LineProtocol(LineEnding ending = LineEnding.LineFeed, Encoding? encoding = null)
    {
        _scanner = new LineScanner(ending);
        encoding ??= Encoding.UTF8;
        if (encoding.GetByteCount("\n") != 1)
        {
            throw new ArgumentException(
                $"{encoding.WebName} writes a line feed as several octets: lines cannot be told apart by it.",
                nameof(encoding));
        }

        // Strict, so that what cannot be read is an error rather than something else.
        _encoding = Encoding.GetEncoding(
            encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <inheritdoc/>
    public bool CanSkip => true;

    /// <inheritdoc/>
    /// <exception cref="StreamProtocolException">The line is not valid in the encoding; it is passed over.</exception>
    public bool TryRead(ref StreamInput input, [MaybeNullWhen(false)] out string packet)
    {
        packet = null;
        if (!_scanner.TryFind(ref input, out int length, out int total))
            return false;
        try
        {
            packet = _encoding.GetString(input.Unread[..length]);
        }
        catch (DecoderFallbackException e)
        {
            throw new StreamProtocolException($"The line is not valid {_encoding.WebName}.", e);
        }
        finally
        {
            input.Advance(total);
        }

        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// <paramref name="packet"/> holds the end of a line: it would be received as several.
    /// </exception>
    public void Write(string packet, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(output);
        _scanner.ThrowIfSeveral(packet);
        _encoding.GetBytes(packet, output);
        output.Write(_scanner.Ending);
    }

    /// <inheritdoc/>
    public bool TrySkip(ref StreamInput input) => _scanner.TrySkip(ref input);
}
