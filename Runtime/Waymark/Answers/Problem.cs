using System.Text.Encodings.Web;
using System.Text.Json;
using Waymark.Http;
using Waymark.Http.Writing;

namespace Waymark.Answers;

/// <summary>The problem documents that results write: RFC 9457.</summary>
internal static class Problem
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Text in a response body is not put into HTML here, so only what JSON itself needs is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one; a media type that was announced for the value gives way.</summary>
    public static void Write(Exchange exchange, int status, string? detail) =>
        ProblemDetails.Write(exchange.Response, status, detail);

    /// <summary>Writes one as an answer.</summary>
    public static ValueTask WriteAsync(Exchange exchange, int status, string? detail)
    {
        Write(exchange, status, detail);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes one of the handler's own.</summary>
    public static ValueTask WriteAsync(Exchange exchange, int status, string? detail, string? title, string? type)
    {
        Response response = exchange.Response;
        response.StatusCode = status;
        response.SetContentType("application/problem+json"u8);
        using var writer = new Utf8JsonWriter(response, Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type ?? "about:blank");
        writer.WriteString("title"u8, title ?? StatusText.Of(status));
        writer.WriteNumber("status"u8, status);
        if (detail is not null)
            writer.WriteString("detail"u8, detail);
        writer.WriteEndObject();
        return ValueTask.CompletedTask;
    }
}
