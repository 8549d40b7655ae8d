using Waymark.CompilerServices;

namespace Waymark.Http.Parsing;

/// <summary>What the parser found so far; offsets count from the first byte of the input.</summary>
/// <remarks>
/// Kept between calls for one head: complete lines are parsed once. All fields are meaningful only after
/// <see cref="ParseResult.Done"/>, but for <see cref="Rejection"/> and the progress at the end.
/// </remarks>
internal struct RequestHead(int fieldCapacity)
{
    public Verbs Verb;
    public Slice Method;
    public Slice Target;
    public Slice Path;
    public Slice QueryPart;
    public Slice Authority;
    public Slice Host;
    public bool IsPathEncoded;
    public bool HasDotSegments;

    /// <summary>True where path or query hold a percent sign, or an octet that only a leniency accepts.</summary>
    public bool IsTargetEncoded;

    public bool IsHttps;
    public int MinorVersion;
    public HeadFacts Facts;
    public long ContentLength;

    /// <summary>The field lines in their order; grown where needed, kept for the next head.</summary>
    public HeaderField[] Fields = fieldCapacity == 0 ? [] : new HeaderField[fieldCapacity];
    public int FieldCount;

    /// <summary>The length of the head, with an empty line before and the one behind it.</summary>
    public int HeadBytes;

    /// <summary>Why the request is refused; only after <see cref="ParseResult.Rejected"/>.</summary>
    public RequestRejection Rejection;

    // Progress. INVARIANT: LineOffset <= ScannedBytes <= input.Length of the last call, but for ScannedBytes == 0.
    public int LineOffset;
    public int SectionOffset;
    public int ScannedBytes;

    /// <summary>Prepares for the next request; keeps the array of fields.</summary>
    public void Reset()
    {
        HeaderField[] fields = Fields;
        this = default;
        Fields = fields;
        ContentLength = -1;
    }

    public readonly bool Has(HeadFacts fact) => (Facts & fact) != 0;

    public ParseResult Reject(RequestRejection rejection)
    {
        Rejection = rejection;
        return ParseResult.Rejected;
    }
}

/// <summary>What the parser noted about a head.</summary>
[Flags]
internal enum HeadFacts
{
    None = 0,
    EmptyLineSkipped = 1,
    RequestLineDone = 2,
    Close = 4,
    KeepAlive = 8,
    Expect100 = 16,
    ExpectOther = 32,
    HasHost = 64,
    HasTransferEncoding = 128,
    Chunked = 256,
    UnknownCoding = 512,
    InValue = 1024,
    Upgrade = 2048,
}

/// <summary>A part of the input.</summary>
internal readonly record struct Slice(int Offset, int Length)
{
    public int End => Offset + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> input) => input.Slice(Offset, Length);
}

/// <summary>Where a field line's name and value lie; white space around the value is left out.</summary>
internal readonly record struct HeaderField(int NameOffset, int NameLength, int ValueOffset, int ValueLength);

/// <summary>How far the parser came.</summary>
internal enum ParseResult
{
    Done,
    NeedMore,
    Rejected,
}
