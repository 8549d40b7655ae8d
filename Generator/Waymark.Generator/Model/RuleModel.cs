namespace Waymark.Generator.Model;

/// <summary>One validation attribute on a parameter or on a member of a body, as far as it is compiled.</summary>
/// <param name="Kind">What is asked of the value.</param>
/// <param name="Low">
/// The lower bound, length or pattern as invariant text; "" where there is none. For allowed and denied values unused.
/// </param>
/// <param name="High">The upper bound; "" where there is none.</param>
/// <param name="IsLowExclusive">True where the lower bound itself is refused.</param>
/// <param name="IsHighExclusive">True where the upper bound itself is refused.</param>
/// <param name="Values">Allowed or denied values, as C# literals.</param>
/// <param name="Message">The user's own sentence; null for ours.</param>
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
