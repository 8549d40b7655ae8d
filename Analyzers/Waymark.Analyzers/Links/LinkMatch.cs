using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Analyzers.Links;

/// <summary>Compares one path with one link.</summary>
/// <remarks>
/// Rules of this file: a value counts only where the link writes the very text that stands in the path, so <c>007</c>
/// is no <c>int</c>, and a hole has to have the parameter's own type.
/// </remarks>
internal sealed class LinkMatch
{
    // What the text of a hole and the text of a link agree about, whatever the culture.
    private static readonly HashSet<string> SameText = new(StringComparer.Ordinal)
    {
        "string", "int", "long", "short", "byte", "uint", "ulong", "ushort", "global::System.Guid",
    };

    private static readonly Dictionary<string, (long Min, ulong Max)> Integers = new(StringComparer.Ordinal)
    {
        ["int"] = (int.MinValue, int.MaxValue),
        ["long"] = (long.MinValue, long.MaxValue),
        ["short"] = (short.MinValue, (ulong)short.MaxValue),
        ["byte"] = (byte.MinValue, byte.MaxValue),
        ["uint"] = (uint.MinValue, uint.MaxValue),
        ["ulong"] = (0, ulong.MaxValue),
        ["ushort"] = (ushort.MinValue, ushort.MaxValue),
    };

    private readonly KnownLink _link;
    private readonly SemanticModel? _model;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly StringBuilder _order = new();

    /// <param name="link">The link.</param>
    /// <param name="model">Knows the types of holes; null where any value will do that the constraints let in.</param>
    private LinkMatch(KnownLink link, SemanticModel? model) => (_link, _model) = (link, model);

    /// <summary>The link with its arguments; null where it makes another path.</summary>
    public static FoundLink? Find(KnownLink link, UrlText url, SemanticModel model)
    {
        if (url.Query is null || !url.IsPlain)
            return null;
        var match = new LinkMatch(link, model);
        return match.TakesPath(url) && match.TakesQuery(url) && match.Arguments() is { } arguments
            ? new FoundLink(link, arguments, match._order.ToString())
            : null;
    }

    /// <summary>True where the route of a link may be the one that answers a path.</summary>
    public static bool MayTake(KnownLink link, UrlText url) => new LinkMatch(link, null).TakesPath(url);

    private bool TakesPath(UrlText url)
    {
        int depth = 0;
        int index = 0;
        foreach (Segment segment in _link.Template.Segments)
        {
            EquatableArray<Part> parts = segment.Parts;
            Part? capture = parts.FirstOrDefault(part => part.Kind != PartKind.Literal);
            _order.Append(OrderOf(parts, capture));
            if (capture?.Kind == PartKind.CatchAll)
                return TakesRest(capture, depth, url, index);
            // The last part may be missing, and its slash with it.
            if (index == url.Segments.Count && capture is { IsOptional: true } && parts.Count == 1)
                return true;
            if (index == url.Segments.Count || !TakesSegment(parts, capture, depth, url.Segments[index]))
                return false;
            depth += capture is null ? 0 : 1;
            index++;
        }

        // The path "/" is one empty segment, and so is what follows a trailing slash.
        bool endsInSlash = index == url.Segments.Count - 1 && url.Segments[index].Length == 0;
        return _link.Template.HasTrailingSlash || index == 0 ? endsInSlash : index == url.Segments.Count;
    }

    private bool TakesRest(Part capture, int depth, UrlText url, int index)
    {
        if (index == url.Segments.Count)
            return false;
        if (index == url.Segments.Count - 1 && url.Segments[index] is [{ Hole: not null } hole])
            return Takes(ParameterAt(depth), capture, hole);
        string? text = url.TextFrom(index);
        return text is { Length: > 0 } ? Takes(ParameterAt(depth), capture, new UrlPiece(text, null))
            : text is not null && capture.IsOptional;
    }

    private bool TakesSegment(EquatableArray<Part> parts, Part? capture, int depth, UrlPiece[] pieces)
    {
        if (capture is null)
            return pieces is [{ Hole: null } literal] && literal.Text == parts[0].Text;
        // Where one value ends and the next begins is the server's to decide.
        if (parts.Count(part => part.Kind != PartKind.Literal) > 1)
            return _model is null;
        string before = parts[0].Kind == PartKind.Literal ? parts[0].Text : "";
        string after = parts.Count > 1 && parts[parts.Count - 1].Kind == PartKind.Literal
            ? parts[parts.Count - 1].Text
            : "";
        UrlPiece? value = pieces switch
        {
            [{ Hole: null, Text: var text }] when text.Length > before.Length + after.Length
                && text.StartsWith(before, StringComparison.Ordinal)
                && text.EndsWith(after, StringComparison.Ordinal) =>
                new UrlPiece(text.Substring(before.Length, text.Length - before.Length - after.Length), null),
            _ when Array.FindAll(pieces, piece => piece.Hole is not null) is [var hole]
                && IsLiteral(pieces.TakeWhile(piece => piece != hole), before)
                && IsLiteral(pieces.SkipWhile(piece => piece != hole).Skip(1), after) => hole,
            _ => null,
        };
        return value is not null && Takes(ParameterAt(depth), capture, value);
    }

    private static bool IsLiteral(IEnumerable<UrlPiece> pieces, string text) =>
        string.Concat(pieces.Select(piece => piece.Text)) == text;

    private bool TakesQuery(UrlText url)
    {
        foreach ((string key, UrlPiece value) in url.Query!)
        {
            LinkParameter? parameter = _link.Model.Parameters.FirstOrDefault(one => one.Depth < 0 && one.Key == key);
            // A value that is the handler's default is left out of the link.
            if (parameter is null || parameter.IsList || _values.ContainsKey(parameter.Name)
                || !Takes(parameter, null, value) || _values[parameter.Name] == parameter.Default)
            {
                return false;
            }
        }

        return true;
    }

    private LinkParameter? ParameterAt(int depth) => _link.Model.Parameters.FirstOrDefault(one => one.Depth == depth);

    private bool Takes(LinkParameter? parameter, Part? capture, UrlPiece value)
    {
        if (parameter is null)
            return false;
        string? source = value.Hole is null
            ? ValueOf(parameter, capture, value.Text)
            : HoleOf(parameter, value);
        if (source is not null)
            _values.Add(parameter.Name, source);
        return source is not null;
    }

    private string? HoleOf(LinkParameter parameter, UrlPiece value)
    {
        if (_model is null)
            return "";
        return _model.GetTypeInfo(value.Hole!).Type is { } type && TypeNames.Qualified(type) == parameter.Type
            && (SameText.Contains(parameter.Type) || type.TypeKind == TypeKind.Enum)
                ? FoundLink.TextOf(value.Hole!)
                : null;
    }

    private string? ValueOf(LinkParameter parameter, Part? capture, string text)
    {
        if (capture is not null)
        {
            var language = CaptureLanguage.Of(capture.Constraints);
            if (language.Known?.Accepts(Encoding.UTF8.GetBytes(text)) == false)
                return null;
            if (_model is null)
                return "";
            // What a constraint says that is only known at run time, the link asks there, and may throw.
            if (language.Opaque.Count > 0)
                return null;
        }

        return parameter.Kind switch
        {
            LinkValueKind.Text => SymbolDisplay.FormatLiteral(text, quote: true),
            LinkValueKind.Boolean => text is "true" or "false" ? text : null,
            LinkValueKind.Plain when Integers.TryGetValue(parameter.Type, out (long Min, ulong Max) range) =>
                IsInteger(text, range) ? text : null,
            _ => null,
        };
    }

    /// <summary>True for a literal of the type that is formatted as it stands here.</summary>
    private static bool IsInteger(string text, (long Min, ulong Max) range) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal value)
        && value >= range.Min && value <= range.Max
        && value.ToString(CultureInfo.InvariantCulture) == text && text != "-0";

    private List<string>? Arguments()
    {
        var arguments = new List<string>();
        bool isNamed = false;
        foreach (LinkParameter parameter in _link.Model.Parameters)
        {
            if (_values.TryGetValue(parameter.Name, out string? value))
                arguments.Add(isNamed ? parameter.Name + ": " + value : value);
            else if (parameter.IsOptional)
                isNamed = true;
            else
                return null;
        }

        return arguments;
    }

    /// <summary>The form of a segment as the table ranks it: the smaller, the earlier it is tried.</summary>
    private static char OrderOf(EquatableArray<Part> parts, Part? capture) =>
        capture is null ? 'a'
        : capture.Kind == PartKind.CatchAll ? 'z'
        : parts.Count > 1 ? 'b'
        : capture.Constraints.Count > 0 ? 'c'
        : 'd';
}
