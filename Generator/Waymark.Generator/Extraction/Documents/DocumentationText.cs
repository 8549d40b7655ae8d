using System.Text;
using System.Xml.Linq;

namespace Waymark.Generator.Extraction.Documents;

/// <summary>The text of a documentation comment for people: CommonMark, or plain text on one line.</summary>
/// <remarks>
/// Known are <c>c code para br list see seealso paramref typeparamref</c> and the elements of HTML for emphasis; of any
/// other element the content stands. White space is one space, except in code.
/// </remarks>
internal sealed class DocumentationText
{
    private readonly StringBuilder _text = new();
    private readonly bool _isMarkdown;

    /// <summary>True where white space was met that is written before the next character, if there is one.</summary>
    private bool _isSpacePending;

    private DocumentationText(bool isMarkdown) => _isMarkdown = isMarkdown;

    public static string Markdown(XElement element)
    {
        var text = new DocumentationText(isMarkdown: true);
        text.WriteContent(element);
        return text._text.ToString().Trim('\n', ' ');
    }

    public static string Plain(XElement element)
    {
        var text = new DocumentationText(isMarkdown: false);
        text.WriteContent(element);
        return text._text.ToString().Trim();
    }

    /// <summary><c>Users.Find</c> for <c>M:Shop.Users.Find(System.Int32)</c> and for <c>Users.Find(int)</c>.</summary>
    public static string NameOf(string reference)
    {
        int open = reference.IndexOf('(');
        string name = open < 0 ? reference : reference.Substring(0, open);
        if (name.Length > 2 && name[1] == ':')
            name = name.Substring(2);
        return name.Replace('{', '<').Replace('}', '>');
    }

    private void WriteContent(XElement element)
    {
        foreach (XNode node in element.Nodes())
        {
            if (node is XText text)
                WriteText(text.Value);
            else if (node is XElement child)
                WriteElement(child);
        }
    }

    private void WriteElement(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "c" or "tt":
                WriteCode(element.Value);
                break;
            case "code":
                WriteBlock(element.Value);
                break;
            case "para" or "p":
                Break("\n\n");
                WriteContent(element);
                Break("\n\n");
                break;
            case "br":
                Break("\n");
                break;
            case "list":
                WriteList(element);
                break;
            case "see" or "seealso":
                WriteReference(element);
                break;
            case "paramref" or "typeparamref":
                WriteCode(element.Attribute("name")?.Value ?? "");
                break;
            case "b" or "strong":
                WriteMarked(element, "**");
                break;
            case "i" or "em":
                WriteMarked(element, "*");
                break;
            default:
                WriteContent(element);
                break;
        }
    }

    private void WriteText(string text)
    {
        foreach (char character in text)
        {
            if (char.IsWhiteSpace(character))
                _isSpacePending = true;
            else
                Write(character.ToString());
        }
    }

    private void Write(string text)
    {
        if (_isSpacePending && _text.Length > 0 && _text[_text.Length - 1] is not ('\n' or ' '))
            _text.Append(' ');
        _isSpacePending = false;
        _text.Append(text);
    }

    private void WriteMarked(XElement element, string mark)
    {
        if (!_isMarkdown)
        {
            WriteContent(element);
            return;
        }

        Write(mark);
        WriteContent(element);
        _text.Append(mark);
    }

    private void WriteCode(string code)
    {
        string line = string.Join(" ", code.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
            return;
        // A longer fence where the code itself has one (CommonMark section 6.1).
        string fence = line.IndexOf('`') >= 0 ? "``" : "`";
        string gap = fence.Length > 1 ? " " : "";
        Write(_isMarkdown ? fence + gap + line + gap + fence : line);
    }

    private void WriteBlock(string code)
    {
        if (!_isMarkdown)
        {
            WriteText(code);
            return;
        }

        Break("\n\n");
        _text.Append("```\n").Append(code.Trim('\n', '\r').TrimEnd()).Append("\n```");
        Break("\n\n");
    }

    private void WriteList(XElement list)
    {
        bool isNumbered = list.Attribute("type")?.Value == "number";
        int number = 0;
        Break("\n\n");
        foreach (XElement item in list.Elements("item"))
        {
            number++;
            Break("\n");
            if (_isMarkdown)
                _text.Append(isNumbered ? number + ". " : "- ");
            XElement? term = item.Element("term");
            if (term is not null)
            {
                WriteMarked(term, "**");
                Write(": ");
            }

            WriteContent(item.Element("description") ?? item);
        }

        Break("\n\n");
    }

    private void WriteReference(XElement element)
    {
        string? address = element.Attribute("href")?.Value;
        bool hasText = !string.IsNullOrWhiteSpace(element.Value);
        if (address is not null)
        {
            if (!_isMarkdown)
                WriteText(hasText ? element.Value : address);
            else
                Write(hasText ? $"[{element.Value.Trim()}]({address})" : $"<{address}>");
        }
        else if (hasText)
        {
            WriteContent(element);
        }
        else
        {
            WriteCode(element.Attribute("langword")?.Value ?? NameOf(element.Attribute("cref")?.Value ?? ""));
        }
    }

    /// <summary>Ends the line, and the paragraph too, unless it just ended.</summary>
    private void Break(string end)
    {
        _isSpacePending = !_isMarkdown;
        if (!_isMarkdown || _text.Length == 0)
            return;
        while (_text.Length > 0 && _text[_text.Length - 1] == ' ')
            _text.Length--;
        int ends = 0;
        while (ends < _text.Length && _text[_text.Length - 1 - ends] == '\n')
            ends++;
        _text.Append('\n', Math.Max(0, end.Length - ends));
    }
}
