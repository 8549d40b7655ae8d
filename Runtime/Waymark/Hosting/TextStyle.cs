using System.Text;

namespace Waymark.Hosting;

/// <summary>Colours for text that people read: escape sequences on a terminal, nothing anywhere else.</summary>
/// <remarks>
/// The sequences are ECMA-48's SGR with the 16 colours that every terminal lets its user choose, so that they are
/// legible
/// on a dark background and on a light one. What a column is wide is counted without them.
/// </remarks>
internal sealed class TextStyle
{
    private const string Bold = "1";
    private const string Faint = "2";
    private const string Red = "31";
    private const string Green = "32";
    private const string Yellow = "33";
    private const string Blue = "34";
    private const string Magenta = "35";
    private const string Cyan = "36";

    private readonly bool _isColored;

    private TextStyle(bool isColored) => _isColored = isColored;

    /// <summary>No sequences: for files, pipes, and whoever asked for none.</summary>
    public static TextStyle Plain { get; } = new(isColored: false);

    public static TextStyle Colored { get; } = new(isColored: true);

    /// <summary>The style of what a process writes to its standard output.</summary>
    /// <remarks>
    /// Plain where <c>NO_COLOR</c> is set to anything but nothing (no-color.org), where <c>TERM</c> is <c>dumb</c>, and
    /// on Windows outside of a terminal that says it knows the sequences (<c>WT_SESSION</c> or <c>TERM</c>).
    /// </remarks>
    /// <param name="environment">Knows the terminal and the variables.</param>
    public static TextStyle Of(HostEnvironment environment)
    {
        string? terminal = environment.GetVariable("TERM");
        bool isKnown = !OperatingSystem.IsWindows()
            || !string.IsNullOrEmpty(terminal) || !string.IsNullOrEmpty(environment.GetVariable("WT_SESSION"));
        bool isWanted = string.IsNullOrEmpty(environment.GetVariable("NO_COLOR")) && terminal != "dumb";
        return isKnown && isWanted && environment.IsOutputTerminal() ? Colored : Plain;
    }

    public void AppendTitle(StringBuilder text, string title) => Append(text, title, Bold);

    public void AppendAddress(StringBuilder text, string address) => Append(text, address, Cyan);

    public void AppendMethod(StringBuilder text, string method) => Append(text, method, method switch
    {
        "GET" or "HEAD" => Green,
        "POST" => Yellow,
        "PUT" or "PATCH" => Blue,
        "DELETE" => Red,
        _ => Magenta,
    });

    /// <summary>Adds a template whose captures stand out.</summary>
    public void AppendTemplate(StringBuilder text, string template)
    {
        int start = 0;
        while (_isColored && template.AsSpan(start).IndexOfAny(':', '*') is >= 0 and int offset)
        {
            int capture = start + offset;
            int end = template.IndexOf('/', capture);
            // A slash within a constraint, such as regex(a/b), ends no segment.
            while (end >= 0 && template.AsSpan(capture, end - capture).Count('<')
                > template.AsSpan(capture, end - capture).Count('>'))
                end = template.IndexOf('/', end + 1);
            end = end < 0 ? template.Length : end;
            text.Append(template, start, offset);
            Append(text, template[capture..end], Cyan);
            start = end;
        }

        text.Append(template, start, template.Length - start);
    }

    public void AppendNote(StringBuilder text, string note) => Append(text, note, Faint);

    private void Append(StringBuilder text, string part, string code)
    {
        if (_isColored)
            text.Append("\u001b[").Append(code).Append('m').Append(part).Append("\u001b[0m");
        else
            text.Append(part);
    }
}
