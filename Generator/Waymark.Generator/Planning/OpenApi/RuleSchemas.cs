using System.Globalization;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>What validation attributes add to the schema of a value.</summary>
internal static class RuleSchemas
{
    /// <summary>The schema narrowed; what no keyword can say is said in its description.</summary>
    /// <param name="schema">The schema of the value's type.</param>
    /// <param name="rules">Its attributes.</param>
    /// <param name="nameOf">The name of an enum's constant by its number as text; null for none.</param>
    public static SchemaModel Apply(SchemaModel schema, IEnumerable<RuleModel> rules, Func<string, string?> nameOf)
    {
        foreach (RuleModel rule in rules)
            schema = Apply(schema, rule, nameOf);
        return schema;
    }

    /// <summary>True where the value has to be there and is not null.</summary>
    public static bool AreRequiring(EquatableArray<RuleModel> rules) => rules.Any(rule => rule.Kind switch
    {
        RuleKind.Required => true,
        RuleKind.AllowedValues => !rule.Values.Contains("null"),
        _ => false,
    });

    private static SchemaModel Apply(SchemaModel schema, RuleModel rule, Func<string, string?> nameOf) =>
        rule.Kind switch
        {
            RuleKind.Required => Required(schema, rule),
            RuleKind.Range => Range(schema, rule),
            RuleKind.Length => schema.WithCount(Count(rule.Low), Count(rule.High)),
            RuleKind.Pattern => schema.Type == "string" && EcmaPattern.Whole(rule.Low) is { } pattern
                ? schema.WithPattern(pattern)
                : schema.WithNote($"Has to match `{rule.Low}` (.NET)."),
            RuleKind.Email => Format(schema, "email", "Has to be an e-mail address."),
            RuleKind.Url => Format(schema, "uri", "Has to be a URL."),
            RuleKind.Phone => schema.WithNote("Has to be a telephone number."),
            RuleKind.CreditCard => schema.WithNote("Has to be a credit card number."),
            RuleKind.Base64 => schema.Type == "string" ? schema with { IsBase64 = true } : schema,
            RuleKind.AllowedValues => Allowed(schema, rule, nameOf),
            RuleKind.DeniedValues => Denied(schema, rule, nameOf),
            RuleKind.Compare => schema.WithNote($"Has to be the same as `{rule.Low}`."),
            _ => schema,
        };

    private static SchemaModel Required(SchemaModel schema, RuleModel rule)
    {
        schema = schema with { IsNullable = false };
        return schema.Type == "string" && rule.Low == "1" ? schema.WithCount(1, null) : schema;
    }

    private static SchemaModel Range(SchemaModel schema, RuleModel rule)
    {
        bool areNumbers = (rule.Low.Length == 0 || SchemaBounds.IsNumber(rule.Low))
            && (rule.High.Length == 0 || SchemaBounds.IsNumber(rule.High));
        if (schema.Type is "integer" or "number" && areNumbers)
        {
            return schema.WithMinimum(rule.Low, rule.IsLowExclusive).WithMaximum(rule.High, rule.IsHighExclusive);
        }

        string low = rule.Low.Length == 0 ? "" : (rule.IsLowExclusive ? " above " : " from ") + rule.Low;
        string high = rule.High.Length == 0 ? "" : (rule.IsHighExclusive ? " below " : " up to ") + rule.High;
        return low.Length + high.Length == 0 ? schema : schema.WithNote($"Has to be{low}{high}.");
    }

    private static SchemaModel Format(SchemaModel schema, string format, string note) =>
        schema is { Type: "string", Format: "" } ? schema with { Format = format } : schema.WithNote(note);

    private static SchemaModel Allowed(SchemaModel schema, RuleModel rule, Func<string, string?> nameOf)
    {
        List<string>? values = Values(rule, nameOf);
        // Null is one of the values or refused, unlike by all other rules.
        schema = schema with { IsNullable = schema.IsNullable && rule.Values.Contains("null") };
        if (values is null)
            return schema.WithNote($"Has to be one of {Shown(rule)}.");
        return schema with
        {
            Values = (schema.Values.Count == 0 ? values : schema.Values.Intersect(values)).ToEquatableArray(),
        };
    }

    private static SchemaModel Denied(SchemaModel schema, RuleModel rule, Func<string, string?> nameOf) =>
        Values(rule, nameOf) is { } values
            ? schema with { DeniedValues = schema.DeniedValues.Union(values).ToEquatableArray() }
            : schema.WithNote($"Must not be one of {Shown(rule)}.");

    /// <summary>As JSON; null where one has none.</summary>
    private static List<string>? Values(RuleModel rule, Func<string, string?> nameOf)
    {
        var values = new List<string>();
        foreach (string literal in rule.Values)
        {
            if (JsonLiteral.OfSource(literal, nameOf) is not { } value)
                return null;
            values.Add(value);
        }

        return values.Count == 0 ? null : values.Distinct(StringComparer.Ordinal).ToList();
    }

    private static string Shown(RuleModel rule) => string.Join(", ", rule.Values.Select(value => $"`{value}`"));

    private static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;
}
