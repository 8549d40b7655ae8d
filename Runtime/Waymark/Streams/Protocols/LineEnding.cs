namespace Waymark;

/// <summary>What a <see cref="LineProtocol"/> writes behind a line, and where it takes one to end.</summary>
public enum LineEnding
{
    /// <summary>Line feed (LF). A carriage return before it belongs to the end as well, as from telnet.</summary>
    LineFeed,

    /// <summary>Carriage return and line feed (CR LF), and nothing else.</summary>
    CarriageReturnLineFeed,

    /// <summary>Carriage return (CR).</summary>
    CarriageReturn,
}
