using Waymark.Http;

namespace Waymark.Answers;

/// <summary>What the preconditions of a GET or HEAD come to: RFC 9110 section 13.2.2.</summary>
internal enum PreconditionOutcome
{
    /// <summary>The method is done.</summary>
    Proceed,

    /// <summary>304: what the client has is still right.</summary>
    NotModified,

    /// <summary>412: it is not what the client thinks.</summary>
    Failed,
}

/// <summary>The state of a representation, and the questions about it.</summary>
/// <param name="ETag">Its entity tag; null where it has none.</param>
/// <param name="LastModified">In whole seconds; null where it is not known.</param>
/// <param name="Now">The clock: a date that is less than a second old is a weak validator (section 8.8.2.2).</param>
internal readonly record struct Preconditions(string? ETag, DateTimeOffset? LastModified, DateTimeOffset Now)
{
    /// <summary>Evaluates the four conditions in their order.</summary>
    public PreconditionOutcome Evaluate(RequestHeaders headers)
    {
        // Section 13.2.2: 1. If-Match; 2. else If-Unmodified-Since.
        if (headers.TryGet("If-Match"u8, out _))
        {
            if (!EntityTag.IsListed(headers, "If-Match"u8, ETag, isWeak: false))
                return PreconditionOutcome.Failed;
        }
        else if (TryGetDate(headers, "If-Unmodified-Since"u8, out DateTimeOffset unmodified)
            && LastModified > unmodified)
        {
            return PreconditionOutcome.Failed;
        }

        // 3. If-None-Match; 4. else If-Modified-Since.
        if (headers.TryGet("If-None-Match"u8, out _))
        {
            return EntityTag.IsListed(headers, "If-None-Match"u8, ETag, isWeak: true)
                ? PreconditionOutcome.NotModified
                : PreconditionOutcome.Proceed;
        }

        return TryGetDate(headers, "If-Modified-Since"u8, out DateTimeOffset modified) && LastModified <= modified
            ? PreconditionOutcome.NotModified
            : PreconditionOutcome.Proceed;
    }

    /// <summary>5. If-Range: true where the Range field counts (section 13.1.5).</summary>
    public bool IsRangeWanted(RequestHeaders headers)
    {
        if (!headers.TryGet("If-Range"u8, out ReadOnlySpan<byte> value))
            return true;
        if (value.StartsWith("\""u8) || value.StartsWith("W/"u8))
            return ETag is not null && EntityTag.AreEqual(value, ETag, isWeak: false);
        return HttpDate.TryParse(value, out DateTimeOffset date)
            && date == LastModified && Now - date >= TimeSpan.FromSeconds(1);
    }

    private static bool TryGetDate(RequestHeaders headers, ReadOnlySpan<byte> name, out DateTimeOffset date)
    {
        date = default;
        return headers.TryGet(name, out ReadOnlySpan<byte> value) && HttpDate.TryParse(value, out date);
    }
}
