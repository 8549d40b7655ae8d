using Waymark.CompilerServices;

namespace Waymark;

/// <summary>204: it is done, and there is nothing to say. RFC 9110 section 15.3.5.</summary>
/// <remarks>Made by <see cref="Results.NoContent"/>. An immutable value.</remarks>
public readonly struct NoContent : IAnswer
{
    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange) => ResultWriter.Empty(exchange, 204);
}
