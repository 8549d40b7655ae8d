namespace Waymark.Fuzz.Engine;

/// <summary>Makes new inputs from old ones.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words)
{
    /// <summary>Longest input in octets; beyond every limit that the targets set.</summary>
    public const int LengthMax = 8 * 1024;

    private static readonly byte[] Telling =
    [
        0, 1, 9, 10, 13, 31, 32, 34, 37, 38, 43, 45, 46, 47, 48, 57, 58, 59, 61, 63, 65, 91, 92, 97, 127, 128, 192, 255,
    ];

    private readonly List<byte> _draft = [];

    /// <summary>A changed copy.</summary>
    /// <param name="parent">What is changed.</param>
    /// <param name="other">What pieces are taken from.</param>
    public byte[] Mutate(byte[] parent, byte[] other)
    {
        _draft.Clear();
        _draft.AddRange(parent);
        for (int count = 1 << random.Next(5); count > 0; count--)
            Change(other);
        return _draft.Count <= LengthMax ? [.. _draft] : [.. _draft[..LengthMax]];
    }

    private void Change(byte[] other)
    {
        int at = random.Next(_draft.Count + 1);
        switch (random.Next(10))
        {
            case 0 when at < _draft.Count:
                _draft[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < _draft.Count:
                _draft[at] = Octet();
                break;
            case 2:
                _draft.Insert(at, Octet());
                break;
            case 3:
                _draft.RemoveRange(at, Math.Min(_draft.Count - at, 1 + random.Next(1 << random.Next(6))));
                break;
            case 4:
                _draft.InsertRange(at, PieceOf(_draft));
                break;
            case 5:
                _draft.InsertRange(at, PieceOf(other));
                break;
            case 6 when at < _draft.Count && char.IsAsciiDigit((char)_draft[at]):
                _draft[at] = (byte)('0' + random.Next(10));
                break;
            case 7:
                _draft.InsertRange(at, Enumerable.Repeat(Octet(), 1 << random.Next(10)));
                break;
            default:
                byte[] word = words[random.Next(words.Count)];
                if (random.Next(2) == 0)
                    _draft.RemoveRange(at, Math.Min(_draft.Count - at, word.Length));
                _draft.InsertRange(at, word);
                break;
        }
    }

    private byte[] PieceOf(IReadOnlyList<byte> source)
    {
        int start = random.Next(source.Count + 1);
        int length = Math.Min(source.Count - start, random.Next(1 << random.Next(8)));
        byte[] piece = new byte[length];
        for (int i = 0; i < length; i++)
            piece[i] = source[start + i];
        return piece;
    }

    private byte Octet() => random.Next(3) == 0 ? (byte)random.Next(256) : Telling[random.Next(Telling.Length)];
}
