using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Prints the checks of one value; for members of bodies and for parameters.</summary>
internal static class RuleEmitter
{
    private const string Comparer = "global::System.Collections.Generic.EqualityComparer";

    /// <summary>Prints the checks, and what else is to be done with a value that is not null.</summary>
    /// <param name="writer">Gets the statements.</param>
    /// <param name="rules">The rules, in the order in which errors are reported.</param>
    /// <param name="value">What the value is.</param>
    /// <param name="expression">The value.</param>
    /// <param name="local">A name that is free in the enclosing method, for a value that is not null.</param>
    /// <param name="patternOf">The static field that holds the expression of a pattern.</param>
    /// <param name="add">From a message as a C# literal to the statement that adds the error.</param>
    /// <param name="then">Prints what follows for a value that is not null; null for nothing.</param>
    public static void Emit(
        SourceWriter writer,
        EquatableArray<RuleModel> rules,
        CheckedValue value,
        string expression,
        string local,
        Func<RuleModel, string> patternOf,
        Func<string, string> add,
        Action? then = null)
    {
        List<(string Condition, RuleModel Rule)> conditions = rules
            .Select(rule => (Condition: ConditionOf(rule, value, local, expression, patternOf), Rule: rule))
            .Where(pair => pair.Condition.Length > 0)
            .ToList();
        List<(string Condition, RuleModel Rule)> ofNull = !value.CanBeNull ? [] : rules
            .Select(rule => (Condition: NullConditionOf(rule, expression), Rule: rule))
            .Where(pair => pair.Condition.Length > 0)
            .ToList();
        bool hasValueBlock = conditions.Count > 0 || then is not null;
        if (hasValueBlock)
        {
            writer.Open($"if ({expression} is {{ }} {local})");
            foreach ((string condition, RuleModel rule) in conditions)
                EmitCheck(writer, condition, add(SourceText.Literal(RuleMessages.Of(rule, value))));
            then?.Invoke();
            writer.Close();
        }

        if (ofNull.Count == 0)
            return;
        writer.Open(hasValueBlock ? "else" : $"if ({expression} is null)");
        foreach ((string condition, RuleModel rule) in ofNull)
            EmitCheck(writer, condition, add(SourceText.Literal(RuleMessages.Of(rule, value, isNull: true))));
        writer.Close();
    }

    /// <summary>The field of a pattern.</summary>
    public static void EmitPattern(SourceWriter writer, string field, RuleModel rule)
    {
        const string regex = "global::System.Text.RegularExpressions.";
        writer.Line(
            $"""
            internal static readonly {regex}Regex {field} = new(
                {SourceText.Literal(rule.Low)},
                {regex}RegexOptions.CultureInvariant,
                global::System.TimeSpan.FromMilliseconds({rule.High}));
            """);
    }

    private static void EmitCheck(SourceWriter writer, string condition, string statement)
    {
        if (condition == "true")
        {
            writer.Line(statement);
            return;
        }

        writer.Line($"if ({condition})");
        writer.Line("    " + statement);
    }

    /// <summary>True where a value that is not null breaks the rule; "" where none does.</summary>
    private static string ConditionOf(
        RuleModel rule, CheckedValue value, string local, string expression, Func<RuleModel, string> patternOf)
    {
        string text = value.Type == "global::System.Uri" ? local + ".OriginalString" : local;
        return rule.Kind switch
        {
            RuleKind.Required => rule.Low == "1" ? $"!Wm::Rules.IsGiven({local})" : "",
            RuleKind.Range => RangeOf(rule, value, local),
            RuleKind.Length => LengthOf(rule, value, local),
            RuleKind.Pattern => $"!Wm::Rules.IsMatch({patternOf(rule)}, {local})",
            RuleKind.Email => $"!Wm::Rules.IsEmail({local})",
            RuleKind.Url => $"!Wm::Rules.IsUrl({text})",
            RuleKind.Phone => $"!Wm::Rules.IsPhone({local})",
            RuleKind.CreditCard => $"!Wm::Rules.IsCreditCard({local})",
            RuleKind.Base64 => $"!Wm::Rules.IsBase64({local})",
            RuleKind.AllowedValues =>
                ValuesOf(rule) is { Length: > 0 } allowed ? $"{local} is not ({allowed})" : "true",
            RuleKind.DeniedValues => ValuesOf(rule) is { Length: > 0 } denied ? $"{local} is {denied}" : "",
            _ => $"!{Comparer}<{value.Type}?>.Default.Equals({local}, {OtherOf(rule, expression)})",
        };
    }

    /// <summary>True where null breaks the rule; "" where it does not.</summary>
    private static string NullConditionOf(RuleModel rule, string expression) => rule.Kind switch
    {
        RuleKind.Required => "true",
        RuleKind.AllowedValues => rule.Values.Contains("null") ? "" : "true",
        RuleKind.DeniedValues => rule.Values.Contains("null") ? "true" : "",
        RuleKind.Compare => OtherOf(rule, expression) + " is not null",
        _ => "",
    };

    private static string RangeOf(RuleModel rule, CheckedValue value, string local)
    {
        string domain = RangeBounds.DomainOf(value.Type, rule.Low, rule.High)!;
        string low = RangeBounds.Literal(domain, rule.Low);
        string high = RangeBounds.Literal(domain, rule.High);
        string converted = value.Type == "global::System.Half" ? "(double)" + local : local;
        string exclusive = rule.IsLowExclusive || rule.IsHighExclusive
            ? $", {(rule.IsLowExclusive ? "true" : "false")}, {(rule.IsHighExclusive ? "true" : "false")}"
            : "";
        return $"!Wm::Rules.IsInRange<{domain}>({converted}, {low}, {high}{exclusive})";
    }

    private static string LengthOf(RuleModel rule, CheckedValue value, string local)
    {
        bool hasLength = value.Type == "string" || value.Type.EndsWith("[]", StringComparison.Ordinal);
        bool isTyped = value is { Kind: ShapeKind.Array, Element.Length: > 0 };
        string length = hasLength
            ? local + ".Length"
            : $"Wm::Rules.CountOf{(isTyped ? $"<{value.Element}>" : "")}({local})";
        if (rule.Low == rule.High)
            return $"{length} != {rule.Low}";
        if (rule.High.Length == 0)
            return $"{length} < {rule.Low}";
        return rule.Low.Length == 0 ? $"{length} > {rule.High}" : $"{length} is < {rule.Low} or > {rule.High}";
    }

    private static string ValuesOf(RuleModel rule) => string.Join(" or ", rule.Values.Where(value => value != "null"));

    /// <summary>The other member of the same object.</summary>
    private static string OtherOf(RuleModel rule, string expression) =>
        expression.Substring(0, expression.LastIndexOf('.') + 1) + SourceText.Identifier(rule.Low);
}
