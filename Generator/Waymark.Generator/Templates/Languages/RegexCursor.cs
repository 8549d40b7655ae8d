namespace Waymark.Generator.Templates.Languages;

/// <summary>The place in a pattern and the first mistake found there; the readers of its parts share one.</summary>
internal sealed class RegexCursor(string text)
{
    public string Text { get; } = text;

    public int Position { get; set; }

    public string? Mistake { get; private set; }

    public int MistakeStart { get; private set; }

    public int MistakeLength { get; private set; }

    public bool HasFailed => Mistake is not null;

    public bool AtEnd => Position >= Text.Length;

    /// <summary>The character here; only where the text has not ended.</summary>
    public char Current => Text[Position];

    public bool IsAt(char character) => IsAt(0, character);

    public bool IsAt(int offset, char character) =>
        Position + offset < Text.Length && Text[Position + offset] == character;

    public bool TryTake(char character)
    {
        if (!IsAt(character))
            return false;
        Position++;
        return true;
    }

    /// <summary>The character here, surrogate pairs as one; -1 and a mistake for half a pair.</summary>
    public int ReadScalar()
    {
        int scalar = Utf8Sequences.ScalarAt(Text, Position, out int length);
        if (scalar < 0)
        {
            Fail(
                Position, 1,
                $"U+{(int)Current:X4} is half of a surrogate pair, which no UTF-8 text holds: write the whole " +
                "character.");
            return -1;
        }

        Position += length;
        return scalar;
    }

    /// <summary>Notes a mistake, unless one was found before: what follows from the first is of no help.</summary>
    public void Fail(int start, int length, string mistake)
    {
        if (HasFailed)
            return;
        Mistake = mistake;
        MistakeStart = start;
        MistakeLength = Math.Min(length, Text.Length - start);
    }

    /// <summary>The same, as the null that its reader returns.</summary>
    public T? Fail<T>(int start, int length, string mistake)
        where T : class
    {
        Fail(start, length, mistake);
        return null;
    }

    /// <summary>The same for what begins here.</summary>
    public T? Fail<T>(int length, string mistake)
        where T : class =>
        Fail<T>(Position, length, mistake);

    /// <summary>A part of the text as it was written, for a message.</summary>
    public string Written(int start, int end) => Text.Substring(start, Math.Min(end, Text.Length) - start);
}
