namespace Waymark.Http.Parsing;

/// <summary>
/// Every way a request is refused before a handler sees it, or while one reads its body. Status and text stand in
/// <see cref="Refusals"/>.
/// </summary>
/// <remarks>
/// All of them close the connection, because where the next request would start is not certain, but for those at the
/// end: where only the content of a body is wrong, its framing still says where it ends.
/// </remarks>
internal enum RequestRejection
{
    None,

    // RFC 9112 section 2.2: message parsing
    EmptyLinesBeforeRequest,
    BareLineFeed,
    BareCarriageReturn,

    // RFC 9112 section 3: request line
    RequestLineTooLong,
    InvalidMethod,
    MethodTooLong,
    InvalidTarget,
    InvalidEscape,
    DotSegment,
    InvalidVersion,
    UnsupportedVersion,
    ConnectUnsupported,
    AsteriskWithoutOptions,
    InvalidAbsoluteTarget,
    HostDiffersFromTarget,

    // RFC 9112 section 3.2: Host
    HostMissing,
    HostRepeated,
    InvalidHost,

    // RFC 9112 section 5: field lines
    HeadersTooLarge,
    TooManyHeaders,
    WhitespaceBeforeField,
    FieldFolded,
    WhitespaceBeforeColon,
    FieldWithoutColon,
    EmptyFieldName,
    InvalidFieldName,
    InvalidFieldValue,

    // RFC 9112 section 6: framing
    InvalidContentLength,
    ContentLengthRepeated,
    BodyTooLarge,
    InvalidTransferEncoding,
    TransferEncodingRepeated,
    TransferEncodingWithLength,
    TransferEncodingInHttp10,
    UnknownTransferCoding,

    // RFC 9112 section 7: chunked bodies
    InvalidChunkSize,
    InvalidChunkExtension,
    ChunkExtensionTooLong,
    InvalidChunkEnd,
    TrailersTooLarge,
    TooManyTrailers,

    // What a head that was understood holds too much of
    TooManyQueryKeys,
    TooManyCookies,

    // Time, and the peer's end
    HeadTimedOut,
    BodyTimedOut,
    BodyIncomplete,

    // The content of bodies: text, forms (WHATWG URL section 5.1), multipart (RFC 2046 section 5.1, RFC 7578)
    UnsupportedCharset,
    InvalidText,
    InvalidContentCoding,
    NotAForm,
    NotUrlEncoded,
    NotMultipart,
    FormTooLarge,
    TooManyFormFields,
    TooManyFormFiles,
    InvalidFormText,
    InvalidBoundary,
    InvalidDelimiter,
    PreambleTooLong,
    EpilogueTooLong,
    TooManyParts,
    PartHeadersTooLarge,
    InvalidPartHeader,
    InvalidDisposition,
    MultipartIncomplete,
}
