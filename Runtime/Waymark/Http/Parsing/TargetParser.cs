using System.Text.Unicode;
using Waymark.Buffers;
using Waymark.CompilerServices;

namespace Waymark.Http.Parsing;

/// <summary>Parses the request target and the space behind it: RFC 9112 section 3.2, RFC 3986.</summary>
internal static class TargetParser
{
    // request-target = origin-form / absolute-form / authority-form / asterisk-form; CONNECT was refused before.
    public static ParseResult Parse(
        ReadOnlySpan<byte> line, TargetRules rules, ref int position, ref RequestHead head)
    {
        if (position >= line.Length)
            return ParseResult.NeedMore;
        int start = position;
        ParseResult result = line[start] switch
        {
            (byte)'/' => ParsePathAndQuery(line, rules, ref position, ref head),
            (byte)'*' => ParseAsterisk(line, ref position, ref head),
            _ => ParseAbsolute(line, rules, ref position, ref head),
        };
        if (result != ParseResult.Done)
            return result;

        head.Target = new Slice(start, position - start);
        ReadOnlySpan<byte> target = head.Target.Of(line);
        if (head.IsTargetEncoded && !PercentDecoder.IsValid(target))
            return head.Reject(RequestRejection.InvalidEscape);
        // Escapes are ASCII here: a character is all raw or all escaped, never half of each.
        if ((rules & TargetRules.RawOctets) != 0 && !Utf8.IsValid(target))
            return head.Reject(RequestRejection.InvalidEscape);
        ReadOnlySpan<byte> path = head.Path.Of(line);
        head.HasDotSegments = (head.IsPathEncoded || (head.HasDotSegments && path.IndexOf("/."u8) >= 0))
            && DotSegmentRemover.IsNeeded(path);
        if (head.HasDotSegments && (rules & TargetRules.RemoveDotSegments) == 0)
            return head.Reject(RequestRejection.DotSegment);
        position++;
        return ParseResult.Done;
    }

    // origin-form = absolute-path [ "?" query ]; ends at the space before the version.
    private static ParseResult ParsePathAndQuery(
        ReadOnlySpan<byte> line, TargetRules rules, ref int position, ref RequestHead head)
    {
        int start = position;
        // Dot segments there may be: they are looked at once the target is complete.
        SkipPath(line, ref position, rules, out head.IsPathEncoded, out head.HasDotSegments);
        head.IsTargetEncoded = head.IsPathEncoded;
        head.Path = new Slice(start, position - start);
        if (position < line.Length && line[position] == '?')
        {
            int query = ++position;
            SkipQuery(line, ref position, rules, out bool isQueryEncoded);
            head.IsTargetEncoded |= isQueryEncoded;
            head.QueryPart = new Slice(query, position - query);
        }

        if (position >= line.Length)
            return ParseResult.NeedMore;
        return line[position] == ' ' ? ParseResult.Done : head.Reject(RequestRejection.InvalidTarget);
    }

    /// <summary>Skips what a path is made of, and percent signs; escapes are checked with the whole target.</summary>
    private static void SkipPath(
        ReadOnlySpan<byte> line, ref int position, TargetRules rules, out bool isEncoded, out bool hasDot)
    {
        position += OctetRuns.CountPath(line[position..], out hasDot);
        isEncoded = false;
        while (position < line.Length && (line[position] == '%' || IsAccepted(line[position], rules)))
        {
            isEncoded = true;
            position++;
            position += OctetRuns.CountPath(line[position..], out bool hasMore);
            hasDot |= hasMore;
        }
    }

    /// <summary>Skips what a query is made of, and percent signs.</summary>
    private static void SkipQuery(ReadOnlySpan<byte> line, ref int position, TargetRules rules, out bool isEncoded)
    {
        position += OctetRuns.CountQuery(line[position..]);
        isEncoded = false;
        while (position < line.Length && (line[position] == '%' || IsAccepted(line[position], rules)))
        {
            isEncoded = true;
            position++;
            position += OctetRuns.CountQuery(line[position..]);
        }
    }

    /// <summary>True where a piece of a target and what follows holds its end, or what does not belong in it.</summary>
    public static bool HoldsEnd(ReadOnlySpan<byte> piece, TargetRules rules)
    {
        int end = piece.IndexOfAnyExcept(Ascii.Target);
        while (end >= 0 && IsAccepted(piece[end], rules))
        {
            piece = piece[(end + 1)..];
            end = piece.IndexOfAnyExcept(Ascii.Target);
        }

        return end >= 0;
    }

    private static bool IsAccepted(byte octet, TargetRules rules) =>
        Ascii.IsLenient(octet) && (rules & (octet >= 0x80 ? TargetRules.RawOctets : TargetRules.Unwise)) != 0;

    // asterisk-form = "*", only with OPTIONS (RFC 9112 section 3.2.4)
    private static ParseResult ParseAsterisk(ReadOnlySpan<byte> line, ref int position, ref RequestHead head)
    {
        if (head.Verb != Verbs.Options)
            return head.Reject(RequestRejection.AsteriskWithoutOptions);
        head.Path = new Slice(position, 1);
        position++;
        if (position >= line.Length)
            return ParseResult.NeedMore;
        return line[position] == ' ' ? ParseResult.Done : head.Reject(RequestRejection.InvalidTarget);
    }

    // absolute-form = absolute-URI, here "http" / "https" "://" authority path-abempty [ "?" query ]
    private static ParseResult ParseAbsolute(
        ReadOnlySpan<byte> line, TargetRules rules, ref int position, ref RequestHead head)
    {
        ReadOnlySpan<byte> rest = line[position..];
        ReadOnlySpan<byte> scheme = "https://"u8;
        int i = 0;
        for (int expected = 0; expected < scheme.Length; expected++, i++)
        {
            if (i >= rest.Length)
                return ParseResult.NeedMore;
            if (expected == 4 && rest[i] == ':')
                expected++;
            // Only letters are compared without their case; ':' and '/' have bit 5 set already.
            bool fits = expected < 5 ? (rest[i] | 0x20) == scheme[expected] : rest[i] == scheme[expected];
            if (!fits)
                return head.Reject(RequestRejection.InvalidTarget);
            head.IsHttps |= expected == 4;
        }

        int length = rest[i..].IndexOfAnyExcept(Ascii.Authority);
        if (length < 0)
            return ParseResult.NeedMore;
        head.Authority = new Slice(position + i, length);
        position = head.Authority.End;
        if (line[position] is not ((byte)'/' or (byte)'?' or (byte)' '))
            return head.Reject(RequestRejection.InvalidTarget);
        // Userinfo is refused with the rest: "@" is in no host.
        if (!HostParser.IsValid(head.Authority.Of(line)))
            return head.Reject(RequestRejection.InvalidAbsoluteTarget);
        return ParsePathAndQuery(line, rules, ref position, ref head);
    }
}
