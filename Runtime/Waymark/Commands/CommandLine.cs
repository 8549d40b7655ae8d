using System.Text;
using Waymark.Commands;

namespace Waymark;

/// <summary>A packet that falls into words: what a <see cref="CommandHandler{TOut, TState}"/> receives.</summary>
/// <remarks>It lies in the buffer of its connection, and counts until the next receive.</remarks>
public readonly struct CommandLine
{
    private const int ShownCharactersMax = 200;

    private readonly ICommandSyntax? _syntax;

    /// <summary>Makes a line of a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="syntax">How it falls into words.</param>
    public CommandLine(ReadOnlyMemory<byte> packet, ICommandSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        (Packet, _syntax) = (packet, syntax);
    }

    /// <summary>The packet as it came, without what ends it.</summary>
    public ReadOnlyMemory<byte> Packet { get; }

    /// <summary>As <see cref="ICommandSyntax.IsText"/>; true for <c>default</c>.</summary>
    internal bool IsText => _syntax is null || _syntax.IsText;

    /// <summary>Finds the words.</summary>
    /// <param name="words">Takes where the first words stand in <see cref="Packet"/>, as many as fit.</param>
    /// <returns>How many words there are: perhaps more than fit.</returns>
    public int Split(Span<Range> words) => _syntax?.Split(Packet.Span, words) ?? 0;

    /// <summary>Where all words stand.</summary>
    internal Range[] SplitAll()
    {
        var words = new Range[Split([])];
        Split(words);
        return words;
    }

    /// <summary>
    /// The line for a log: at most 200 characters, control characters and octets that are not UTF-8 escaped.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (IsText)
        {
            ShownText.Append(text, Packet.Span, ShownCharactersMax);
            return text.ToString();
        }

        ReadOnlySpan<byte> packet = Packet.Span;
        foreach (Range word in SplitAll())
        {
            if (text.Length > 0)
                text.Append(' ');
            if (!ShownText.Append(text, packet[word], ShownCharactersMax - text.Length))
                break;
        }

        return text.ToString();
    }
}
