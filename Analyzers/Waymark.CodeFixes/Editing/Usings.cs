using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.CodeFixes.Editing;

/// <summary>Adds using directives as text.</summary>
internal static class Usings
{
    /// <summary>The edit that lets a document name a type; null where it already can.</summary>
    public static SourceEdit? Add(EditTarget target, int position, string type, string space)
    {
        if (target.Model.LookupNamespacesAndTypes(position, name: type)
            .Any(found => found.ContainingNamespace?.ToDisplayString() == space))
        {
            return null;
        }

        string newline = NewlineOf(target);
        var unit = (CompilationUnitSyntax)target.Root;
        if (unit.Usings.Count > 0)
            return target.Insert(unit.Usings[unit.Usings.Count - 1].FullSpan.End, $"using {space};{newline}");
        // Behind an opening comment, which belongs to the file and not to its first type.
        return target.Insert(unit.GetFirstToken().SpanStart, $"using {space};{newline}{newline}");
    }

    /// <summary>The line break that the document uses.</summary>
    public static string NewlineOf(EditTarget target) =>
        target.Text.Lines.Count > 1 && target.Text.Lines[0].EndIncludingLineBreak - target.Text.Lines[0].End == 2
            ? "\r\n"
            : "\n";
}
