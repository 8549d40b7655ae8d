namespace Waymark.Fuzz.Engine;

/// <summary>Something that takes arbitrary bytes, and what has to hold for all of them.</summary>
internal abstract class FuzzTarget
{
    /// <summary>The name on the command line and in findings.</summary>
    public abstract string Name { get; }

    /// <summary>Inputs to begin with: a good one and a bad one of each kind.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Pieces of the language that mutation puts in.</summary>
    public abstract IReadOnlyList<byte[]> Words { get; }

    /// <summary>The most blocks that a run may enter for each octet, with what a run costs by itself.</summary>
    /// <remarks>What bounds time without a clock: work has to be linear in the input.</remarks>
    public virtual long StepsMax(int length) => 20_000 + (2_000L * length);

    /// <summary>Runs one input.</summary>
    /// <param name="input">At most <see cref="Mutator.LengthMax"/> octets.</param>
    /// <param name="random">For choices such as where the input is split; seeded by the input itself.</param>
    /// <exception cref="OracleException">Something that has to hold does not.</exception>
    public abstract void Run(byte[] input, Random random);

    protected static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    protected static byte[][] All(params string[] texts) => Array.ConvertAll(texts, Bytes);

    protected static void Check(bool holds, string claim)
    {
        if (!holds)
            throw new OracleException(claim);
    }
}

/// <summary>Something does not hold that has to hold for every input.</summary>
internal sealed class OracleException(string message) : Exception(message);
