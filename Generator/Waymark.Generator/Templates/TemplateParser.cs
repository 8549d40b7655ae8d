using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Templates;

/// <summary>
/// Reads a template. Never throws: what is wrong becomes a problem with its place, and reading goes on.
/// </summary>
/// <remarks>
/// <code>
/// template  = "/" [ segment *( "/" segment ) [ "/" ] ]
/// segment   = 1*( literal / parameter ) / catchall
/// parameter = ":" name [ "&lt;" constraint *( "," constraint ) "&gt;" ] [ "?" ]
/// catchall  = "*" name [ "?" ]                     ; the whole rest, last only
/// literal   = 1*( unreserved / sub-delims / "@" / "::" / pct-encoded / non-ASCII )
/// </code>
/// Rules of this file: no compiler types, because the analyzers compile the same source; problems in the order of the
/// text.
/// </remarks>
internal sealed class TemplateParser
{
    /// <summary>The most captures a template may have. Nobody needs more; the first eight cost no array.</summary>
    public const int CapturesMax = 64;

    private readonly string _text;
    private readonly string _scope;
    private readonly List<Problem> _problems = [];
    private readonly List<Part> _captures = [];
    private readonly List<Segment> _segments = [];
    private int _position;

    // Each template is read by several steps, and again with every edit of a project.
    private static readonly Memo<Template> Parsed = new(capacity: 8192);

    private static EquatableArray<Constraint> NoConstraints => EquatableArray<Constraint>.Empty;

    private TemplateParser(string text, string scope) => (_text, _scope) = (text, scope);

    private bool AtEnd => _position == _text.Length;

    private bool AtSegmentEnd => AtEnd || _text[_position] == '/';

    /// <summary>Parses a whole template, group prefixes included.</summary>
    /// <param name="text">The template.</param>
    /// <param name="scope">
    /// The mounted table that the template comes from, whose users' constraints it means; "" for one of this assembly.
    /// </param>
    public static Template Parse(string text, string scope = "") =>
        Parsed.Get(scope.Length == 0 ? text : text + "\n" + scope, () => ParseAnew(text, scope));

    private static Template ParseAnew(string text, string scope)
    {
        var parser = new TemplateParser(text, scope);
        bool hasTrailingSlash = parser.ReadTemplate();
        parser.CheckOrder();
        return new Template(
            text,
            parser._segments.ToEquatableArray(),
            hasTrailingSlash,
            parser._problems.OrderBy(problem => problem.Start).ToEquatableArray());
    }

    private bool ReadTemplate()
    {
        if (AtEnd || _text[0] != '/')
        {
            Report("WM1001", 0, Math.Min(1, _text.Length), $"A template starts with '/': write \"/{_text}\".");
            if (AtEnd)
                return false;
        }
        else
        {
            _position = 1;
        }

        while (!AtEnd)
        {
            if (_text[_position] == '/')
            {
                Report(
                    "WM1002", _position - 1, 2,
                    "Nothing stands between these two slashes, and no route matches an empty segment: remove one '/'.");
                _position++;
                continue;
            }

            ReadSegment();
            if (AtEnd)
                return false;
            _position++;
        }

        return _segments.Count > 0;
    }

    private void ReadSegment()
    {
        var parts = new List<Part>();
        if (_text[_position] == '*')
        {
            ReadCatchAll(parts);
        }
        else
        {
            while (!AtSegmentEnd)
            {
                if (_text[_position] == ':' && !IsAt(_position + 1, ':'))
                    ReadParameter(parts);
                else
                    ReadLiteral(parts);
            }
        }

        _segments.Add(new Segment(parts.ToEquatableArray()));
    }

    private void ReadCatchAll(List<Part> parts)
    {
        int start = _position++;
        string name = ReadName(start, "catch-all", "*rest");
        bool isOptional = TryTake('?');
        AddCapture(parts, new Part(PartKind.CatchAll, name, isOptional, start, _position - start, NoConstraints));
        if (AtSegmentEnd)
            return;

        int restStart = _position;
        while (!AtSegmentEnd)
            _position++;
        Report(
            "WM1005", restStart, _position - restStart,
            $"The catch-all '*{name}' takes the whole rest of the path, so nothing may follow it: remove what does, " +
            $"or write ':{name}' for a part of one segment.");
    }

    private void ReadParameter(List<Part> parts)
    {
        int start = _position++;
        if (parts.Count > 0 && parts[parts.Count - 1].Kind == PartKind.Parameter)
        {
            Report(
                "WM1007", start, 1,
                $"':{parts[parts.Count - 1].Text}' and the capture behind it touch, so nothing says where one ends: " +
                "put a literal such as '-' between them.");
        }

        string name = ReadName(start, "parameter", ":id");
        EquatableArray<Constraint> constraints = ReadConstraints();
        bool isOptional = TryTake('?');
        AddCapture(parts, new Part(PartKind.Parameter, name, isOptional, start, _position - start, constraints));
    }

    private string ReadName(int start, string kind, string example)
    {
        int nameStart = _position;
        while (!AtEnd && IsNamePart(_text[_position]))
            _position++;
        string name = _text.Substring(nameStart, _position - nameStart);
        if (name.Length == 0)
        {
            Report(
                "WM1003", start, 1,
                $"The {kind} has no name: a name is a C# identifier, as in '{example}'" +
                (kind == "parameter" ? "; a literal ':' is written '::'." : "."));
        }
        else if (char.IsDigit(name[0]))
        {
            Report(
                "WM1003", nameStart, name.Length,
                $"'{name}' is not a {kind} name: a name is a C# identifier, so write '_{name}' or 'p{name}'.");
        }

        return name;
    }

    private EquatableArray<Constraint> ReadConstraints()
    {
        if (AtEnd || _text[_position] != '<')
            return EquatableArray<Constraint>.Empty;
        int start = _position;
        int problems = _problems.Count;
        List<Constraint> constraints = new ConstraintParser(_text, _scope, _problems).Read(ref _position);
        bool isSound = problems == _problems.Count;
        if (isSound && constraints.Count > 1 && CaptureLanguage.Of(constraints).Known is { IsEmpty: true })
        {
            string text = _text.Substring(start, _position - start);
            Report(
                "WM1009", start, text.Length,
                $"No value meets all the constraints of '{text}', so the route could never match: remove one.");
        }

        // The order in which they were written says nothing: equal sets of constraints are equal patterns.
        return constraints.OrderBy(constraint => constraint.Text, StringComparer.Ordinal).ToEquatableArray();
    }

    private void ReadLiteral(List<Part> parts)
    {
        int start = _position;
        var canonical = new StringBuilder();
        while (!AtSegmentEnd && !(_text[_position] == ':' && !IsAt(_position + 1, ':')))
        {
            int length = LiteralCharacters.Append(_text, _position, canonical, out string? mistake);
            if (mistake is not null)
                Report(LiteralCharacters.RuleFor(_text[_position]), _position, length, mistake);
            _position += length;
        }

        string literal = canonical.ToString();
        if (!LiteralCharacters.IsWhole(literal))
        {
            Report(
                "WM1026", start, _position - start,
                $"'{_text.Substring(start, _position - start)}' holds escapes that are not UTF-8 by themselves, " +
                "which no request has (RFC 3986 section 2.5): write the whole character.");
        }

        parts.Add(new Part(PartKind.Literal, literal, false, start, _position - start, NoConstraints));
    }

    private void AddCapture(List<Part> parts, Part capture)
    {
        if (capture.Text.Length > 0 && _captures.Any(other => other.Text == capture.Text))
        {
            Report(
                "WM1004", capture.Start, capture.Length,
                $"The parameter name '{capture.Text}' stands twice in \"{_text}\", group prefix included: rename one.");
        }

        _captures.Add(capture);
        parts.Add(capture);
        if (_captures.Count == CapturesMax + 1)
        {
            Report(
                "WM1019", capture.Start, capture.Length,
                $"This template holds more than {CapturesMax} captures, which is the limit: take the rest with a " +
                "catch-all, or move values to the query.");
        }
    }

    /// <summary>What only the last place of a template may hold.</summary>
    private void CheckOrder()
    {
        foreach (Part capture in _captures)
        {
            bool isLast = capture.Start + capture.Length == _text.Length;
            if (isLast)
                continue;
            if (capture.Kind == PartKind.CatchAll && IsAt(capture.Start + capture.Length, '/'))
            {
                Report(
                    "WM1005", capture.Start, capture.Length,
                    $"The catch-all '*{capture.Text}' takes the whole rest of the path, so it stands last: " +
                    $"move it to the end, or write ':{capture.Text}' for one segment.");
            }
            else if (capture.Kind == PartKind.Parameter && capture.IsOptional)
            {
                Report(
                    "WM1006", capture.Start, capture.Length,
                    $"Only the last part of a template may be optional: drop the '?' of ':{capture.Text}?', " +
                    "or declare a second route without it.");
            }
        }
    }

    private bool IsAt(int position, char character) => position < _text.Length && _text[position] == character;

    private bool TryTake(char character)
    {
        if (!IsAt(_position, character))
            return false;
        _position++;
        return true;
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character == '_';

    private void Report(string id, int start, int length, string message) =>
        _problems.Add(Problem.InTemplate(id, start, length, message));
}
