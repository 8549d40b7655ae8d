using Waymark.Http;

namespace Waymark.OpenApi;

/// <summary>Reads If-None-Match: RFC 9110 section 13.1.2.</summary>
internal static class EntityTags
{
    /// <summary>True where the client holds the representation already, by weak comparison.</summary>
    /// <param name="request">The request; it may have several such field lines.</param>
    /// <param name="entityTag">The current tag, strong, with its quotes.</param>
    public static bool IsMatch(Request request, ReadOnlySpan<byte> entityTag)
    {
        foreach (HeaderLine line in request.Headers)
        {
            if (Buffers.Ascii.EqualsIgnoreCase(line.Name, "If-None-Match"u8) && IsMatch(line.Value, entityTag))
                return true;
        }

        return false;
    }

    // If-None-Match = "*" / #entity-tag
    // entity-tag    = [ "W/" ] DQUOTE *etagc DQUOTE
    // A comma may stand inside a tag, so tags are found by their quotes.
    private static bool IsMatch(ReadOnlySpan<byte> value, ReadOnlySpan<byte> entityTag)
    {
        if (value.SequenceEqual("*"u8))
            return true;
        while (value.IndexOf((byte)'"') is >= 0 and var start)
        {
            value = value[start..];
            int length = value[1..].IndexOf((byte)'"') + 2;
            if (length < 2)
                return false;
            if (value[..length].SequenceEqual(entityTag))
                return true;
            value = value[length..];
        }

        return false;
    }
}
