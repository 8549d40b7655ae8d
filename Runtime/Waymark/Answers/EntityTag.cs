using System.Buffers;
using Waymark.Buffers;
using Waymark.Http;

namespace Waymark.Answers;

/// <summary>Entity tags: RFC 9110 section 8.8.3.</summary>
/// <remarks>
/// <code>
/// entity-tag = [ weak ] opaque-tag ; weak = %s"W/" ; opaque-tag = DQUOTE *etagc DQUOTE
/// etagc = %x21 / %x23-7E / obs-text
/// </code>
/// </remarks>
internal static class EntityTag
{
    /// <summary>Everything that an opaque tag is not made of, and obs-text, which is not sent here.</summary>
    private static readonly SearchValues<char> Tag = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>True for what may be sent.</summary>
    public static bool IsValid(ReadOnlySpan<char> tag)
    {
        if (tag.StartsWith("W/", StringComparison.Ordinal))
            tag = tag[2..];
        return tag.Length >= 2 && tag[0] == '"' && tag[^1] == '"' && !tag[1..^1].ContainsAnyExcept(Tag);
    }

    /// <summary>True for a tag that says nothing about single octets.</summary>
    public static bool IsWeak(ReadOnlySpan<char> tag) => tag.StartsWith("W/", StringComparison.Ordinal);

    /// <summary>True where the field lines of a name list a tag, or are <c>*</c>.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="name">If-Match or If-None-Match.</param>
    /// <param name="tag">The representation's; null where it has none.</param>
    /// <param name="isWeak">True for weak comparison, which If-None-Match takes.</param>
    public static bool IsListed(RequestHeaders headers, ReadOnlySpan<byte> name, string? tag, bool isWeak)
    {
        foreach (HeaderLine line in headers)
        {
            if (Ascii.EqualsIgnoreCase(line.Name, name) && IsListed(line.Value, tag, isWeak))
                return true;
        }

        return false;
    }

    /// <summary>RFC 9110 section 8.8.3.2: strong comparison needs two strong tags.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> given, ReadOnlySpan<char> own, bool isWeak)
    {
        bool isGivenWeak = given.StartsWith("W/"u8);
        bool isOwnWeak = IsWeak(own);
        if (!isWeak && (isGivenWeak || isOwnWeak))
            return false;
        return System.Text.Ascii.Equals(isGivenWeak ? given[2..] : given, isOwnWeak ? own[2..] : own);
    }

    private static bool IsListed(ReadOnlySpan<byte> list, string? tag, bool isWeak)
    {
        if (list.SequenceEqual("*"u8))
            return true;
        while (true)
        {
            // A comma inside quotes belongs to the tag.
            list = list.TrimStart(", \t"u8);
            int length = LengthOf(list);
            if (length == 0)
                return false;
            if (tag is not null && AreEqual(list[..length], tag, isWeak))
                return true;
            list = list[length..];
        }
    }

    /// <summary>The length of the tag at the start; 0 where there is none.</summary>
    private static int LengthOf(ReadOnlySpan<byte> list)
    {
        int open = list.StartsWith("W/"u8) ? 2 : 0;
        if (list.Length <= open || list[open] != '"')
            return 0;
        int close = list[(open + 1)..].IndexOf((byte)'"');
        return close < 0 ? 0 : open + close + 2;
    }
}
