namespace Waymark.Http.Problems;

/// <summary>Every kind of problem that this library writes by itself: the one table of them.</summary>
/// <remarks>
/// A row is forever: a slug is never renamed and never gets another meaning, since clients compare it. A new one needs
/// a page docs/problems/slug.md and a line in its README; a test holds the two together.
/// </remarks>
internal static class ProblemTypes
{
    // What a status means where nothing more is known. Their titles are the reason phrases.
    private static readonly ProblemType[] OfStatuses =
    [
        new("bad-request", "Bad Request", 400),
        new("unauthorized", "Unauthorized", 401),
        new("forbidden", "Forbidden", 403),
        new("not-found", "Not Found", 404),
        new("method-not-allowed", "Method Not Allowed", 405),
        new("not-acceptable", "Not Acceptable", 406),
        new("request-timeout", "Request Timeout", 408),
        new("conflict", "Conflict", 409),
        new("gone", "Gone", 410),
        new("length-required", "Length Required", 411),
        new("precondition-failed", "Precondition Failed", 412),
        new("content-too-large", "Content Too Large", 413),
        new("uri-too-long", "URI Too Long", 414),
        new("unsupported-media-type", "Unsupported Media Type", 415),
        new("range-not-satisfiable", "Range Not Satisfiable", 416),
        new("expectation-failed", "Expectation Failed", 417),
        new("unprocessable-content", "Unprocessable Content", 422),
        new("too-many-requests", "Too Many Requests", 429),
        new("header-fields-too-large", "Request Header Fields Too Large", 431),
        new("internal-error", "Internal Server Error", 500),
        new("not-implemented", "Not Implemented", 501),
        new("service-unavailable", "Service Unavailable", 503),
        new("version-not-supported", "HTTP Version Not Supported", 505),
    ];

    /// <summary>The octets of a request are not HTTP, or not the HTTP that is spoken here.</summary>
    public static readonly ProblemType MalformedRequest = new("malformed-request", "Malformed Request", 400);

    /// <summary>A body is not the JSON that is expected.</summary>
    public static readonly ProblemType MalformedJson = new("malformed-json", "Malformed JSON", 400);

    /// <summary>A form has too many fields, or fields that are not text.</summary>
    public static readonly ProblemType MalformedForm = new("malformed-form", "Malformed Form", 400);

    /// <summary>A body is not divided into parts as multipart/form-data is.</summary>
    public static readonly ProblemType MalformedMultipart = new("malformed-multipart", "Malformed Multipart", 400);

    /// <summary>A body that is to be text is not text in its charset.</summary>
    public static readonly ProblemType MalformedText = new("malformed-text", "Malformed Text", 400);

    /// <summary>A body is required, and there is none.</summary>
    public static readonly ProblemType MissingBody = new("missing-body", "Missing Body", 400);

    /// <summary>Parameters are missing or not of their types.</summary>
    public static readonly ProblemType InvalidParameters = new("invalid-parameters", "Invalid Parameters", 400);

    /// <summary>The body could be read, but members of it break their rules.</summary>
    public static readonly ProblemType Validation = new("validation", "Validation Failed", 400);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        .. OfStatuses, MalformedRequest, MalformedJson, MalformedForm, MalformedMultipart, MalformedText,
        MissingBody, InvalidParameters, Validation,
    ];

    /// <summary>The kind that a status means by itself; null where the table has none.</summary>
    public static ProblemType? Of(int status)
    {
        foreach (ProblemType type in OfStatuses)
        {
            if (type.Status == status)
                return type;
        }

        return null;
    }
}
