using System.Globalization;
using Waymark.Generator.Model;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>What the constraints of a capture add to the schema of its type.</summary>
internal static class ConstraintSchemas
{
    /// <summary>The schema narrowed; what no keyword can say is said in its description.</summary>
    public static SchemaModel Apply(SchemaModel schema, IEnumerable<Constraint> constraints)
    {
        // Types first, so that bounds know what they bound.
        foreach (Constraint constraint in constraints.OrderBy(constraint => constraint.Kind))
            schema = Apply(schema, constraint);
        return schema;
    }

    private static SchemaModel Apply(SchemaModel schema, Constraint constraint) => constraint.Kind switch
    {
        ConstraintKind.Int32 => AsInteger(schema, "int32"),
        ConstraintKind.Int64 => AsInteger(schema, "int64"),
        ConstraintKind.Boolean => IsPlainText(schema) ? schema with { Type = "boolean" } : schema,
        ConstraintKind.Guid => IsPlainText(schema) ? schema with { Format = "uuid" } : schema,
        ConstraintKind.Alpha => WithPattern(schema, "^[A-Za-z]+$", constraint),
        ConstraintKind.AlphaNumeric => WithPattern(schema, "^[A-Za-z0-9]+$", constraint),
        ConstraintKind.Hexadecimal => WithPattern(schema, "^[0-9A-Fa-f]+$", constraint),
        ConstraintKind.Slug => WithPattern(schema, "^[a-z0-9]+(?:-[a-z0-9]+)*$", constraint),
        ConstraintKind.Expression => EcmaPattern.Whole(constraint.Argument) is { } pattern
            ? WithPattern(schema, pattern, constraint)
            : Note(schema, constraint),
        ConstraintKind.Length => schema.Type == "string"
            ? schema.WithCount((int)constraint.Min, (int)constraint.Max)
            : Note(schema, constraint),
        ConstraintKind.Range => WithRange(schema, constraint),
        ConstraintKind.In => WithValues(schema, constraint),
        _ => Note(schema, constraint),
    };

    private static bool IsPlainText(SchemaModel schema) => schema is { Type: "string", Format: "" };

    private static SchemaModel AsInteger(SchemaModel schema, string format) =>
        IsPlainText(schema) ? schema with { Type = "integer", Format = format } : schema;

    private static SchemaModel WithPattern(SchemaModel schema, string pattern, Constraint constraint) =>
        schema.Type == "string" ? schema.WithPattern(pattern) : Note(schema, constraint);

    private static SchemaModel WithRange(SchemaModel schema, Constraint constraint)
    {
        schema = AsInteger(schema, "int64");
        if (schema.Type is not ("integer" or "number"))
            return Note(schema, constraint);
        if (constraint.Min != long.MinValue)
            schema = schema.WithMinimum(constraint.Min.ToString(CultureInfo.InvariantCulture));
        return constraint.Max != long.MaxValue
            ? schema.WithMaximum(constraint.Max.ToString(CultureInfo.InvariantCulture))
            : schema;
    }

    private static SchemaModel WithValues(SchemaModel schema, Constraint constraint)
    {
        string[] texts = constraint.Argument.Split(Constraint.TextSeparator);
        bool areNumbers = schema.Type is "integer" or "number";
        if ((areNumbers && !texts.All(SchemaBounds.IsNumber)) || schema.Type is not ("integer" or "number" or "string"))
            return Note(schema, constraint);
        IEnumerable<string> values = texts.Select(text => areNumbers ? text : JsonLiteral.Of(text));
        if (schema.Values.Count > 0)
            values = schema.Values.Intersect(values, StringComparer.Ordinal);
        return schema with { Values = values.ToEquatableArray() };
    }

    private static SchemaModel Note(SchemaModel schema, Constraint constraint) =>
        schema.WithNote($"Has to meet the constraint `{constraint.Text}`.");
}
