using Waymark.Analyzers.Places;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>Writes what the rule says instead of the marked source.</summary>
internal abstract class WriteReplacement(string key) : EditFix
{
    public sealed override string Key => key;

    public override string TitleOf(FixTarget target) => $"Write '{target.Suggestion}'";

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.IsExact && target.Diagnostic.Properties.ContainsKey(Place.SuggestionProperty)
            ? Edits(target.Replace(target.Span, target.Suggestion))
            : Edits();
}

/// <summary>WM1013: writes a slash for a backslash.</summary>
internal sealed class WriteSlash : EditFix
{
    public override string Key => "WM1013.slash";

    public override string TitleOf(FixTarget target) => "Write '/'";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (!target.IsExact)
            return Edits();
        // Beside a slash, a second one would be an empty segment.
        bool isBesideSlash = target.Before(target.Span.Start) == '/' || target.At(target.Span.End) == '/';
        return Edits(target.Replace(target.Span, isBesideSlash ? "" : "/"));
    }
}

/// <summary>WM1014: spells a literal as it is compared.</summary>
internal sealed class SpellLiteral() : WriteReplacement("WM1014.spell");

/// <summary>WM1016: lets a template end as the others of its class do.</summary>
internal sealed class EndAlike() : WriteReplacement("WM1016.end")
{
    public override string TitleOf(FixTarget target) =>
        target.Suggestion.Length == 0 ? "Remove the last slash" : "End with a slash";
}

/// <summary>WM1017: writes a literal in lower case.</summary>
internal sealed class LowerLiteral() : WriteReplacement("WM1017.lower");

/// <summary>WM1020: leaves out what the prefix of the group says already.</summary>
internal sealed class StripPrefix() : WriteReplacement("WM1020.strip")
{
    public override string TitleOf(FixTarget target) => $"Leave out '{target.Marked}'";
}

/// <summary>WM1007: puts a text between two captures that touch.</summary>
internal abstract class Divide(string key, string title, string text) : EditFix
{
    public sealed override string Key => key;

    public sealed override string TitleOf(FixTarget target) => title;

    public sealed override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        target.IsExact ? Edits(target.Insert(target.Span.Start, text)) : Edits();
}

/// <summary>WM1007: puts <c>-</c> between two captures.</summary>
internal sealed class DivideByDash() : Divide("WM1007.dash", "Put '-' between the captures", "-");

/// <summary>WM1007: makes the second of two captures a segment of its own.</summary>
internal sealed class DivideBySlash() : Divide("WM1007.segment", "Make them two segments", "/");
