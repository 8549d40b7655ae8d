using System.Net;
using System.Text;
using Waymark.Buffers;
using Waymark.CompilerServices;
using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark;

/// <summary>What the client asked for: a view of the bytes as they came.</summary>
/// <remarks>
/// Valid until the handler's task ends; spans from it must not be kept. Not safe for use by several threads at once.
/// </remarks>
public sealed class Request
{
    // The block holds the head until the exchange ends, even where the receive buffer has moved on.
    private byte[] _block = [];
    private int _start;
    private byte[] _normalised = [];
    private int _normalisedLength;
    private byte[]? _method;

    internal RequestHead Head = new(fieldCapacity: 0);

    internal Request(IBodySource source, ServerLimits limits) => Body = new RequestBody(source, limits, this);

    /// <summary>The method: RFC 9110 section 9. Case-sensitive; <c>GET</c>, <c>POST</c> … or any token.</summary>
    public string Method => Verb switch
    {
        Verbs.Get => "GET",
        Verbs.Head => "HEAD",
        Verbs.Post => "POST",
        Verbs.Put => "PUT",
        Verbs.Delete => "DELETE",
        Verbs.Patch => "PATCH",
        Verbs.Options => "OPTIONS",
        Verbs.Trace => "TRACE",
        _ => Encoding.ASCII.GetString(MethodBytes),
    };

    /// <summary>The request target as it came: RFC 9112 section 3.2.</summary>
    public ReadOnlySpan<byte> Target => Bytes(Head.Target);

    /// <summary>
    /// The path as it came, without the query; <c>/</c> for an absolute target without one (RFC 9110 section 4.2.3);
    /// <c>*</c> for <c>OPTIONS *</c>.
    /// </summary>
    public ReadOnlySpan<byte> RawPath => Head.Path.Length == 0 ? "/"u8 : Bytes(Head.Path);

    /// <summary>
    /// The path that routes are matched against, with every percent-escape decoded once. It is <see cref="RawPath"/>
    /// decoded, but without dot segments where <see cref="ServerOptions.DotSegments"/> removes them.
    /// </summary>
    /// <remarks>
    /// For people and logs: a decoded <c>%2F</c> cannot be told from a slash, so <c>/..%2Fa</c> shows as <c>/../a</c>.
    /// </remarks>
    public string Path => PercentDecoder.DecodeToString(MatchPath, isPlusSpace: false);

    /// <summary>The query behind the <c>?</c>.</summary>
    public RequestQuery Query => new(Bytes(Head.QueryPart));

    /// <summary>1.1 or 1.0; a higher minor version is treated as 1.1 (RFC 9110 section 2.5).</summary>
    public Version Version => Head.MinorVersion == 0 ? HttpVersion.Version10 : HttpVersion.Version11;

    /// <summary>The header fields, in their order.</summary>
    public RequestHeaders Headers => new(_block.AsSpan(_start), Head.Fields.AsSpan(0, Head.FieldCount));

    /// <summary>The cookies: RFC 6265 section 4.2.</summary>
    public RequestCookies Cookies => new(Headers);

    /// <summary>The body; empty where the request has none.</summary>
    public RequestBody Body { get; }

    /// <summary>
    /// The client's address, where there is one: the connection's (<see cref="ConnectionInfo.RemoteEndPoint"/>), or the
    /// one that a trusted proxy gives (<see cref="ForwardedHeaders"/>), whose port is 0 where the proxy leaves it out.
    /// </summary>
    public EndPoint? RemoteEndPoint => Forwarded?.Client ?? Peer;

    /// <summary>
    /// <c>https</c> or <c>http</c>: what the connection speaks, or what a trusted proxy says that the client spoke
    /// (<see cref="ForwardedHeaders"/>).
    /// </summary>
    public string Scheme => Forwarded?.Scheme ?? ConnectionScheme;

    /// <summary>
    /// The host and port that the client asked for: RFC 9110 section 7.2. The Host field as it came, the authority of
    /// an absolute target, which goes before it (RFC 9112 section 3.2.2), or what a trusted proxy says
    /// (<see cref="ForwardedHeaders"/>); empty for HTTP/1.0 without one.
    /// </summary>
    /// <remarks>Any client can send any host: compare it with those that are yours before a link is made of
    /// it.</remarks>
    public string Host => Forwarded?.Host
        ?? (Head.Authority.Length > 0 ? Encoding.ASCII.GetString(Bytes(Head.Authority)) : Headers["Host"] ?? "");

    /// <summary>The address of the connection's peer.</summary>
    internal EndPoint? Peer { get; set; }

    /// <summary>What the connection speaks.</summary>
    internal string ConnectionScheme { get; set; } = "http";

    /// <summary>What trusted proxies say; null where there are none.</summary>
    internal ForwardedRequest? Forwarded { get; set; }

    internal Verbs Verb => Head.Verb;

    internal ReadOnlySpan<byte> MethodBytes => _method ?? Bytes(Head.Method);

    /// <summary>Puts another method in the place of the one that came, for the rest of the exchange.</summary>
    internal void OverrideMethod(Verbs verb, byte[] method)
    {
        Head.Verb = verb;
        _method = method;
    }

    /// <summary>True where a <c>?</c> stands behind the path, even with nothing behind it.</summary>
    internal bool HasQuery => Head.QueryPart.Offset > 0;

    /// <summary>True where the request asks to change to a protocol: RFC 9110 section 7.8.</summary>
    internal bool AsksFor(ReadOnlySpan<byte> protocol) =>
        Head.Has(HeadFacts.Upgrade) && UpgradeField.Lists(Headers, protocol);

    internal bool IsHttp10 => Head.MinorVersion == 0;

    /// <summary>True for the target <c>*</c>: RFC 9112 section 3.2.4.</summary>
    internal bool IsAsterisk => Head.Path.Length == 1 && Bytes(Head.Path)[0] == (byte)'*';

    /// <summary>
    /// The path that routes are matched against: as it came, or normalised where it held a percent sign, a raw octet
    /// or a dot segment.
    /// </summary>
    internal ReadOnlySpan<byte> MatchPath =>
        IsNormalised ? _normalised.AsSpan(0, _normalisedLength) : RawPath;

    /// <summary>Hides the fields of a name for the rest of the exchange.</summary>
    internal void RemoveHeader(ReadOnlySpan<byte> name)
    {
        int kept = 0;
        for (int index = 0; index < Head.FieldCount; index++)
        {
            HeaderField field = Head.Fields[index];
            if (!Buffers.Ascii.EqualsIgnoreCase(_block.AsSpan(_start + field.NameOffset, field.NameLength), name))
                Head.Fields[kept++] = field;
        }

        Head.FieldCount = kept;
    }

    /// <summary>Takes over a parsed head.</summary>
    internal void Begin(byte[] block, int start)
    {
        _block = block;
        _start = start;
        Forwarded = null;
        _method = null;
        if (IsNormalised)
            Normalise();
    }

    private bool IsNormalised => Head.IsPathEncoded || Head.HasDotSegments;

    private ReadOnlySpan<byte> Bytes(Slice slice) => _block.AsSpan(_start + slice.Offset, slice.Length);

    private void Normalise()
    {
        ReadOnlySpan<byte> raw = Bytes(Head.Path);
        int lengthMax = PercentDecoder.NormalisedLengthMax(raw);
        if (_normalised.Length < lengthMax)
            _normalised = new byte[Math.Max(256, lengthMax)];
        _normalisedLength = PercentDecoder.Normalise(raw, _normalised);
        if (Head.HasDotSegments)
            _normalisedLength = DotSegmentRemover.Remove(_normalised.AsSpan(0, _normalisedLength));
    }
}
