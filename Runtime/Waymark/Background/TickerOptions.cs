namespace Waymark;

/// <summary>How a server runs a ticker.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record TickerOptions
{
    /// <summary>
    /// What the log and errors call it. Default null: the handler's type, or <c>ticker 1</c> for the first where it is
    /// a method.
    /// </summary>
    public string? Name { get; init; }
}
