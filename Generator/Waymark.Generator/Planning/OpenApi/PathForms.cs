using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>A path of OpenAPI that a template stands for.</summary>
/// <param name="Path">With the captures in braces: <c>/users/{id}</c>.</param>
/// <param name="Shape">
/// The same without the names: paths that differ by names only are one (OpenAPI 3.1 section 4.8.8.1).
/// </param>
/// <param name="Captures">The captures in the path, from left to right.</param>
/// <param name="Left">The optional capture that this form leaves out; "" for none.</param>
internal sealed record PathForm(string Path, string Shape, EquatableArray<Part> Captures, string Left)
{
    /// <summary>One form, or two where the last capture may be missing: the longer one first.</summary>
    /// <remarks>As the matcher has it, the shorter one has no slash at its end.</remarks>
    public static IEnumerable<PathForm> Of(Template template)
    {
        yield return From(template.Segments, template.HasTrailingSlash, "");
        if (template.Segments.Count == 0)
            yield break;
        Segment last = template.Segments[template.Segments.Count - 1];
        Part part = last.Parts[last.Parts.Count - 1];
        if (part.Kind == PartKind.Literal || !part.IsOptional)
            yield break;

        // A catch-all leaves its slash: the one path that OpenAPI's linters take to end in one is the root. Else the
        // capture's description says that it may be empty.
        if (part.Kind == PartKind.CatchAll && template.Segments.Count > 1)
            yield break;
        IEnumerable<Segment> shorter = template.Segments.Take(template.Segments.Count - 1);
        if (last.Parts.Count > 1)
            shorter = shorter.Concat([new Segment(last.Parts.Take(last.Parts.Count - 1).ToEquatableArray())]);
        yield return From(shorter.ToEquatableArray(), hasTrailingSlash: false, part.Text);
    }

    private static PathForm From(EquatableArray<Segment> segments, bool hasTrailingSlash, string left)
    {
        var path = new StringBuilder();
        var shape = new StringBuilder();
        var captures = new List<Part>();
        foreach (Segment segment in segments)
        {
            path.Append('/');
            shape.Append('/');
            foreach (Part part in segment.Parts)
            {
                bool isLiteral = part.Kind == PartKind.Literal;
                path.Append(isLiteral ? part.Text : "{" + part.Text + "}");
                shape.Append(isLiteral ? part.Text : "{}");
                if (!isLiteral)
                    captures.Add(part);
            }
        }

        if (hasTrailingSlash || segments.Count == 0)
        {
            path.Append('/');
            shape.Append('/');
        }

        return new PathForm(path.ToString(), shape.ToString(), captures.ToEquatableArray(), left);
    }
}
