using System.Text;

namespace Waymark.Testing;

/// <summary>Lines of a program, which come on other threads than they are read on.</summary>
internal sealed class AppOutput
{
    private readonly StringBuilder _text = new(); // Locked.

    /// <summary>What has come, lines ending with <c>\n</c>.</summary>
    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    /// <summary>Adds a line; null, which is the end, adds none.</summary>
    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_text)
            _text.Append(line).Append('\n');
    }
}
