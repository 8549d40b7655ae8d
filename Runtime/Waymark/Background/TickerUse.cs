namespace Waymark.Background;

/// <summary>The one way that a ticker is used in.</summary>
internal enum TickerUse
{
    None,
    Run,
    Loop,
    Poll,
    Server,
}
