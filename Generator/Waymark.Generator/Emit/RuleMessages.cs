using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>What a client is told, one sentence for each rule: what is asked, never what was sent.</summary>
internal static class RuleMessages
{
    /// <summary>The user's own sentence, or ours.</summary>
    /// <param name="rule">The rule that is broken.</param>
    /// <param name="value">What it is asked of.</param>
    /// <param name="isNull">True where the value is null.</param>
    public static string Of(RuleModel rule, CheckedValue value, bool isNull = false) =>
        rule.Message ?? (rule.Kind switch
        {
            RuleKind.Required => isNull ? "must be given" : "must not be empty",
            RuleKind.Range => OfRange(rule),
            RuleKind.Length => OfLength(rule, value),
            RuleKind.Pattern => $"must match the pattern {rule.Low}",
            RuleKind.Email => "must be an e-mail address",
            RuleKind.Url => "must be an absolute URL that begins with http://, https:// or ftp://",
            RuleKind.Phone => "must be a phone number",
            RuleKind.CreditCard => "must be the number of a credit card",
            RuleKind.Base64 => "must be base64",
            RuleKind.AllowedValues => $"must be {OneOf(rule)}",
            RuleKind.DeniedValues => $"must not be {OneOf(rule)}",
            _ => $"must be equal to '{rule.Low}'",
        });

    private static string OfRange(RuleModel rule) => (rule.IsLowExclusive, rule.IsHighExclusive) switch
    {
        (false, false) => rule.Low == rule.High ? $"must be {rule.Low}" : $"must be from {rule.Low} to {rule.High}",
        (true, false) => $"must be more than {rule.Low} and at most {rule.High}",
        (false, true) => $"must be at least {rule.Low} and less than {rule.High}",
        (true, true) => $"must be more than {rule.Low} and less than {rule.High}",
    };

    private static string OfLength(RuleModel rule, CheckedValue value)
    {
        string unit = value.Type == "string" ? "character" : "item";
        string Count(string number) => number == "1" ? $"1 {unit}" : $"{number} {unit}s";
        if (rule.Low == rule.High)
            return $"must have exactly {Count(rule.Low)}";
        if (rule.High.Length == 0)
            return $"must have at least {Count(rule.Low)}";
        return rule.Low.Length == 0
            ? $"must have at most {Count(rule.High)}"
            : $"must have from {rule.Low} to {Count(rule.High)}";
    }

    /// <summary>The values as they were written; an enum's number without its cast.</summary>
    private static string OneOf(RuleModel rule)
    {
        string[] values = rule.Values
            .Select(value => value.Substring(value.LastIndexOf(")(", StringComparison.Ordinal) + 1))
            .Select(value => value.TrimEnd('m', 'd', 'f'))
            .ToArray();
        return values.Length == 1 ? values[0] : "one of " + string.Join(", ", values);
    }
}
