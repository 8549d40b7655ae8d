using System.Globalization;
using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Templates;

/// <summary>
/// Reads the template of a command. Never throws: what is wrong becomes a problem with its place, and reading goes on.
/// </summary>
/// <remarks>
/// <code>
/// template = word *( 1*blank word )     ; the first word is a literal
/// word     = literal / parameter / catchall
/// literal  = 1*( visible ASCII but ":" "*" "&lt;" "&gt;" "?" / "::" )
/// </code>
/// A parameter and a catch-all are those of routes, and are read by their parser. Rules of this file: no compiler
/// types, because the analyzers compile the same source.
/// </remarks>
internal sealed class CommandTemplateParser
{
    /// <summary>The most words a template may have: their places lie on the stack.</summary>
    public const int WordsMax = 64;

    private const string Mistake = "WM7002";

    private readonly string _text;
    private readonly List<Problem> _problems = [];
    private readonly List<string> _words = [];
    private readonly List<Segment> _segments = [];

    // Each template is read by several steps, and again with every edit of a project.
    private static readonly Memo<CommandTemplate> Parsed = new(capacity: 2048);

    private CommandTemplateParser(string text) => _text = text;

    /// <summary>Parses a template.</summary>
    public static CommandTemplate Parse(string text) =>
        Parsed.Get(text, () => new CommandTemplateParser(text).Parse());

    private CommandTemplate Parse()
    {
        int position = 0;
        while (true)
        {
            while (position < _text.Length && IsBlank(_text[position]))
                position++;
            if (position == _text.Length)
                break;
            int end = FindEnd(position);
            ReadWord(position, end);
            position = end;
        }

        CheckWhole();
        EquatableArray<Problem> problems = _problems.OrderBy(problem => problem.Start).ToEquatableArray();
        var path = new Template(_text, _segments.ToEquatableArray(), HasTrailingSlash: false, problems);
        return new CommandTemplate(_text, _words.ToEquatableArray(), path, problems);
    }

    /// <summary>Where a word ends: a constraint may hold blanks.</summary>
    private int FindEnd(int position)
    {
        bool isCapture = _text[position] == ':' && !IsAt(position + 1, ':');
        while (position < _text.Length && !IsBlank(_text[position]))
        {
            if (isCapture && _text[position] == '<')
                new ConstraintParser(_text, "", []).Read(ref position);
            else
                position++;
        }

        return position;
    }

    private void ReadWord(int start, int end)
    {
        string word = _text.Substring(start, end - start);
        _words.Add(word);
        bool isCapture = word[0] == '*' || (word[0] == ':' && (word.Length == 1 || word[1] != ':'));
        Part part = isCapture ? ReadCapture(word, start) : ReadLiteral(word, start);
        _segments.Add(new Segment(new[] { part }.ToEquatableArray()));
    }

    private Part ReadCapture(string word, int start)
    {
        // A route's parser reads it as the one segment of a path.
        int shift = start - 1;
        Template read = TemplateParser.Parse("/" + word);
        EquatableArray<Part> parts = read.Segments.Count == 0
            ? EquatableArray<Part>.Empty
            : read.Segments[0].Parts;
        if (parts.Count != 1 || read.Segments.Count != 1 || parts[0].Length != word.Length)
        {
            ReportMixed(word, start);
            return new Part(PartKind.Literal, "x", false, start, word.Length, EquatableArray<Constraint>.Empty);
        }

        _problems.AddRange(read.Problems.Select(problem => problem with { Start = problem.Start + shift }));
        Part part = parts[0];
        return part with
        {
            Start = part.Start + shift,
            Constraints = part.Constraints
                .Select(constraint => constraint with { Start = constraint.Start + shift })
                .ToEquatableArray(),
        };
    }

    private Part ReadLiteral(string word, int start)
    {
        var canonical = new StringBuilder();
        for (int index = 0; index < word.Length; index++)
        {
            char character = word[index];
            if (character == ':' && index + 1 < word.Length && word[index + 1] == ':')
            {
                index++;
            }
            else if (character is ':' or '<' or '>' or '?' or '*')
            {
                ReportMixed(word, start);
                break;
            }
            else if (character is <= ' ' or >= (char)0x7F)
            {
                Report(
                    Mistake, start + index, 1,
                    $"A literal of a command is visible ASCII, and U+{(int)character:X4} is not: take the word with " +
                    "a capture such as ':word'.");
            }

            Append(canonical, character);
        }

        return new Part(
            PartKind.Literal, canonical.ToString(), false, start, word.Length, EquatableArray<Constraint>.Empty);
    }

    private void ReportMixed(string word, int start) => Report(
        Mistake, start, word.Length,
        $"'{word}' is neither a literal nor one capture, and a word of a command is one of both: write 'WORD', " +
        "':word' or '*rest', and put a blank between two of them; a literal ':' is written '::'.");

    /// <summary>What only all words together can get wrong.</summary>
    private void CheckWhole()
    {
        if (_segments.Count == 0)
        {
            Report(
                Mistake, 0, _text.Length,
                "The template has no words: begin it with a literal, as in \"STOR *path\".");
            return;
        }

        if (_segments[0].Parts[0].Kind != PartKind.Literal)
        {
            Part first = _segments[0].Parts[0];
            Report(
                Mistake, first.Start, first.Length,
                $"The first word of a command is a literal, and '{_words[0]}' is a capture: write the name of the " +
                "command before it.");
        }

        if (_segments.Count > WordsMax)
        {
            Part over = _segments[WordsMax].Parts[0];
            Report(
                Mistake, over.Start, over.Length,
                $"A command has at most {WordsMax} words: take the rest with '*rest'.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < _segments.Count; index++)
            CheckCapture(_segments[index].Parts[0], index == _segments.Count - 1, names);
    }

    private void CheckCapture(Part part, bool isLast, HashSet<string> names)
    {
        if (part.Kind == PartKind.Literal)
            return;
        if (part.Text.Length > 0 && !names.Add(part.Text))
        {
            Report(
                "WM1004", part.Start, part.Length,
                $"The parameter name '{part.Text}' stands twice in \"{_text}\": rename one.");
        }

        if (isLast)
            return;
        if (part.Kind == PartKind.CatchAll)
        {
            Report(
                "WM1005", part.Start, part.Length,
                $"'*{part.Text}' takes the rest of the line, so it stands last: move it to the end, or write " +
                $"':{part.Text}' for one word.");
        }
        else if (part.IsOptional)
        {
            Report(
                "WM1006", part.Start, part.Length,
                $"Only the last word of a command may be optional: drop the '?' of ':{part.Text}?', or declare a " +
                "second command without it.");
        }
    }

    /// <summary>Appends a character as a canonical path spells it.</summary>
    private static void Append(StringBuilder canonical, char character)
    {
        if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
            || "-._~!$&'()*+,;=@:".IndexOf(character) >= 0)
            canonical.Append(character);
        else
            canonical.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
    }

    private bool IsAt(int position, char character) => position < _text.Length && _text[position] == character;

    private static bool IsBlank(char character) => character is ' ' or '\t';

    private void Report(string id, int start, int length, string message) =>
        _problems.Add(Problem.InTemplate(id, start, length, message));
}
