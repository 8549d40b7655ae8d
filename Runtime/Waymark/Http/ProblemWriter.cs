using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waymark.Http.Problems;
using Waymark.Http.Writing;

namespace Waymark.Http;

/// <summary>Error answers as problem documents: RFC 9457.</summary>
/// <remarks>Every method leaves the header fields that were set before.</remarks>
internal static class ProblemWriter
{
    /// <summary>Text in a response body is not put into HTML here, so only what JSON itself needs is escaped.</summary>
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes the answer of the kind that the status means by itself.</summary>
    /// <param name="response">Not started.</param>
    /// <param name="status">The status code, 200 to 599.</param>
    /// <param name="detail">A sentence about this occurrence; null where the title says it all.</param>
    public static void Write(Response response, int status, string? detail = null)
    {
        ProblemType? type = ProblemTypes.Of(status);
        BeginPlain(response, status, type?.Uri ?? ProblemType.Blank, type?.Title ?? StatusText.Of(status));
        WriteMember(response, ",\"detail\":"u8, detail);
        response.Write("}"u8);
    }

    /// <summary>Writes the answer of a kind.</summary>
    /// <param name="response">Not started.</param>
    /// <param name="type">The kind.</param>
    /// <param name="detail">A sentence about this occurrence; null where the title says it all.</param>
    public static void Write(Response response, ProblemType type, string? detail = null) =>
        Write(response, type, detail, []);

    /// <summary>Writes the answer of a kind, with a list of what is wrong.</summary>
    /// <param name="response">Not started.</param>
    /// <param name="type">The kind.</param>
    /// <param name="detail">A sentence about this occurrence; null where the title says it all.</param>
    /// <param name="errors">The member <c>errors</c>; left out where it is empty.</param>
    public static void Write(
        Response response, ProblemType type, string? detail, ReadOnlySpan<ProblemError> errors)
    {
        BeginPlain(response, type.Status, type.Uri, type.Title);
        WriteMember(response, ",\"detail\":"u8, detail);
        for (int index = 0; index < errors.Length; index++)
            WriteError(response, index == 0, errors[index]);
        response.Write(errors.IsEmpty ? "}"u8 : "]}"u8);
    }

    /// <summary>Writes a document of the program's own.</summary>
    /// <param name="response">Not started.</param>
    /// <param name="problem">The document.</param>
    /// <param name="fallbackDetail">The detail where the document has none.</param>
    public static void Write(Response response, ProblemDetails problem, string? fallbackDetail = null)
    {
        ProblemType? type = ProblemTypes.Of(problem.Status);
        string title = problem.Title
            ?? (problem.Type is null && type is not null ? type.Title : StatusText.Of(problem.Status));
        Begin(response, problem.Status);
        WriteString(response, problem.Type ?? type?.Uri ?? ProblemType.Blank);
        WriteMember(response, ",\"title\":"u8, title.Length > 0 ? title : null);
        WriteStatus(response, problem.Status);
        WriteMember(response, ",\"detail\":"u8, problem.Detail ?? fallbackDetail);
        WriteMember(response, ",\"instance\":"u8, problem.Instance);
        for (int index = 0; index < problem.Errors.Count; index++)
        {
            (string pointer, string detail) = problem.Errors[index];
            WriteError(response, index == 0, new ProblemError(detail, null, pointer));
        }

        if (problem.Errors.Count > 0)
            response.Write("]"u8);
        problem.WriteExtensions(response);
        response.Write("}"u8);
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteString(Response response, string text)
    {
        // Half of a surrogate pair becomes U+FFFD: an error answer must not fail itself.
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        response.Write("\""u8);
        response.Write(JsonEncodedText.Encode(utf8, Encoder).EncodedUtf8Bytes);
        response.Write("\""u8);
    }

    /// <summary>The start of a document whose type and title need no escape: nothing is allocated for it.</summary>
    private static void BeginPlain(Response response, int status, string type, string title)
    {
        Begin(response, status);
        response.Write("\""u8);
        response.Write(type);
        if (title.Length > 0)
        {
            response.Write("\",\"title\":\""u8);
            response.Write(title);
        }

        response.Write("\""u8);
        WriteStatus(response, status);
    }

    private static void Begin(Response response, int status)
    {
        response.StatusCode = status;
        response.SetContentType("application/problem+json"u8);
        response.Write("{\"type\":"u8);
    }

    private static void WriteStatus(Response response, int status)
    {
        response.Write(",\"status\":"u8);
        Span<byte> digits = response.GetSpan(3);
        digits[0] = (byte)('0' + (status / 100));
        digits[1] = (byte)('0' + (status / 10 % 10));
        digits[2] = (byte)('0' + (status % 10));
        response.Advance(3);
    }

    private static void WriteMember(Response response, ReadOnlySpan<byte> start, string? value)
    {
        if (value is null)
            return;
        response.Write(start);
        WriteString(response, value);
    }

    private static void WriteError(Response response, bool isFirst, ProblemError error)
    {
        response.Write(isFirst ? ",\"errors\":[{\"detail\":"u8 : ",{\"detail\":"u8);
        WriteString(response, error.Detail);
        if (error.In is not null)
        {
            WriteMember(response, ",\"in\":"u8, error.In);
            WriteMember(response, ",\"name\":"u8, error.Name);
        }
        else if (error.Name is not null)
        {
            response.Write(",\"pointer\":\""u8);
            PointerFragment.Write(response, error.Name);
            response.Write("\""u8);
        }

        response.Write("}"u8);
    }
}
