using System.Buffers.Binary;
using Waymark.Buffers;
using Waymark.CompilerServices;

namespace Waymark.Http.Parsing;

/// <summary>Parses the head of a request: RFC 9112 sections 2 to 6, strictly.</summary>
/// <remarks>
/// Rules of this file:
/// (1) Pure functions over one contiguous span; nothing is allocated (but for a grown field array), nothing is called
/// back.
/// (2) Decisions run strictly from left to right: each depends only on the bytes up to the one that decides, and limits
/// clip the input before it is looked at. So an outcome for a prefix is the outcome for every longer input, and the
/// answer is the same at every split point, by construction.
/// (3) Complete lines are parsed once. An unfinished line is parsed again only when what came holds a byte that can end
/// or refuse it, so dribbled input costs linear time, and yet a refusal comes with the byte that makes it certain.
/// </remarks>
internal static class RequestParser
{
    /// <summary>Longest method in octets; registered ones have at most 17 (UPDATEREDIRECTREF).</summary>
    public const int MethodBytesMax = 32;

    // Most clients but browsers send no more; the array grows with a connection's first request.
    private const int FieldsInitially = 4;
    private const uint GetAndSpace = 'G' | ('E' << 8) | ('T' << 16) | (' ' << 24);

    /// <summary>Parses as much as there is.</summary>
    /// <param name="input">All bytes from the first one of this request on; pipelined ones may follow.</param>
    /// <param name="limits">What is too long.</param>
    /// <param name="head">
    /// The same for each call of one request; <see cref="RequestHead.Reset"/> before the first.
    /// </param>
    /// <param name="rules">What a target may hold beyond the strict grammar; the same for each call too.</param>
    public static ParseResult Parse(
        ReadOnlySpan<byte> input, ServerLimits limits, ref RequestHead head, TargetRules rules = TargetRules.Strict)
    {
        if (head.ScannedBytes > 0 && !CanDecide(input, limits, rules, in head))
        {
            head.ScannedBytes = input.Length;
            return ParseResult.NeedMore;
        }

        ParseResult result = ParseResult.Done;
        if (!head.Has(HeadFacts.RequestLineDone))
            result = ParseRequestLine(input, limits, rules, ref head);
        if (result == ParseResult.Done)
            result = ParseFields(input, limits, rules, ref head);
        if (result == ParseResult.NeedMore)
            head.ScannedBytes = input.Length;
        return result;
    }

    private static bool CanDecide(
        ReadOnlySpan<byte> input, ServerLimits limits, TargetRules rules, in RequestHead head)
    {
        ReadOnlySpan<byte> fresh = input[head.ScannedBytes..];
        if (fresh.IsEmpty)
            return false;
        if (input[head.ScannedBytes - 1] == '\r' || head.ScannedBytes == head.LineOffset)
            return true;
        if (head.Has(HeadFacts.RequestLineDone))
        {
            return (head.Has(HeadFacts.InValue) ? fresh.ContainsAny(Ascii.FieldValueEnd)
                    : fresh.ContainsAnyExcept(Ascii.Token))
                || input.Length - head.SectionOffset >= limits.HeaderBytesMax;
        }

        // Method, scheme and version are short. Absolute-form is parsed again for each piece: no client but a proxy's
        // sends it, and the limit of the request line bounds it.
        return head.ScannedBytes - head.LineOffset <= MethodBytesMax + 1
            || head.Target.Length > 0
            || input[head.Method.End + 1] != '/'
            || TargetParser.HoldsEnd(fresh, rules)
            || input.Length - head.LineOffset >= limits.RequestLineBytesMax;
    }

    // RFC 9112 section 3: request-line = method SP request-target SP HTTP-version
    private static ParseResult ParseRequestLine(
        ReadOnlySpan<byte> input, ServerLimits limits, TargetRules rules, ref RequestHead head)
    {
        if (input.IsEmpty)
            return ParseResult.NeedMore;
        if (input[head.LineOffset] == '\r' && !head.Has(HeadFacts.EmptyLineSkipped))
        {
            // RFC 9112 section 2.2: at least one empty line before the request line should be ignored; exactly one is.
            if (input.Length < 2)
                return ParseResult.NeedMore;
            if (input[1] != '\n')
                return head.Reject(RequestRejection.BareCarriageReturn);
            head.Facts |= HeadFacts.EmptyLineSkipped;
            head.LineOffset = 2;
        }

        int start = head.LineOffset;
        int end = (int)Math.Min(input.Length, (long)start + limits.RequestLineBytesMax);
        ReadOnlySpan<byte> line = input[..end];
        int position = start;
        ParseResult result = ParseMethod(line, ref position, ref head);
        if (result == ParseResult.Done)
            result = TargetParser.Parse(line, rules, ref position, ref head);
        if (result == ParseResult.Done)
            result = ParseVersion(line, ref position, ref head);
        if (result == ParseResult.NeedMore && end - start >= limits.RequestLineBytesMax)
            return head.Reject(RequestRejection.RequestLineTooLong);
        if (result != ParseResult.Done)
            return result;

        head.Facts |= HeadFacts.RequestLineDone;
        head.LineOffset = head.SectionOffset = position;
        return ParseResult.Done;
    }

    // RFC 9110 section 9.1: method = token
    private static ParseResult ParseMethod(ReadOnlySpan<byte> line, ref int position, ref RequestHead head)
    {
        ReadOnlySpan<byte> rest = line[position..];
        if (rest.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(rest) == GetAndSpace)
        {
            head.Verb = Verbs.Get;
            head.Method = new Slice(position, 3);
            position += 4;
            return ParseResult.Done;
        }

        rest = rest[..Math.Min(rest.Length, MethodBytesMax + 1)];
        int length = OctetRuns.CountToken(rest);
        if (length == rest.Length)
            return rest.Length > MethodBytesMax ? head.Reject(RequestRejection.MethodTooLong) : ParseResult.NeedMore;
        if (length == 0 || rest[length] != ' ')
        {
            bool isEmptyLine = length == 0 && rest[0] == '\r' && head.Has(HeadFacts.EmptyLineSkipped);
            return head.Reject(isEmptyLine
                ? RequestRejection.EmptyLinesBeforeRequest
                : RequestRejection.InvalidMethod);
        }

        head.Method = new Slice(position, length);
        head.Verb = VerbOf(rest[..length]);
        if (rest[..length].SequenceEqual("CONNECT"u8))
            return head.Reject(RequestRejection.ConnectUnsupported);
        position += length + 1;
        return ParseResult.Done;
    }

    // RFC 9110 section 9.1: methods are case-sensitive.
    private static Verbs VerbOf(ReadOnlySpan<byte> method) => method.Length switch
    {
        3 => method.SequenceEqual("GET"u8) ? Verbs.Get : method.SequenceEqual("PUT"u8) ? Verbs.Put : Verbs.None,
        4 => method.SequenceEqual("POST"u8) ? Verbs.Post : method.SequenceEqual("HEAD"u8) ? Verbs.Head : Verbs.None,
        5 => method.SequenceEqual("PATCH"u8) ? Verbs.Patch
            : method.SequenceEqual("TRACE"u8) ? Verbs.Trace : Verbs.None,
        6 => method.SequenceEqual("DELETE"u8) ? Verbs.Delete : Verbs.None,
        7 => method.SequenceEqual("OPTIONS"u8) ? Verbs.Options : Verbs.None,
        _ => Verbs.None,
    };

    // RFC 9112 section 2.3: HTTP-version = HTTP-name "/" DIGIT "." DIGIT ; HTTP-name = %s"HTTP"
    private static ParseResult ParseVersion(ReadOnlySpan<byte> line, ref int position, ref RequestHead head)
    {
        ReadOnlySpan<byte> rest = line[position..];
        if (rest.Length >= 10 && rest[..10].SequenceEqual("HTTP/1.1\r\n"u8))
        {
            head.MinorVersion = 1;
            position += 10;
            return ParseResult.Done;
        }

        ReadOnlySpan<byte> shape = "HTTP/d.d\r\n"u8;
        for (int i = 0; i < shape.Length; i++)
        {
            if (i >= rest.Length)
                return ParseResult.NeedMore;
            bool fits = shape[i] == 'd' ? char.IsAsciiDigit((char)rest[i]) : rest[i] == shape[i];
            if (!fits)
            {
                return head.Reject(i == 9 ? RequestRejection.BareCarriageReturn
                    : i == 8 && rest[i] == '\n' ? RequestRejection.BareLineFeed
                    : RequestRejection.InvalidVersion);
            }
        }

        if (rest[5] != '1')
            return head.Reject(RequestRejection.UnsupportedVersion);
        // RFC 9110 section 2.5: a higher minor version is answered as the highest one that is known.
        head.MinorVersion = rest[7] == '0' ? 0 : 1;
        position += shape.Length;
        return ParseResult.Done;
    }

    // RFC 9112 section 2.1: *( field-line CRLF ) CRLF
    private static ParseResult ParseFields(
        ReadOnlySpan<byte> input, ServerLimits limits, TargetRules rules, ref RequestHead head)
    {
        int end = (int)Math.Min(input.Length, (long)head.SectionOffset + limits.HeaderBytesMax);
        bool isClipped = end - head.SectionOffset >= limits.HeaderBytesMax;
        ReadOnlySpan<byte> section = input[..end];
        while (true)
        {
            int position = head.LineOffset;
            if (position >= section.Length)
                return Unfinished(isClipped, ref head);
            if (section[position] == '\r')
            {
                if (position + 1 >= section.Length)
                    return Unfinished(isClipped, ref head);
                if (section[position + 1] != '\n')
                    return head.Reject(RequestRejection.BareCarriageReturn);
                head.HeadBytes = position + 2;
                return FramingFields.Conclude(input, rules, ref head);
            }

            if (head.FieldCount == limits.HeaderCountMax)
                return head.Reject(RequestRejection.TooManyHeaders);
            ParseResult result = FieldParser.ParseLine(
                section, position, head.FieldCount == 0, out HeaderField field, out int next, out head.Rejection);
            head.Facts = field.NameLength > 0 && result == ParseResult.NeedMore
                ? head.Facts | HeadFacts.InValue
                : head.Facts & ~HeadFacts.InValue;
            if (result == ParseResult.NeedMore)
                return Unfinished(isClipped, ref head);
            if (result == ParseResult.Rejected || !FramingFields.TryNote(section, field, ref head))
                return ParseResult.Rejected;

            if (head.FieldCount == head.Fields.Length)
                Array.Resize(ref head.Fields, Math.Max(head.Fields.Length * 2, FieldsInitially));
            head.Fields[head.FieldCount++] = field;
            head.LineOffset = next;
        }
    }

    private static ParseResult Unfinished(bool isClipped, ref RequestHead head) =>
        isClipped ? head.Reject(RequestRejection.HeadersTooLarge) : ParseResult.NeedMore;
}
