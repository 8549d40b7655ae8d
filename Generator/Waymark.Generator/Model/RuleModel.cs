namespace Waymark.Generator.Model;

/// <summary>One validation attribute on a parameter or on a member of a body, as far as it is compiled.</summary>
/// <param name="Kind">What is asked of the value.</param>
/// <param name="Low">
/// The lower bound or least length as invariant text, "" where there is none. A pattern as it was written. "1" for a
/// required text that may not be empty. The other member of a comparison.
/// </param>
/// <param name="High">
/// The upper bound or greatest length; "" where there is none. The milliseconds that a pattern may take; at least 1.
/// </param>
/// <param name="IsLowExclusive">True where the lower bound itself is refused.</param>
/// <param name="IsHighExclusive">True where the upper bound itself is refused.</param>
/// <param name="Values">Allowed or denied values, as C# literals.</param>
/// <param name="Message">The user's own sentence, its places filled; null for ours.</param>
internal sealed record RuleModel(
    RuleKind Kind,
    string Low,
    string High,
    bool IsLowExclusive,
    bool IsHighExclusive,
    EquatableArray<string> Values,
    string? Message);

/// <summary>The attributes of System.ComponentModel.DataAnnotations that are compiled.</summary>
internal enum RuleKind
{
    Required,
    Range,
    Length,
    Pattern,
    Email,
    Url,
    Phone,
    CreditCard,
    Base64,
    AllowedValues,
    DeniedValues,
    Compare,
}
