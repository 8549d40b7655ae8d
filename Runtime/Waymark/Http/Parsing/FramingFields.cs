using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>The fields that decide where a request goes and where it ends: RFC 9112 sections 3.2, 6 and 9.</summary>
internal static class FramingFields
{
    /// <summary>Notes a field when it is one of these; false when it is refused.</summary>
    public static bool TryNote(ReadOnlySpan<byte> input, HeaderField field, ref RequestHead head)
    {
        // The length tells almost all fields apart before a single byte is compared.
        ReadOnlySpan<byte> name = input.Slice(field.NameOffset, field.NameLength);
        switch (name.Length)
        {
            case 4 when Ascii.EqualsLower(name, "host"u8):
                return TryNoteHost(input, field, ref head);
            case 6 when Ascii.EqualsLower(name, "expect"u8):
                NoteExpect(Value(input, field), ref head);
                return true;
            case 10 when Ascii.EqualsLower(name, "connection"u8):
                NoteConnection(Value(input, field), ref head);
                return true;
            case 14 when Ascii.EqualsLower(name, "content-length"u8):
                return TryNoteContentLength(Value(input, field), ref head);
            case 17 when Ascii.EqualsLower(name, "transfer-encoding"u8):
                return TryNoteTransferEncoding(Value(input, field), ref head);
            default:
                return true;
        }
    }

    /// <summary>Decides what only the whole head can tell: RFC 9112 section 6.3.</summary>
    public static ParseResult Conclude(ReadOnlySpan<byte> input, TargetRules rules, ref RequestHead head)
    {
        if (head.Has(HeadFacts.HasTransferEncoding))
        {
            if (head.MinorVersion == 0)
                return head.Reject(RequestRejection.TransferEncodingInHttp10);
            if (head.ContentLength >= 0)
                return head.Reject(RequestRejection.TransferEncodingWithLength);
        }

        if (head.MinorVersion > 0 && !head.Has(HeadFacts.HasHost))
            return head.Reject(RequestRejection.HostMissing);
        if (head.Authority.Length > 0 && head.Has(HeadFacts.HasHost) && (rules & TargetRules.AnyHost) == 0
            && !HostParser.AreSame(head.Authority.Of(input), head.Host.Of(input), head.IsHttps))
        {
            return head.Reject(RequestRejection.HostDiffersFromTarget);
        }

        if (head.Has(HeadFacts.UnknownCoding))
            return head.Reject(RequestRejection.UnknownTransferCoding);
        return ParseResult.Done;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> input, HeaderField field) =>
        input.Slice(field.ValueOffset, field.ValueLength);

    // RFC 9112 section 3.2: exactly one, and valid.
    private static bool TryNoteHost(ReadOnlySpan<byte> input, HeaderField field, ref RequestHead head)
    {
        if (head.Has(HeadFacts.HasHost))
            return Refuse(RequestRejection.HostRepeated, ref head);
        if (!HostParser.IsValid(Value(input, field)))
            return Refuse(RequestRejection.InvalidHost, ref head);
        head.Facts |= HeadFacts.HasHost;
        head.Host = new Slice(field.ValueOffset, field.ValueLength);
        return true;
    }

    // RFC 9110 section 10.1.1: Expect = #expectation
    private static void NoteExpect(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        head.Facts |= Ascii.EqualsLower(value, "100-continue"u8) ? HeadFacts.Expect100 : HeadFacts.ExpectOther;
    }

    // RFC 9110 section 7.6.1: Connection = #connection-option
    private static void NoteConnection(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        while (!value.IsEmpty)
        {
            ReadOnlySpan<byte> option = Ascii.TakeElement(ref value, (byte)',');
            if (Ascii.EqualsLower(option, "close"u8))
                head.Facts |= HeadFacts.Close;
            else if (Ascii.EqualsLower(option, "keep-alive"u8))
                head.Facts |= HeadFacts.KeepAlive;
            else if (Ascii.EqualsLower(option, "upgrade"u8))
                head.Facts |= HeadFacts.Upgrade;
        }
    }

    // RFC 9110 section 8.6: Content-Length = 1*DIGIT. A list of equal values is allowed to be refused, and is.
    private static bool TryNoteContentLength(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        if (head.ContentLength >= 0)
            return Refuse(RequestRejection.ContentLengthRepeated, ref head);
        if (!Ascii.TryParseDigits(value, out head.ContentLength))
            return Refuse(RequestRejection.InvalidContentLength, ref head);
        return true;
    }

    // RFC 9112 section 6.1: Transfer-Encoding = #transfer-coding. Only "chunked" alone is understood.
    private static bool TryNoteTransferEncoding(ReadOnlySpan<byte> value, ref RequestHead head)
    {
        if (head.Has(HeadFacts.HasTransferEncoding))
            return Refuse(RequestRejection.TransferEncodingRepeated, ref head);
        head.Facts |= HeadFacts.HasTransferEncoding;
        if (Ascii.EqualsLower(value, "chunked"u8))
        {
            head.Facts |= HeadFacts.Chunked;
            return true;
        }

        int count = 0;
        bool isChunked = false;
        bool isMore;
        do
        {
            int comma = value.IndexOf((byte)',');
            isMore = comma >= 0;
            ReadOnlySpan<byte> coding = Ascii.Trim(isMore ? value[..comma] : value);
            value = isMore ? value[(comma + 1)..] : default;
            // An empty element, a parameter or a quote is no token; nothing may stand behind "chunked".
            if (coding.IsEmpty || coding.ContainsAnyExcept(Ascii.Token) || isChunked)
                return Refuse(RequestRejection.InvalidTransferEncoding, ref head);
            isChunked = Ascii.EqualsLower(coding, "chunked"u8);
            count++;
        }
        while (isMore);

        if (!isChunked && count > 1)
            return Refuse(RequestRejection.InvalidTransferEncoding, ref head);
        head.Facts |= HeadFacts.UnknownCoding;
        return true;
    }

    private static bool Refuse(RequestRejection rejection, ref RequestHead head)
    {
        head.Rejection = rejection;
        return false;
    }
}
