namespace Waymark.Generator.Templates.Constraints;

/// <summary>One constraint of a parameter, as it was understood.</summary>
/// <param name="Kind">Which one; <see cref="ConstraintKind.User"/> for a name that is not built in.</param>
/// <param name="Text">
/// Its one spelling: <c>int</c>, <c>len(1,20)</c>, <c>re([a-z]+)</c>. Equal texts mean equal constraints.
/// </param>
/// <param name="Min">The lower bound of a length or a number.</param>
/// <param name="Max">The upper bound of a length or a number.</param>
/// <param name="Argument">The texts of <c>in</c>, the pattern of <c>re</c>, the name of a user's; else "".</param>
/// <param name="Start">Offset in the template of its first character.</param>
/// <param name="Length">Length in the template.</param>
internal sealed record Constraint(
    ConstraintKind Kind, string Text, long Min, long Max, string Argument, int Start, int Length)
{
    /// <summary>Between the texts of <c>in</c>: no value holds it.</summary>
    public const char TextSeparator = '\0';
}

/// <summary>The built-in constraints, and those of users.</summary>
internal enum ConstraintKind
{
    Int32,
    Int64,
    Guid,
    Boolean,
    Alpha,
    AlphaNumeric,
    Hexadecimal,
    Slug,
    Length,
    Range,
    In,
    Expression,
    User,
}
