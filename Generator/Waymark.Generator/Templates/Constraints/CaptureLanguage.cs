using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Templates.Constraints;

/// <summary>The values that a capture with constraints can have: what conflicts are proven with.</summary>
/// <param name="Known">
/// The octets of the decoded value that all built-in constraints accept; null where there are none.
/// </param>
/// <param name="Opaque">
/// The constraints of which nothing is known at build time, sorted: users', and those whose automaton grows too large.
/// They are taken to accept anything where a conflict is looked for, so that none is missed.
/// </param>
internal sealed record CaptureLanguage(ByteAutomaton? Known, IReadOnlyList<string> Opaque)
{
    private static readonly CaptureLanguage Anything = new(null, []);

    // Automata are built once for each text, however often a template is read while its author types.
    private static readonly Memo<CaptureLanguage> Languages = new(capacity: 512);

    /// <summary>The language of constraints that hold together.</summary>
    public static CaptureLanguage Of(IReadOnlyList<Constraint> constraints)
    {
        if (constraints.Count == 0)
            return Anything;
        string text = string.Join(",", constraints.Select(constraint => constraint.Text));
        return Languages.Get(text, () => Build(constraints));
    }

    private static CaptureLanguage Build(IReadOnlyList<Constraint> constraints)
    {
        ByteAutomaton? known = null;
        var opaque = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Constraint constraint in constraints)
        {
            ByteAutomaton? one = Of(constraint);
            ByteAutomaton? both = one is null || known is null ? one : known.And(one);
            if (both is null)
                opaque.Add(constraint.Text);
            else
                known = both;
        }

        return new CaptureLanguage(known, opaque.ToList());
    }

    /// <summary>True where a value may be one of both.</summary>
    public bool Overlaps(CaptureLanguage other) =>
        Known is null || other.Known is null || Known.Overlaps(other.Known);

    /// <summary>True where every value of the other is certainly one of this.</summary>
    public bool Includes(CaptureLanguage other)
    {
        if (!Opaque.All(text => other.Opaque.Contains(text)))
            return false;
        if (Known is null)
            return true;
        // One word of the other that this does not take says no, and most pairs of constraints have one.
        return other.Known is not null
            && (other.ShortestWord is not { } word || Known.Accepts(word))
            && Known.Includes(other.Known);
    }

    private byte[]? ShortestWord { get; } = Known?.ShortestWord();

    /// <summary>The automaton of one built-in constraint; null for a user's.</summary>
    public static ByteAutomaton? Of(Constraint constraint) => constraint.Kind switch
    {
        ConstraintKind.Int32 => KnownLanguages.Int32,
        ConstraintKind.Int64 => KnownLanguages.Int64,
        ConstraintKind.Guid => KnownLanguages.Guid,
        ConstraintKind.Boolean => KnownLanguages.Bool,
        ConstraintKind.Alpha => KnownLanguages.Alpha,
        ConstraintKind.AlphaNumeric => KnownLanguages.AlphaNumeric,
        ConstraintKind.Hexadecimal => KnownLanguages.Hexadecimal,
        ConstraintKind.Slug => KnownLanguages.Slug,
        ConstraintKind.Length => KnownLanguages.Length((int)constraint.Min, (int)constraint.Max),
        ConstraintKind.Range => KnownLanguages.Integers(constraint.Min, constraint.Max),
        ConstraintKind.In => KnownLanguages.OneOf(constraint.Argument.Split(Constraint.TextSeparator)),
        ConstraintKind.Expression =>
            RegexReader.TryRead(constraint.Argument, out ByteAutomaton? automaton, out _, out _, out _)
                ? automaton
                : null,
        _ => null,
    };
}
