using Waymark.Generator.Model;

namespace Waymark.Generator.Templates;

/// <summary>A parsed template of a command: words, each a literal or one capture.</summary>
/// <remarks>
/// <see cref="Path"/> says the same in the language of routes, a word for a segment and without regard to case, so that
/// order and conflicts of commands are those of routes. Its literals are percent-encoded; its places are those in the
/// text of the command.
/// </remarks>
/// <param name="Text">The text as it was written.</param>
/// <param name="Words">The words as they were written.</param>
/// <param name="Path">The same as a template of a route.</param>
/// <param name="Problems">What is wrong, in the order of the text; such a command is not emitted.</param>
internal sealed record CommandTemplate(
    string Text, EquatableArray<string> Words, Template Path, EquatableArray<Problem> Problems)
{
    /// <summary>With one space between words, for people.</summary>
    public string Shown => string.Join(" ", Words);

    /// <summary>The literals that it begins with: <c>CONFIG GET</c>.</summary>
    public string Name => string.Join(" ", Words.Take(LiteralCount));

    private int LiteralCount => Path.Segments
        .TakeWhile(segment => segment.Parts[0].Kind == PartKind.Literal)
        .Count();

    /// <summary>
    /// The templates without an optional rest that it stands for: in a path an empty rest needs a slash before it, in a
    /// line nothing.
    /// </summary>
    public IEnumerable<Template> Forms
    {
        get
        {
            EquatableArray<Segment> segments = Path.Segments;
            Part? last = segments.Count == 0 ? null : segments[segments.Count - 1].Parts[0];
            if (last is not { Kind: PartKind.CatchAll, IsOptional: true })
                return [Path];
            IEnumerable<Segment> before = segments.Take(segments.Count - 1);
            var rest = new Segment(new[] { last with { IsOptional = false } }.ToEquatableArray());
            return
            [
                Path with { Segments = before.ToEquatableArray() },
                Path with { Segments = before.Concat([rest]).ToEquatableArray() },
            ];
        }
    }
}
