using System.Globalization;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Narrows a schema: of two bounds the tighter one stands.</summary>
internal static class SchemaBounds
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static SchemaModel WithMinimum(this SchemaModel schema, string minimum, bool isExclusive = false)
    {
        bool isTighter = schema.Minimum.Length == 0 || Compare(minimum, schema.Minimum) is > 0
            || (Compare(minimum, schema.Minimum) == 0 && isExclusive);
        return minimum.Length > 0 && isTighter
            ? schema with { Minimum = minimum, IsMinimumExclusive = isExclusive }
            : schema;
    }

    public static SchemaModel WithMaximum(this SchemaModel schema, string maximum, bool isExclusive = false)
    {
        bool isTighter = schema.Maximum.Length == 0 || Compare(maximum, schema.Maximum) is < 0
            || (Compare(maximum, schema.Maximum) == 0 && isExclusive);
        return maximum.Length > 0 && isTighter
            ? schema with { Maximum = maximum, IsMaximumExclusive = isExclusive }
            : schema;
    }

    public static SchemaModel WithCount(this SchemaModel schema, int? min, int? max)
    {
        if (min > 0 && !(schema.CountMin >= min))
            schema = schema with { CountMin = min };
        return max is not null && !(schema.CountMax <= max) ? schema with { CountMax = max } : schema;
    }

    public static SchemaModel WithPattern(this SchemaModel schema, string pattern) =>
        schema.Patterns.Contains(pattern)
            ? schema
            : schema with { Patterns = schema.Patterns.Concat([pattern]).ToEquatableArray() };

    /// <summary>A sentence behind what is described already.</summary>
    public static SchemaModel WithNote(this SchemaModel schema, string note) =>
        schema with { Description = schema.Description.Length == 0 ? note : schema.Description + " " + note };

    /// <summary>True for a text that JSON would have as a number.</summary>
    public static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, Culture, out _)
        && text.Length > 0 && (char.IsDigit(text[0]) || (text[0] == '-' && text.Length > 1 && char.IsDigit(text[1])))
        && char.IsDigit(text[text.Length - 1]);

    private static int? Compare(string left, string right) =>
        decimal.TryParse(left, NumberStyles.Float, Culture, out decimal first)
        && decimal.TryParse(right, NumberStyles.Float, Culture, out decimal second)
            ? first.CompareTo(second)
            : null;
}
