using Waymark.Generator.Model;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Templates;

/// <summary>A parsed template: what the grammar of the route language made of its text.</summary>
/// <param name="Text">The whole text, group prefixes included.</param>
/// <param name="Segments">What stands between the slashes; empty for <c>/</c>.</param>
/// <param name="HasTrailingSlash">True where a slash follows the last segment.</param>
/// <param name="Problems">
/// What is wrong with it, in the order of the text; a template with problems is not routed.
/// </param>
internal sealed record Template(
    string Text,
    EquatableArray<Segment> Segments,
    bool HasTrailingSlash,
    EquatableArray<Problem> Problems)
{
    /// <summary>All parameters, catch-all included, from left to right; the index is the capture's depth.</summary>
    public IEnumerable<Part> Captures =>
        Segments.SelectMany(segment => segment.Parts).Where(part => part.Kind != PartKind.Literal);

    /// <summary>A segment as it was written.</summary>
    public string TextOf(Segment segment)
    {
        Part last = segment.Parts[segment.Parts.Count - 1];
        int start = segment.Parts[0].Start;
        return Text.Substring(start, last.Start + last.Length - start);
    }
}

/// <summary>What stands between two slashes.</summary>
internal sealed record Segment(EquatableArray<Part> Parts);

/// <summary>A piece of a segment.</summary>
/// <param name="Kind">Literal, parameter or catch-all.</param>
/// <param name="Text">The parameter's name, or the literal in canonical percent-encoding, <c>::</c> undone.</param>
/// <param name="IsOptional">True for <c>:name?</c> and <c>*name?</c>.</param>
/// <param name="Start">Offset in the template of its first character, the <c>:</c> or <c>*</c> included.</param>
/// <param name="Length">Length in the template.</param>
/// <param name="Constraints">What the value has to be; empty for a literal and a catch-all.</param>
internal sealed record Part(
    PartKind Kind, string Text, bool IsOptional, int Start, int Length, EquatableArray<Constraint> Constraints);

/// <summary>What a piece of a segment is.</summary>
internal enum PartKind
{
    Literal,
    Parameter,
    CatchAll,
}
