namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// The languages of the constraints a template knows by name, over the decoded bytes of a capture. Thread-safe: each is
/// built once, at its first use.
/// </summary>
internal static class KnownLanguages
{
    private static readonly Lazy<ByteAutomaton> Int32Once = new(() => Integers(int.MinValue, int.MaxValue));
    private static readonly Lazy<ByteAutomaton> Int64Once = new(() => Integers(long.MinValue, long.MaxValue));
    private static readonly Lazy<ByteAutomaton> GuidOnce = Once(
        "[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32}");
    private static readonly Lazy<ByteAutomaton> BoolOnce = Once("[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]");
    private static readonly Lazy<ByteAutomaton> AlphaOnce = Once("[A-Za-z]+");
    private static readonly Lazy<ByteAutomaton> AlphaNumericOnce = Once("[A-Za-z0-9]+");
    private static readonly Lazy<ByteAutomaton> HexadecimalOnce = Once("[0-9A-Fa-f]+");
    private static readonly Lazy<ByteAutomaton> SlugOnce = Once("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static readonly Lazy<ByteAutomaton> NotEmptyOnce = new(() => Require(RawAutomaton.Explore<bool>(
        false, new byte[ByteClasses.ByteCount], SayTrue, isLonger => isLonger)));

    public static ByteAutomaton Int32 => Int32Once.Value;

    public static ByteAutomaton Int64 => Int64Once.Value;

    /// <summary>8-4-4-4-12 hexadecimal digits with hyphens, or 32 without.</summary>
    public static ByteAutomaton Guid => GuidOnce.Value;

    /// <summary>"true" or "false", the letters in any case.</summary>
    public static ByteAutomaton Bool => BoolOnce.Value;

    public static ByteAutomaton Alpha => AlphaOnce.Value;

    public static ByteAutomaton AlphaNumeric => AlphaNumericOnce.Value;

    public static ByteAutomaton Hexadecimal => HexadecimalOnce.Value;

    /// <summary>Lower-case words and digits with single hyphens between them.</summary>
    public static ByteAutomaton Slug => SlugOnce.Value;

    /// <summary>Every byte string but the empty one, well-formed UTF-8 or not.</summary>
    public static ByteAutomaton NotEmpty => NotEmptyOnce.Value;

    /// <summary>
    /// Decimal integers from <paramref name="min"/> to <paramref name="max"/>, both included: <c>-?[0-9]+</c> by value,
    /// so leading zeros and "-0" count. Empty where min is above max.
    /// </summary>
    public static ByteAutomaton Integers(long min, long max) => IntegerLanguage.Build(min, max);

    /// <summary>
    /// Well-formed UTF-8 of <paramref name="min"/> to <paramref name="max"/> scalar values. Null where that needs more
    /// than <see cref="ByteAutomaton.StatesMax"/> states, which is so from 256 scalar values on: each takes 8.
    /// </summary>
    public static ByteAutomaton? Length(int min, int max)
    {
        // Told apart before work is done; a maximum without bound would never end.
        if (max > ByteAutomaton.StatesMax / 8)
            return null;
        return max < Math.Max(min, 0)
            ? Require(RawAutomaton.Explore<bool>(false, new byte[ByteClasses.ByteCount], SayTrue, _ => false))
            : RegexCompiler.TryCompile(
                new RegexNode.Repeat(new RegexNode.Scalar(ScalarSet.All), Math.Max(min, 0), max));
    }

    /// <summary>
    /// Exactly these texts, in UTF-8; null where they take too many states. A text with half a surrogate pair is left
    /// out: no UTF-8 value can equal it.
    /// </summary>
    public static ByteAutomaton? OneOf(IEnumerable<string> texts)
    {
        var nodes = new List<RegexNode>();
        foreach (string text in texts)
        {
            var scalars = new List<RegexNode>();
            int scalar = 0;
            for (int position = 0; position < text.Length && scalar >= 0;)
            {
                scalar = Utf8Sequences.ScalarAt(text, position, out int length);
                position += length;
                scalars.Add(new RegexNode.Scalar(ScalarSet.Of([(scalar, scalar)])));
            }

            if (scalar >= 0)
                nodes.Add(new RegexNode.Sequence(scalars));
        }

        return RegexCompiler.TryCompile(new RegexNode.Choice(nodes));
    }

    private static Lazy<ByteAutomaton> Once(string pattern) => new(() =>
        RegexReader.TryRead(pattern, out ByteAutomaton? automaton, out string mistake, out _, out _)
            ? automaton!
            : throw new InvalidOperationException(mistake));

    /// <summary>For what is within the limits by construction.</summary>
    private static ByteAutomaton Require(RawAutomaton? raw) =>
        ByteAutomaton.TryReduce(raw) ?? throw new InvalidOperationException("A known language is small.");

    private static bool SayTrue(bool state, byte octet, out bool target) => target = true;
}
