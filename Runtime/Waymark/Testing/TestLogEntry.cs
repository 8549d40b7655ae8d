using Microsoft.Extensions.Logging;

namespace Waymark.Testing;

/// <summary>One event of a log.</summary>
/// <param name="Level">How important it is.</param>
/// <param name="Id">What happened.</param>
/// <param name="Message">The sentence, with its values.</param>
/// <param name="Exception">What went wrong; null for nothing.</param>
public sealed record TestLogEntry(LogLevel Level, EventId Id, string Message, Exception? Exception);
