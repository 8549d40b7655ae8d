using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.Binding;
using Waymark.Buffers;
using Waymark.Http;
using Waymark.Http.Problems;

namespace Waymark.CompilerServices;

/// <content>The body as JSON.</content>
public static partial class Bind
{
    /// <summary>Reads the whole body as JSON.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="type">How the type is read.</param>
    /// <param name="isRequired">True where an empty body and <c>null</c> are refused with 400.</param>
    /// <returns>
    /// The value, or the fact that 400 or 415 was answered. 413 and 408 come as exceptions of the body.
    /// </returns>
    /// <typeparam name="T">The type of the body.</typeparam>
    public static ValueTask<BodyValue<T>> JsonAsync<T>(Exchange exchange, JsonTypeInfo<T> type, bool isRequired)
    {
        if (exchange.Request.Body.Length == 0)
            return new ValueTask<BodyValue<T>>(Empty<T>(exchange, isRequired));
        if (!IsJson(exchange.Request))
        {
            ProblemWriter.Write(exchange.Response, 415, "The body is to be JSON: Content-Type: application/json.");
            return default;
        }

        ValueTask<ReadOnlyMemory<byte>> reading = exchange.Request.Body.ReadAllAsync();
        return reading.IsCompletedSuccessfully
            ? new ValueTask<BodyValue<T>>(Deserialize(exchange, reading.Result.Span, type, isRequired))
            : FinishJsonAsync(exchange, reading, type, isRequired);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<BodyValue<T>> FinishJsonAsync<T>(
        Exchange exchange, ValueTask<ReadOnlyMemory<byte>> reading, JsonTypeInfo<T> type, bool isRequired)
    {
        ReadOnlyMemory<byte> body = await reading.ConfigureAwait(false);
        return Deserialize(exchange, body.Span, type, isRequired);
    }

    private static BodyValue<T> Deserialize<T>(
        Exchange exchange, ReadOnlySpan<byte> body, JsonTypeInfo<T> type, bool isRequired)
    {
        if (body.IsEmpty)
            return Empty<T>(exchange, isRequired);
        try
        {
            T? value = JsonSerializer.Deserialize(body, type);
            if (value is not null || !isRequired)
                return new BodyValue<T>(true, value);
            ProblemWriter.Write(
                exchange.Response, ProblemTypes.MissingBody, "The body is null, and a value is required.");
        }
        catch (JsonException exception)
        {
            // The message of the serializer names types of the program; place and path are enough for the client.
            string path = exception.Path is { Length: > 1 } found ? $", at {found}" : "";
            string place = exception.LineNumber is { } line
                ? $" in line {line + 1}, byte {exception.BytePositionInLine + 1}{path}"
                : path;
            WriteMistake(exchange, $"the mistake is{(place.Length > 0 ? place : " in it")}");
        }
        catch (NotSupportedException) when (PolymorphicTypes.AreIn(type))
        {
            // So the serializer says that an abstract type came without a discriminator: no mistake of the program.
            WriteMistake(exchange, "the member that names the type of an object is missing, or not the first one");
        }

        return default;
    }

    private static void WriteMistake(Exchange exchange, string mistake) => ProblemWriter.Write(
        exchange.Response, ProblemTypes.MalformedJson, $"The body is not the JSON that is expected: {mistake}.");

    private static BodyValue<T> Empty<T>(Exchange exchange, bool isRequired)
    {
        if (!isRequired)
            return new BodyValue<T>(true, default);
        ProblemWriter.Write(exchange.Response, ProblemTypes.MissingBody, "The body is empty, and JSON is required.");
        return default;
    }

    // RFC 8259 section 11, RFC 6839 section 3.1
    private static bool IsJson(Request request)
    {
        if (!request.Headers.TryGet("Content-Type"u8, out ReadOnlySpan<byte> value))
            return false;
        int end = value.IndexOf((byte)';');
        ReadOnlySpan<byte> mediaType = Ascii.Trim(end < 0 ? value : value[..end]);
        return Ascii.EqualsIgnoreCase(mediaType, "application/json"u8)
            || (mediaType.Length > 5 && Ascii.EqualsIgnoreCase(mediaType[^5..], "+json"u8));
    }
}
