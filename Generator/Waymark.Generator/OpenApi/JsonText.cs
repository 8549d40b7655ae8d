using System.Globalization;
using System.Text;

namespace Waymark.Generator.OpenApi;

/// <summary>Writes JSON, indented by two spaces, with <c>\n</c> between the lines.</summary>
/// <remarks>
/// What could hide or reorder text in the generated source (controls, format characters, line separators) is escaped,
/// so that the document can stand in a raw string literal as it is. Half of a surrogate pair becomes U+FFFD. No three
/// quotes ever stand in a row: between two that are not escaped stand at least a comma, a colon or a line's end, and
/// one that is escaped has its backslash in front.
/// </remarks>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>True behind a value or a closed list, where another one needs a comma.</summary>
    private bool _needsComma;

    /// <summary>True behind a name, where the value goes on in its line.</summary>
    private bool _isBehindName;

    public override string ToString() => _text.ToString();

    public JsonText Name(string name)
    {
        StartItem();
        _text.Append(Quoted(name)).Append(": ");
        _isBehindName = true;
        return this;
    }

    /// <summary>A value that is JSON already.</summary>
    public void Raw(string json)
    {
        StartItem();
        _text.Append(json);
        _needsComma = true;
    }

    public void Text(string value) => Raw(Quoted(value));

    /// <summary>A member whose value is text; nothing where that is "".</summary>
    public void Member(string name, string value)
    {
        if (value.Length > 0)
            Name(name).Text(value);
    }

    /// <summary>A member whose value is true; nothing where it is false.</summary>
    public void Flag(string name, bool value)
    {
        if (value)
            Name(name).Raw("true");
    }

    public void Open(char bracket)
    {
        StartItem();
        _text.Append(bracket);
        _depth++;
        _needsComma = false;
    }

    public void Close(char bracket)
    {
        _depth--;
        if (_needsComma)
            StartLine();
        _text.Append(bracket);
        _needsComma = true;
    }

    /// <summary>A list on one line.</summary>
    public void List(IEnumerable<string> items) => Raw("[" + string.Join(", ", items) + "]");

    /// <summary>RFC 8259 section 7.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
                quoted.Append(character).Append(text[++index]);
            else
                Append(quoted, character);
        }

        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder quoted, char character)
    {
        switch (character)
        {
            case '"' or '\\':
                quoted.Append('\\').Append(character);
                break;
            case '\n':
                quoted.Append("\\n");
                break;
            case '\t':
                quoted.Append("\\t");
                break;
            default:
                if (char.IsSurrogate(character))
                    quoted.Append('\uFFFD');
                else if (IsHidden(character))
                    quoted.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
                else
                    quoted.Append(character);
                break;
        }
    }

    private static bool IsHidden(char character) => char.GetUnicodeCategory(character) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private void StartItem()
    {
        if (_isBehindName)
        {
            _isBehindName = false;
            return;
        }

        if (_needsComma)
            _text.Append(',');
        if (_depth > 0)
            StartLine();
        _needsComma = false;
    }

    private void StartLine() => _text.Append('\n').Append(' ', 2 * _depth);
}
