using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>The words of a line while its command is looked for and its parameters are read.</summary>
/// <remarks>Used by generated code; not meant for direct use. Nothing is copied.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct CommandWords
{
    private readonly ReadOnlySpan<byte> _packet;
    private readonly ReadOnlySpan<Range> _places;

    /// <summary>Splits a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="places">Room for as many words as the longest template has.</param>
    public CommandWords(CommandLine line, Span<Range> places)
    {
        Line = line;
        Count = line.Split(places);
        _packet = line.Packet.Span;
        _places = places;
    }

    /// <summary>The line.</summary>
    public CommandLine Line { get; }

    /// <summary>How many words the line has: perhaps more than there is room for.</summary>
    public int Count { get; }

    /// <summary>A word.</summary>
    /// <param name="index">Which one, from 0 on; less than <see cref="Count"/> and than the room.</param>
    public ReadOnlySpan<byte> this[int index] => _packet[_places[index]];

    /// <summary>A word as memory, which counts until the next receive; empty where it is missing.</summary>
    /// <param name="index">Which one, from 0 on; less than the room.</param>
    public ReadOnlyMemory<byte> Memory(int index) =>
        index < Count ? Line.Packet[_places[index]] : ReadOnlyMemory<byte>.Empty;

    /// <summary>A word as a copy; empty where it is missing.</summary>
    /// <param name="index">Which one, from 0 on; less than the room.</param>
    public byte[] Bytes(int index) => Memory(index).ToArray();

    /// <summary>A word that may be missing; empty then.</summary>
    /// <param name="index">Which one, from 0 on; less than the room.</param>
    public ReadOnlySpan<byte> OrEmpty(int index) => index < Count ? this[index] : [];

    /// <summary>
    /// The rest of the line from a word on: as it stands there, or with one space between words where they do not stand
    /// as text. It counts until the next receive.
    /// </summary>
    /// <param name="first">The first word of it, less than the room.</param>
    public ReadOnlyMemory<byte> Rest(int first)
    {
        if (first >= Count)
            return ReadOnlyMemory<byte>.Empty;
        if (Line.IsText)
            return Line.Packet[_places[first].Start..];
        Range[] all = Line.SplitAll();
        if (first == all.Length - 1)
            return Line.Packet[all[first]];

        int length = all.Length - first - 1;
        for (int index = first; index < all.Length; index++)
            length += _packet[all[index]].Length;
        var joined = new byte[length];
        Span<byte> free = joined;
        for (int index = first; index < all.Length; index++)
        {
            ReadOnlySpan<byte> word = _packet[all[index]];
            word.CopyTo(free);
            free = free[word.Length..];
            if (free.IsEmpty)
                break;
            free[0] = (byte)' ';
            free = free[1..];
        }

        return joined;
    }

    /// <summary>The words from one on, each as memory that counts until the next receive.</summary>
    /// <param name="first">The first one.</param>
    public ReadOnlyMemory<byte>[] RestMemories(int first)
    {
        if (first >= Count)
            return [];
        ReadOnlyMemory<byte> packet = Line.Packet;
        return Array.ConvertAll(Line.SplitAll()[first..], place => packet[place]);
    }

    /// <summary>The words from one on, each as a copy.</summary>
    /// <param name="first">The first one.</param>
    public byte[][] RestBytes(int first) => Array.ConvertAll(RestMemories(first), word => word.ToArray());
}
