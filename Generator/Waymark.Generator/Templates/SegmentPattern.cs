using Waymark.Generator.Model;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Templates;

/// <summary>One segment: a literal prefix, then the captures, each with the literal behind it.</summary>
/// <remarks>
/// <c>users</c> is ("users", []); <c>v:major&lt;int&gt;.:minor</c> is ("v", [("&lt;int&gt;", "."), ("", "")]). Only the
/// last tail may be empty. Literals are lower case where the table does not tell cases apart.
/// </remarks>
internal sealed record SegmentPattern(string Prefix, EquatableArray<CapturePattern> Captures)
{
    public bool IsLiteral => Captures.Count == 0;

    /// <summary>How many bytes stand behind captures, all together.</summary>
    public int TailsLength => Captures.Sum(capture => capture.Tail.Length);

    /// <summary>How many captures have constraints.</summary>
    public int ConstrainedCount => Captures.Count(capture => capture.Constraints.Count > 0);

    public static SegmentPattern Of(Segment segment, bool isCaseInsensitive)
    {
        string prefix = "";
        var captures = new List<CapturePattern>();
        foreach (Part part in segment.Parts)
        {
            string literal = part.Kind != PartKind.Literal ? ""
                : isCaseInsensitive ? part.Text.ToLowerInvariant() : part.Text;
            if (part.Kind != PartKind.Literal)
                captures.Add(new CapturePattern(part.Constraints.Select(CaptureConstraint.Of).ToEquatableArray(), ""));
            else if (captures.Count == 0)
                prefix += literal;
            else
                captures[captures.Count - 1] = captures[captures.Count - 1] with { Tail = literal };
        }

        return new SegmentPattern(prefix, captures.ToEquatableArray());
    }
}

/// <summary>One capture of a segment.</summary>
/// <param name="Constraints">Sorted by text; all have to hold.</param>
/// <param name="Tail">The literal between it and the next capture or the segment's end.</param>
internal sealed record CapturePattern(EquatableArray<CaptureConstraint> Constraints, string Tail)
{
    /// <summary>The values that it can have.</summary>
    public CaptureLanguage Language =>
        CaptureLanguage.Of(Constraints.Select(constraint => constraint.Constraint).ToList());

    /// <summary>As in a template: <c>&lt;int,min(1)&gt;</c>, or "".</summary>
    public string ConstraintsText => Constraints.Count == 0
        ? ""
        : "<" + string.Join(",", Constraints.Select(constraint => constraint.Constraint.Text)) + ">";
}

/// <summary>A constraint without its place: equal to another of the same text.</summary>
internal sealed class CaptureConstraint(Constraint constraint) : IEquatable<CaptureConstraint>
{
    public Constraint Constraint => constraint;

    public static CaptureConstraint Of(Constraint constraint) => new(constraint);

    public bool Equals(CaptureConstraint? other) => other is not null && other.Constraint.Text == Constraint.Text;

    public override bool Equals(object? obj) => Equals(obj as CaptureConstraint);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Constraint.Text);
}
