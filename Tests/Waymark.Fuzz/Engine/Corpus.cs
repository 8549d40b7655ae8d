namespace Waymark.Fuzz.Engine;

/// <summary>The inputs that reached something new, the shortest and latest ones taken most often.</summary>
internal sealed class Corpus(Random random)
{
    private const int CountMax = 20_000;
    private readonly List<byte[]> _inputs = [];

    public int Count => _inputs.Count;

    public void Add(byte[] input)
    {
        if (_inputs.Count < CountMax)
            _inputs.Add(input);
        else
            _inputs[random.Next(CountMax)] = input;
    }

    public byte[] Pick()
    {
        byte[] first = _inputs[random.Next(_inputs.Count)];
        byte[] second = _inputs[^(1 + random.Next(Math.Min(_inputs.Count, 64)))];
        return random.Next(4) == 0 ? second : first;
    }
}
