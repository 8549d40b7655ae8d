namespace Waymark;

/// <summary>How the packets of a protocol fall into words.</summary>
/// <remarks>One object serves all connections at once, from any thread.</remarks>
public interface ICommandSyntax
{
    /// <summary>
    /// True where the words stand in the packet as text with blanks between them: then the rest of a line is one piece
    /// of it, blanks included, and a packet without words is passed over. False where a word may hold any octet: then
    /// the rest is its words with one space between them.
    /// </summary>
    public bool IsText { get; }

    /// <summary>Finds the words.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="words">Takes where the first words stand, as many as fit.</param>
    /// <returns>How many words the packet has: perhaps more than fit.</returns>
    public int Split(ReadOnlySpan<byte> packet, Span<Range> words);
}
