namespace Waymark.Generator.Templates.Languages;

/// <summary>
/// Reads the pattern of <c>re(…)</c>, which the whole value must match. Never throws: the first mistake is returned
/// with its place.
/// </summary>
/// <remarks>
/// <code>
/// pattern    = [ "^" ] choice [ "$" ]
/// choice     = sequence *( "|" sequence )
/// sequence   = *( atom [ quantifier ] )
/// atom       = "." / class / escape / "(" choice ")" / "(?:" choice ")" / any other character
/// quantifier = "*" / "+" / "?" / "{" n "}" / "{" n "," "}" / "{" n "," m "}"
/// </code>
/// Every construct here is regular, so that a pattern is an automaton: matched in one pass over the bytes, and compared
/// with other constraints by proof. What is not regular, or says how to search and not what to accept, is refused.
/// </remarks>
internal sealed class RegexReader
{
    /// <summary>The deepest nesting of groups: reading is recursive, and the editor's stack is not ours.</summary>
    public const int DepthMax = 50;

    /// <summary>The most repetitions one quantifier may ask for.</summary>
    public const int RepetitionsMax = 1_000;

    private readonly RegexCursor _cursor;
    private int _depth;

    private RegexReader(string pattern) => _cursor = new RegexCursor(pattern);

    /// <summary>Reads a pattern to the automaton of the values that match as a whole, in UTF-8.</summary>
    /// <param name="pattern">The text between the parentheses of <c>re(…)</c>.</param>
    /// <param name="automaton">The language, the empty text included where the pattern accepts it.</param>
    /// <param name="mistake">What is wrong, in full sentences; empty where nothing is.</param>
    /// <param name="start">Where the mistake begins, in UTF-16 units of the pattern.</param>
    /// <param name="length">How long it is; 0 only where the pattern is empty.</param>
    public static bool TryRead(
        string pattern, out ByteAutomaton? automaton, out string mistake, out int start, out int length)
    {
        automaton = null;
        var reader = new RegexReader(pattern);
        RegexCursor cursor = reader._cursor;
        RegexNode? tree = reader.ReadPattern();
        if (tree is not null)
            automaton = Compile(tree, cursor);
        mistake = cursor.Mistake ?? "";
        start = cursor.MistakeStart;
        length = cursor.MistakeLength;
        return automaton is not null;
    }

    private static ByteAutomaton? Compile(RegexNode tree, RegexCursor cursor)
    {
        ByteAutomaton? automaton = RegexCompiler.TryCompile(tree);
        if (automaton is null)
        {
            cursor.Fail(
                0, cursor.Text.Length,
                $"The pattern needs more than {ByteAutomaton.StatesMax} states, which is the most a route may cost: " +
                "use smaller repetitions, or a [Constraint] method of your own.");
            return null;
        }

        if (KnownLanguages.NotEmpty.Overlaps(automaton))
            return automaton;
        cursor.Fail(
            0, cursor.Text.Length,
            automaton.IsEmpty
                ? "The pattern matches no value at all, so the route would never be taken: mend or remove it."
                : "The pattern matches the empty text only, and a capture is never empty: write what the value holds.");
        return null;
    }

    private RegexNode? ReadPattern()
    {
        _cursor.TryTake('^');
        RegexNode? tree = ReadChoice();
        if (_cursor.HasFailed)
            return null;
        if (_cursor.IsAt(')'))
        {
            return _cursor.Fail<RegexNode>(
                1, "This ')' closes no group: remove it, or write '\\)' for the character itself.");
        }

        return tree;
    }

    private RegexNode? ReadChoice()
    {
        var items = new List<RegexNode>();
        do
        {
            RegexNode.Sequence? sequence = ReadSequence();
            if (sequence is null)
                return null;
            items.Add(sequence);
        }
        while (_cursor.TryTake('|'));

        return items.Count == 1 ? items[0] : new RegexNode.Choice(items);
    }

    private RegexNode.Sequence? ReadSequence()
    {
        var items = new List<RegexNode>();
        while (!_cursor.AtEnd && !_cursor.IsAt('|') && !_cursor.IsAt(')'))
        {
            // A '$' at the very end says what holds anyway.
            if (_cursor.IsAt('$') && _cursor.Position == _cursor.Text.Length - 1)
            {
                _cursor.Position++;
                break;
            }

            if (ReadAtom() is not { } atom || RegexQuantifiers.Read(_cursor, atom) is not { } item)
                return null;
            items.Add(item);
        }

        return new RegexNode.Sequence(items);
    }

    private RegexNode? ReadAtom()
    {
        switch (_cursor.Current)
        {
            case '(':
                return ReadGroup();
            case '[':
                return RegexClasses.Read(_cursor) is { } set ? new RegexNode.Scalar(set) : null;
            case '.':
                _cursor.Position++;
                return new RegexNode.Scalar(ScalarSet.All);
            case '\\':
                return RegexEscapes.Read(_cursor) is { } escaped ? new RegexNode.Scalar(escaped) : null;
            case '*' or '+' or '?' or '{':
                return _cursor.Fail<RegexNode>(
                    1,
                    $"The quantifier '{_cursor.Current}' has nothing to repeat: put what repeats before it, or write " +
                    $"'\\{_cursor.Current}' for the character itself.");
            case ']' or '}':
                return _cursor.Fail<RegexNode>(
                    1,
                    $"This '{_cursor.Current}' closes nothing: remove it, or write '\\{_cursor.Current}' for the " +
                    "character itself.");
            case '^' or '$':
                return _cursor.Fail<RegexNode>(
                    1,
                    $"The anchor '{_cursor.Current}' stands inside the pattern, which always matches the whole " +
                    $"value: remove it, or write '\\{_cursor.Current}' for the character itself.");
            default:
                int scalar = _cursor.ReadScalar();
                return scalar < 0 ? null : new RegexNode.Scalar(ScalarSet.Of([(scalar, scalar)]));
        }
    }

    private RegexNode? ReadGroup()
    {
        int open = _cursor.Position++;
        if (!RegexGroups.ReadOpening(_cursor, open))
            return null;
        if (_depth == DepthMax)
        {
            return _cursor.Fail<RegexNode>(
                open, 1, $"This group is nested more than {DepthMax} deep, which is the limit: write the pattern flatter.");
        }

        _depth++;
        RegexNode? inner = ReadChoice();
        _depth--;
        if (inner is null)
            return null;
        return _cursor.TryTake(')')
            ? inner
            : _cursor.Fail<RegexNode>(
                open, 1, "The group is not closed: add its ')', or write '\\(' for the character itself.");
    }
}
