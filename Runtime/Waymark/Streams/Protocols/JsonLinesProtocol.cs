using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.Streams.Protocols;

namespace Waymark;

/// <summary>
/// A JSON value in each line (JSON Lines, NDJSON). Safe for use by any number of connections at once.
/// </summary>
/// <remarks>
/// By the metadata of a <c>JsonSerializerContext</c>, so that it works in a native binary. Empty lines are passed over.
/// A line that is no value of the type is refused, and the next one can be received.
/// </remarks>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <example>
/// <code>
/// var protocol = new JsonLinesProtocol&lt;Question, Answer&gt;(AppJson.Default.Question, AppJson.Default.Answer);
/// </code>
/// </example>
public sealed class JsonLinesProtocol<TIn, TOut> : IStreamProtocol<TIn, TOut>
{
    private readonly LineScanner _scanner = new(LineEnding.LineFeed);
    private readonly JsonTypeInfo<TIn> _received;
    private readonly JsonTypeInfo<TOut> _sent;

    /// <summary>Makes the protocol.</summary>
    /// <param name="received">What is known of the type that is received.</param>
    /// <param name="sent">What is known of the type that is sent.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// The options of <paramref name="sent"/> write indented: a value would be several lines.
    /// </exception>
    public JsonLinesProtocol(JsonTypeInfo<TIn> received, JsonTypeInfo<TOut> sent)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(sent);
        if (sent.Options.WriteIndented)
            throw new ArgumentException("WriteIndented writes a value as several lines: leave it out.", nameof(sent));
        _received = received;
        _sent = sent;
    }

    /// <inheritdoc/>
    public bool CanSkip => true;

    /// <inheritdoc/>
    /// <exception cref="StreamProtocolException">The line is no such value; it is passed over.</exception>
    public bool TryRead(ref StreamInput input, [MaybeNullWhen(false)] out TIn packet)
    {
        while (_scanner.TryFind(ref input, out int length, out int total))
        {
            ReadOnlySpan<byte> line = input.Unread[..length];
            input.Advance(total);
            if (line.IsEmpty)
                continue;
            try
            {
                packet = JsonSerializer.Deserialize(line, _received)
                    ?? throw new StreamProtocolException("The line is null, which is no value here.");
                return true;
            }
            catch (JsonException e)
            {
                throw new StreamProtocolException($"The line is no valid value: {e.Message}", e);
            }
        }

        packet = default;
        return false;
    }

    /// <inheritdoc/>
    public void Write(TOut packet, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = _sent.Options.Encoder }))
            JsonSerializer.Serialize(writer, packet, _sent);
        output.Write(_scanner.Ending);
    }

    /// <inheritdoc/>
    public bool TrySkip(ref StreamInput input) => _scanner.TrySkip(ref input);
}
