using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Templates;

/// <summary>Reads segments symbol by symbol as one pattern does: the automaton of a segment pattern.</summary>
/// <remarks>
/// <code>
/// prefix symbols --&gt; capture --(its constraints accept)--&gt; tail symbols --&gt; next capture … --&gt; end
/// </code>
/// Nondeterministic only in where a capture ends. Constraints judge one division of the segment, the one that the
/// emitted matcher takes: a capture ends where the literal behind it first occurs, searched from the second byte on. So
/// where a pattern has constraints, a walk also follows how much of that literal it has just read, and gives up where
/// it occurs too early. Without constraints any division does, since they all mean the same segment.
/// </remarks>
internal sealed class SegmentWalk
{
    private const int NotEntered = -1;

    private readonly List<Token> _tokens = [];
    private readonly bool _isCaseInsensitive;

    public SegmentWalk(SegmentPattern pattern, bool isCaseInsensitive)
    {
        _isCaseInsensitive = isCaseInsensitive;
        IsConstrained = pattern.ConstrainedCount > 0;
        AddLiteral(pattern.Prefix, tail: null);
        for (int index = 0; index < pattern.Captures.Count; index++)
        {
            CapturePattern capture = pattern.Captures[index];
            bool isDivided = IsConstrained && index < pattern.Captures.Count - 1;
            LiteralSearch? tail = isDivided ? new LiteralSearch(capture.Tail, isCaseInsensitive) : null;
            _tokens.Add(new Token(-1, capture.Language.Known, tail));
            AddLiteral(capture.Tail, tail);
        }
    }

    public static WalkState Start => new(0, NotEntered, 0);

    public bool IsConstrained { get; }

    /// <summary>The symbols of the pattern's own literals, in both cases where the table does not tell them
    /// apart.</summary>
    public IEnumerable<int> LiteralSymbols => _tokens
        .Where(token => token.Symbol >= 0)
        .SelectMany(token => _isCaseInsensitive
            ? [token.Symbol, PathSymbols.OtherCase(token.Symbol)]
            : new[] { token.Symbol });

    public bool IsEnd(WalkState state) => state.Token == _tokens.Count;

    /// <summary>The symbol that alone leads on from a state; -1 where several may.</summary>
    public int OnlySymbol(WalkState state) =>
        _isCaseInsensitive || IsEnd(state) ? -1 : _tokens[state.Token].Symbol;

    /// <summary>Where a capture may end here, the state behind it; null elsewhere.</summary>
    public WalkState? EndCapture(WalkState state)
    {
        if (IsEnd(state) || _tokens[state.Token].Symbol >= 0 || state.Automaton == NotEntered)
            return null;
        return _tokens[state.Token].Language is { } language && !language.IsAccepting(state.Automaton)
            ? null
            : new WalkState(state.Token + 1, NotEntered, state.Search);
    }

    /// <summary>The state behind a symbol; null where the pattern does not take it.</summary>
    public WalkState? Next(WalkState state, int symbol)
    {
        if (IsEnd(state))
            return null;
        Token token = _tokens[state.Token];
        return token.Symbol >= 0 ? NextInLiteral(state, token, symbol) : NextInCapture(state, token, symbol);
    }

    private WalkState? NextInLiteral(WalkState state, Token token, int symbol)
    {
        if (symbol != token.Symbol && !(_isCaseInsensitive && PathSymbols.OtherCase(symbol) == token.Symbol))
            return null;
        int next = state.Token + 1;
        if (token.Search is not { } search)
            return new WalkState(next, NotEntered, 0);

        // The literal has to be complete for the first time at its own end, not before.
        int found = search.Next(state.Search, symbol);
        bool isLast = IsEnd(state with { Token = next }) || _tokens[next].Search != search || _tokens[next].Symbol < 0;
        if (found == search.Length != isLast)
            return null;
        return new WalkState(next, NotEntered, isLast ? 0 : found);
    }

    private static WalkState? NextInCapture(WalkState state, Token token, int symbol)
    {
        bool isFirst = state.Automaton == NotEntered;
        int automaton = 0;
        if (token.Language is { } language)
        {
            automaton = language.Next(isFirst ? 0 : state.Automaton, PathSymbols.OctetOf(symbol));
            if (language.IsDead(automaton))
                return null;
        }

        int found = isFirst || token.Search is null ? 0 : token.Search.Next(state.Search, symbol);
        return token.Search is not null && found == token.Search.Length
            ? null
            : new WalkState(state.Token, automaton, found);
    }

    private void AddLiteral(string literal, LiteralSearch? tail) =>
        _tokens.AddRange(PathSymbols.Of(literal).Select(symbol => new Token(symbol, null, tail)));

    /// <param name="Symbol">The symbol of a literal; -1 for a capture.</param>
    /// <param name="Language">What a capture's value has to be; null for anything.</param>
    /// <param name="Search">
    /// Looks for the literal that ends the capture: stands at the capture and at that literal's symbols.
    /// </param>
    private sealed record Token(int Symbol, ByteAutomaton? Language, LiteralSearch? Search);
}

/// <summary>A place in a walk.</summary>
/// <param name="Token">Which token is read next.</param>
/// <param name="Automaton">The state of the capture's language; -1 before its first symbol.</param>
/// <param name="Search">How much of the literal behind the capture has just been read.</param>
internal readonly record struct WalkState(int Token, int Automaton, int Search);

/// <summary>Looks for a literal symbol by symbol, as Knuth, Morris and Pratt do.</summary>
internal sealed class LiteralSearch
{
    private readonly int[] _symbols;
    private readonly int[] _fallback;
    private readonly bool _isCaseInsensitive;

    public LiteralSearch(string literal, bool isCaseInsensitive)
    {
        _isCaseInsensitive = isCaseInsensitive;
        _symbols = PathSymbols.Of(literal).ToArray();
        _fallback = new int[_symbols.Length + 1];
        for (int length = 2; length <= _symbols.Length; length++)
            _fallback[length] = Next(_fallback[length - 1], _symbols[length - 1]);
    }

    public int Length => _symbols.Length;

    /// <summary>How many symbols of the literal match, up to and including this one.</summary>
    public int Next(int matched, int symbol)
    {
        while (matched == Length || !IsSame(_symbols[matched], symbol))
        {
            if (matched == 0)
                return 0;
            matched = _fallback[matched];
        }

        return matched + 1;
    }

    private bool IsSame(int expected, int symbol) =>
        expected == symbol || (_isCaseInsensitive && PathSymbols.OtherCase(symbol) == expected);
}
