using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.CodeFixes.Handlers;

/// <summary>The type of a parameter that takes every value which the constraints of a capture let through.</summary>
internal static class ConstrainedType
{
    public const string Text = "string";
    public const string Guid = "Guid";

    /// <summary>The narrowest type, as all constraints hold: <c>int</c> for <c>&lt;int,min(1)&gt;</c>.</summary>
    public static string Of(Part capture)
    {
        if (Has(capture, ConstraintKind.Int32))
            return "int";
        if (Has(capture, ConstraintKind.Int64) || Has(capture, ConstraintKind.Range))
            return "long";
        return Has(capture, ConstraintKind.Guid) ? Guid : Text;
    }

    private static bool Has(Part capture, ConstraintKind kind) =>
        capture.Constraints.Any(constraint => constraint.Kind == kind);
}
