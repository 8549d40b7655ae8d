using Waymark.Answers;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>200 with text in UTF-8.</summary>
/// <remarks>Made by <see cref="Results.Text"/>. An immutable value.</remarks>
public readonly struct TextResult : IAnswer
{
    internal TextResult(string text, string? mediaType)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        MediaType = mediaType;
    }

    /// <summary>The body.</summary>
    public string? Text { get; }

    /// <summary>The media type as it is sent; null for <c>text/plain; charset=utf-8</c>.</summary>
    public string? MediaType { get; }

    /// <inheritdoc/>
    ValueTask IAnswer.WriteAsync(Exchange exchange)
    {
        MediaTypeField.Set(exchange.Response, MediaType);
        return ResultWriter.Text(exchange, Text ?? "");
    }
}
