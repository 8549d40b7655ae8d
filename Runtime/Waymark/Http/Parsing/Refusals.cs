using System.Text;
using Waymark.Http.Problems;
using Waymark.Http.Writing;

namespace Waymark.Http.Parsing;

/// <summary>The status and the prepared answer of every <see cref="RequestRejection"/>.</summary>
/// <remarks>
/// An answer is a status line, the Date that is current, and a constant rest: nothing is allocated for a refusal. The
/// body is a problem document (RFC 9457) that names the rule and nothing of the request.
/// </remarks>
internal static class Refusals
{
    private static readonly Answer[] Answers = Prepare();

    /// <summary>The whole answer to a connection over the limit: it comes before any request.</summary>
    public static byte[] Overloaded { get; } = PrepareOverloaded();

    /// <summary>Makes the whole answer to a request in the clear on a port for TLS.</summary>
    /// <remarks>Made where TLS is served, so that other programs do not hold it.</remarks>
    public static byte[] PrepareCleartextRefusal() => Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\n"
        + Finish(ProblemTypes.MalformedRequest, "This port speaks TLS: use https:// instead of http://."));

    /// <summary>The body of the answer to a request that there is no place for.</summary>
    public static byte[] BusyBody { get; } = Encoding.ASCII.GetBytes(
        Body(ProblemTypes.Of(503)!, "The server handles as many requests as it may."));

    /// <summary>The status code of a refusal.</summary>
    public static int StatusOf(RequestRejection rejection) => Describe(rejection).Status;

    /// <summary>The sentence of a refusal.</summary>
    public static string DetailOf(RequestRejection rejection) => Describe(rejection).Detail;

    /// <summary>Status code and reason phrase of a refusal, as in <c>400 Bad Request</c>; made once.</summary>
    public static string ReasonOf(RequestRejection rejection) => Answers[(int)rejection].Reason;

    /// <summary>What kind of problem a refusal is.</summary>
    public static ProblemType TypeOf(RequestRejection rejection) =>
        StatusOf(rejection) is not 400 and var status ? ProblemTypes.Of(status)! : rejection switch
        {
            RequestRejection.InvalidText => ProblemTypes.MalformedText,
            RequestRejection.TooManyFormFields or RequestRejection.TooManyFormFiles
                or RequestRejection.InvalidFormText => ProblemTypes.MalformedForm,
            >= RequestRejection.InvalidBoundary and <= RequestRejection.MultipartIncomplete =>
                ProblemTypes.MalformedMultipart,
            _ => ProblemTypes.MalformedRequest,
        };

    /// <summary>The bytes before the Date line.</summary>
    public static ReadOnlySpan<byte> StatusLine(RequestRejection rejection) => Answers[(int)rejection].StatusLine;

    /// <summary>The bytes behind the Date line.</summary>
    public static ReadOnlySpan<byte> Rest(RequestRejection rejection) => Answers[(int)rejection].Rest;

    /// <summary>The bytes behind the Date line, for HEAD: the fields and no body.</summary>
    public static ReadOnlySpan<byte> RestOfHead(RequestRejection rejection)
    {
        Answer answer = Answers[(int)rejection];
        return answer.Rest.AsSpan(0, answer.Rest.Length - answer.BodyBytes);
    }

    private static Answer[] Prepare()
    {
        // Counted by its last member: asking the enum would pull reflection into every native binary.
        var answers = new Answer[(int)RequestRejection.MultipartIncomplete + 1];
        for (int index = 0; index < answers.Length; index++)
        {
            (int status, string detail) = Describe((RequestRejection)index);
            string rest = Finish(TypeOf((RequestRejection)index), detail);
            answers[index] = new Answer(
                Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {StatusText.Of(status)}\r\n"),
                Encoding.ASCII.GetBytes(rest),
                rest.Length - rest.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4,
                $"{status} {StatusText.Of(status)}");
        }

        return answers;
    }

    private static byte[] PrepareOverloaded() => Encoding.ASCII.GetBytes(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n"
        + Finish(ProblemTypes.Of(503)!, "The server has as many connections as it may have."));

    private static string Finish(ProblemType type, string detail)
    {
        string body = Body(type, detail);
        return "Connection: close\r\nContent-Type: application/problem+json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}";
    }

    private static string Body(ProblemType type, string detail)
    {
        string head = $"\"type\":\"{type.Uri}\",\"title\":\"{type.Title}\",\"status\":{type.Status}";
        return $"{{{head},\"detail\":\"{detail}\"}}";
    }

    private static (int Status, string Detail) Describe(RequestRejection rejection) => rejection switch
    {
        RequestRejection.EmptyLinesBeforeRequest => (400, "More than one empty line stands before the request line."),
        RequestRejection.BareLineFeed => (400, "A line ends with LF alone; lines end with CR LF."),
        RequestRejection.BareCarriageReturn => (400, "A CR is not followed by LF."),
        RequestRejection.RequestLineTooLong => (414, "The request line is too long."),
        RequestRejection.InvalidMethod => (400, "The method is not a token followed by one space."),
        RequestRejection.MethodTooLong => (400, "The method is too long."),
        RequestRejection.InvalidTarget => (400, "The request target holds a character that it may not hold."),
        RequestRejection.InvalidEscape => (400, "The request target holds a bad percent-escape or invalid UTF-8."),
        RequestRejection.DotSegment => (400, "The path holds a dot segment."),
        RequestRejection.InvalidVersion => (400, "The version is not of the form HTTP/1.1."),
        RequestRejection.UnsupportedVersion => (505, "Only HTTP/1.x is spoken here."),
        RequestRejection.ConnectUnsupported => (501, "This server is not a proxy."),
        RequestRejection.AsteriskWithoutOptions => (400, "The target * goes with OPTIONS only."),
        RequestRejection.InvalidAbsoluteTarget => (400, "The absolute request target is not a valid http URI."),
        RequestRejection.HostDiffersFromTarget => (400, "Host and the authority of the target differ."),
        RequestRejection.HostMissing => (400, "Host is missing."),
        RequestRejection.HostRepeated => (400, "Host stands more than once."),
        RequestRejection.InvalidHost => (400, "Host is not a valid host with an optional port."),
        RequestRejection.HeadersTooLarge => (431, "The header section is too large."),
        RequestRejection.TooManyHeaders => (431, "The header section has too many fields."),
        RequestRejection.WhitespaceBeforeField => (400, "White space stands before the first header field."),
        RequestRejection.FieldFolded => (400, "A header field is folded over lines."),
        RequestRejection.WhitespaceBeforeColon => (400, "White space stands before the colon of a header field."),
        RequestRejection.FieldWithoutColon => (400, "A header line has no colon."),
        RequestRejection.EmptyFieldName => (400, "A header field has no name."),
        RequestRejection.InvalidFieldName => (400, "The name of a header field is not a token."),
        RequestRejection.InvalidFieldValue => (400, "The value of a header field holds a control character."),
        RequestRejection.InvalidContentLength => (400, "Content-Length is not a number."),
        RequestRejection.ContentLengthRepeated => (400, "Content-Length stands more than once."),
        RequestRejection.BodyTooLarge => (413, "The body is too large."),
        RequestRejection.InvalidTransferEncoding => (400, "Transfer-Encoding is not valid."),
        RequestRejection.TransferEncodingRepeated => (400, "Transfer-Encoding stands more than once."),
        RequestRejection.TransferEncodingWithLength => (400, "Transfer-Encoding and Content-Length stand together."),
        RequestRejection.TransferEncodingInHttp10 => (400, "HTTP/1.0 has no Transfer-Encoding."),
        RequestRejection.UnknownTransferCoding => (501, "Only the transfer coding chunked is known."),
        RequestRejection.InvalidChunkSize => (400, "A chunk size is not valid."),
        RequestRejection.InvalidChunkExtension => (400, "A chunk extension is not valid."),
        RequestRejection.ChunkExtensionTooLong => (400, "Chunk extensions are too long."),
        RequestRejection.InvalidChunkEnd => (400, "A chunk does not end with CR LF."),
        RequestRejection.TrailersTooLarge => (431, "The trailer section is too large."),
        RequestRejection.TooManyTrailers => (431, "The trailer section has too many fields."),
        RequestRejection.TooManyQueryKeys => (400, "The query has too many keys."),
        RequestRejection.TooManyCookies => (400, "The request has too many cookies."),
        RequestRejection.HeadTimedOut => (408, "The head of the request did not arrive in time."),
        RequestRejection.BodyTimedOut => (408, "The body of the request did not arrive in time."),
        RequestRejection.BodyIncomplete => (400, "The connection ended before the body was complete."),
        _ => DescribeContent(rejection),
    };

    private static (int Status, string Detail) DescribeContent(RequestRejection rejection) => rejection switch
    {
        RequestRejection.UnsupportedCharset => (415, "The charset of the body is none of utf-8, us-ascii, iso-8859-1."),
        RequestRejection.InvalidText => (400, "The body is not text in its charset."),
        RequestRejection.InvalidContentCoding => (400, "The body is not compressed as Content-Encoding says."),
        RequestRejection.NotAForm => (
            415, "The body is to be application/x-www-form-urlencoded or multipart/form-data."),
        RequestRejection.NotUrlEncoded => (415, "The body is to be application/x-www-form-urlencoded."),
        RequestRejection.NotMultipart => (415, "The body is to be multipart/form-data."),
        RequestRejection.FormTooLarge => (413, "The fields of the form are too large."),
        RequestRejection.TooManyFormFields => (400, "The form has too many fields."),
        RequestRejection.TooManyFormFiles => (400, "The form has too many files."),
        RequestRejection.InvalidFormText => (400, "A name or a value of the form is not UTF-8."),
        RequestRejection.InvalidBoundary => (400, "Content-Type has no valid boundary of 1 to 70 characters."),
        RequestRejection.InvalidDelimiter => (400, "A boundary of the multipart body does not end its line."),
        RequestRejection.PreambleTooLong => (400, "The multipart body does not begin with its boundary."),
        RequestRejection.EpilogueTooLong => (400, "Too much stands behind the final boundary of the multipart body."),
        RequestRejection.TooManyParts => (400, "The multipart body has too many parts."),
        RequestRejection.PartHeadersTooLarge => (400, "The header section of a part is too large."),
        RequestRejection.InvalidPartHeader => (400, "A header field of a part is not valid."),
        RequestRejection.InvalidDisposition => (
            400, "A part has no valid Content-Disposition: form-data with one name in UTF-8."),
        RequestRejection.MultipartIncomplete => (400, "The multipart body ends without its final boundary."),
        _ => (400, "The request cannot be read."),
    };

    private sealed record Answer(byte[] StatusLine, byte[] Rest, int BodyBytes, string Reason);
}
