using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.Binding;
using Waymark.Http.Body;
using Waymark.Http.Problems;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.CompilerServices;

/// <content>The body as JSON.</content>
public static partial class Bind
{
    /// <summary>Reads the whole body as JSON, in UTF-8; a byte order mark is left out (RFC 8259 section 8.1).</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="type">How the type is read.</param>
    /// <param name="isRequired">True where an empty body and <c>null</c> are refused with 400.</param>
    /// <returns>
    /// The value, or a refusal with 400, 411 or 415 that the caller answers. 413 and 408 come as exceptions of the
    /// body.
    /// </returns>
    /// <typeparam name="T">The type of the body.</typeparam>
    public static ValueTask<BodyValue<T>> JsonAsync<T>(Exchange exchange, JsonTypeInfo<T> type, bool isRequired)
    {
        if (exchange.Request.Body.Length == 0)
            return new ValueTask<BodyValue<T>>(Empty<T>(exchange, isRequired));
        if (!IsJson(exchange.Request))
            return new(Refuse<T>(ProblemTypes.Of(415)!, "The body is to be JSON: Content-Type: application/json."));

        // RFC 8259 section 8.1: UTF-8 and nothing else. Another charset would be read wrongly or half.
        if (TextCharsets.Of(exchange.Request.Body.ContentType) is not (TextCharset.Utf8 or TextCharset.UsAscii))
            return new(Refuse<T>(ProblemTypes.Of(415)!, "JSON is to be UTF-8: leave the charset out, or say utf-8."));
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
        int markLength = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        if (body.Length == markLength)
            return Empty<T>(exchange, isRequired);

        // The serializer does not look into the names and values that it skips.
        if (!System.Text.Unicode.Utf8.IsValid(body))
            return Malformed<T>($"the mistake is{PlaceOfText(body)}, where the text is not UTF-8");
        try
        {
            T? value = JsonSerializer.Deserialize(body[markLength..], type);
            return value is not null || !isRequired
                ? new BodyValue<T>(true, value)
                : Refuse<T>(ProblemTypes.MissingBody, "The body is null, and a value is required.");
        }
        catch (JsonException exception)
        {
            ValidationFindings missing = MissingMembers.Find(body[markLength..], type);
            if (missing.Count > 0)
                return new(false, default, new BodyRefusal(ProblemTypes.Validation, "Members are missing.", missing));
            return Malformed<T>("the mistake is" + PlaceOf(exception, markLength));
        }
        catch (NotSupportedException) when (PolymorphicTypes.AreIn(type))
        {
            // So the serializer says that an abstract type came without a discriminator: no mistake of the program.
            return Malformed<T>("the member that names the type of an object is missing, or not the first one");
        }
    }

    private static BodyValue<T> Malformed<T>(string mistake) =>
        Refuse<T>(ProblemTypes.MalformedJson, $"The body is not the JSON that is expected: {mistake}.");

    private static BodyValue<T> Refuse<T>(ProblemType type, string detail) =>
        new(false, default, new BodyRefusal(type, detail));

    /// <summary>Where the mistake is: the message of the serializer itself names types of the program.</summary>
    private static string PlaceOf(JsonException exception, int markLength)
    {
        // The path holds keys that the client chose.
        string path = exception.Path is { Length: > 1 } found ? $", at {RequestValue.Cut(found)}" : "";
        if (exception.LineNumber is not { } line)
            return path.Length > 0 ? path : " in it";
        long? position = exception.BytePositionInLine + (line == 0 ? markLength : 0) + 1;
        return $" in line {line + 1}, byte {position}{path}";
    }

    /// <summary>Where the first octets are that are not UTF-8.</summary>
    private static string PlaceOfText(ReadOnlySpan<byte> body)
    {
        int index = 0;
        while (Rune.DecodeFromUtf8(body[index..], out _, out int count) == OperationStatus.Done)
            index += count;
        ReadOnlySpan<byte> before = body[..index];
        return $" in line {before.Count((byte)'\n') + 1}, byte {index - before.LastIndexOf((byte)'\n')}";
    }

    private static BodyValue<T> Empty<T>(Exchange exchange, bool isRequired)
    {
        if (!isRequired)
            return new BodyValue<T>(true, default);

        // RFC 9110 section 15.5.12. There is nothing to skip: the connection goes on.
        return exchange.Request.Body.IsDeclared
            ? Refuse<T>(ProblemTypes.MissingBody, "The body is empty, and JSON is required.")
            : Refuse<T>(ProblemTypes.Of(411)!, "JSON is required: send it with Content-Length or chunked.");
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
