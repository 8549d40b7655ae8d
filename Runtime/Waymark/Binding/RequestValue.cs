using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using Waymark.Buffers;
using Waymark.Http;

namespace Waymark.CompilerServices;

/// <summary>One text of a request as it came: found or missing, encoded or not, and where it was looked for.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Each value is percent-decoded exactly once, by its reader.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct RequestValue
{
    private const int StackBytesMax = 256;
    private const int ShownCharactersMax = 64;
    private const string FormPlace = "form";

    private readonly ReadOnlySpan<byte> _raw;
    private readonly ValueEncoding _encoding;

    internal RequestValue(
        ReadOnlySpan<byte> raw, bool isPresent, ValueEncoding encoding, string place, string name)
    {
        _raw = raw;
        IsPresent = isPresent;
        _encoding = encoding;
        Place = place;
        Name = name;
    }

    internal bool IsPresent { get; }

    /// <summary>Where it was looked for: <c>query</c>.</summary>
    internal string Place { get; }

    internal string Name { get; }

    /// <summary>A capture of the path; an empty one is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="name">Its name.</param>
    public static RequestValue Path(Exchange exchange, int depth, string name)
    {
        ReadOnlySpan<byte> raw = exchange.Match.Slice(exchange.Request.MatchPath, depth);
        return new RequestValue(raw, !raw.IsEmpty, ValueEncoding.Percent, "path", name);
    }

    /// <summary>The first value of a key in the query.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="key">The key.</param>
    /// <param name="name">The key as text.</param>
    public static RequestValue Query(Exchange exchange, ReadOnlySpan<byte> key, string name)
    {
        bool isPresent = exchange.Request.Query.TryGetRaw(key, out ReadOnlySpan<byte> raw);
        return new RequestValue(raw, isPresent, ValueEncoding.Form, "query", name);
    }

    /// <summary>The first field line with a name.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="field">The field name.</param>
    /// <param name="name">The field name as text.</param>
    public static RequestValue Header(Exchange exchange, ReadOnlySpan<byte> field, string name)
    {
        bool isPresent = exchange.Request.Headers.TryGet(field, out ReadOnlySpan<byte> raw);
        return new RequestValue(raw, isPresent, ValueEncoding.None, "header", name);
    }

    /// <summary>The first cookie with a name.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="cookie">The cookie's name.</param>
    /// <param name="name">The cookie's name as text.</param>
    public static RequestValue Cookie(Exchange exchange, ReadOnlySpan<byte> cookie, string name)
    {
        bool isPresent = exchange.Request.Cookies.TryGet(cookie, out ReadOnlySpan<byte> raw);
        return new RequestValue(raw, isPresent, ValueEncoding.None, "cookie", name);
    }

    /// <summary>The first value of a field in a form.</summary>
    /// <param name="fields">The fields of the form.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="name">The field's name as text.</param>
    public static RequestValue Form(FormFields fields, ReadOnlySpan<byte> field, string name)
    {
        bool isPresent = fields.TryGetRaw(field, out ReadOnlySpan<byte> raw);
        return new RequestValue(raw, isPresent, ValueEncoding.None, FormPlace, name);
    }

    /// <summary>One more value under the same name.</summary>
    internal RequestValue With(ReadOnlySpan<byte> raw) => new(raw, true, _encoding, Place, Name);

    /// <summary>Decodes and parses it.</summary>
    internal bool TryParse<T, TParser>(out T value)
        where TParser : struct, IValueParser<T> =>
        IsEncoded ? TryParseDecoded<T, TParser>(out value) : TryParseText<T, TParser>(_raw, out value);

    /// <summary>True where nothing came that an optional parameter would take.</summary>
    /// <remarks>
    /// A page sends an input that was left empty as well (HTML section 4.10.21.4), in a form and, with GET, in the
    /// query: only for text is that a value.
    /// </remarks>
    internal bool IsAbsent<T>() => !IsPresent || (_raw.IsEmpty && IsOfInput && typeof(T) != typeof(string));

    /// <summary>True for an empty field of a form.</summary>
    internal bool IsBlank => _raw.IsEmpty && Place == FormPlace;

    /// <summary>The decoded octets: where they came, or in memory of the exchange where an escape stood.</summary>
    internal ReadOnlySpan<byte> Decode(Exchange exchange)
    {
        if (!IsEncoded)
            return _raw;
        Span<byte> decoded = exchange.Scratch(_raw.Length);
        return decoded[..PercentDecoder.Decode(_raw, decoded, _encoding == ValueEncoding.Form)];
    }

    /// <summary>Notes that it is missing or not what was expected.</summary>
    internal void Refuse(string expected, ref BindErrors errors)
    {
        string shown = BindErrors.Describe(Place, Name);
        errors.Add(Place, Name, IsPresent && !IsBlank
            ? $"{shown} is not {expected}: '{Shown()}'."
            : $"{shown} is missing; it is {expected}.");
    }

    private bool IsEncoded =>
        _encoding != ValueEncoding.None && PercentDecoder.IsEncoded(_raw, _encoding == ValueEncoding.Form);

    /// <summary>True for what a page's inputs become.</summary>
    private bool IsOfInput => _encoding == ValueEncoding.Form || Place == FormPlace;

    private bool TryParseText<T, TParser>(ReadOnlySpan<byte> text, out T value)
        where TParser : struct, IValueParser<T> =>
        TParser.MayThrow ? TryParseGuarded<T, TParser>(text, out value) : TParser.TryParse(text, out value);

    /// <summary>What a parser of the program's own throws is an answer of its as well, or is to be traced.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryParseGuarded<T, TParser>(ReadOnlySpan<byte> text, out T value)
        where TParser : struct, IValueParser<T>
    {
        try
        {
            return TParser.TryParse(text, out value);
        }
        catch (Exception thrown) when (FailedParameter.IsRefusal(thrown))
        {
            value = default!;
            return false;
        }
        catch (Exception thrown)
        {
            FailedParameter.Note(thrown, BindErrors.Describe(Place, Name));
            throw;
        }
    }

    private bool TryParseDecoded<T, TParser>(out T value)
        where TParser : struct, IValueParser<T>
    {
        byte[]? rented = _raw.Length <= StackBytesMax ? null : BlockPool.Rent(_raw.Length);
        Span<byte> buffer = rented ?? stackalloc byte[StackBytesMax];
        int length = PercentDecoder.Decode(_raw, buffer, _encoding == ValueEncoding.Form);
        try
        {
            return TryParseText<T, TParser>(buffer[..length], out value);
        }
        finally
        {
            if (rented is not null)
                BlockPool.Return(rented);
        }
    }

    /// <summary>The value as a message shows it: never half of a surrogate pair at its end.</summary>
    private string Shown()
    {
        string value = _encoding == ValueEncoding.None
            ? Encoding.UTF8.GetString(_raw)
            : PercentDecoder.DecodeToString(_raw, _encoding == ValueEncoding.Form);
        return Cut(value);
    }

    /// <summary>A client's text as an answer shows it: its first 64 characters, no surrogate pair torn apart.</summary>
    internal static string Cut(string text)
    {
        if (text.Length <= ShownCharactersMax)
            return text;
        int end = char.IsHighSurrogate(text[ShownCharactersMax - 1]) ? ShownCharactersMax - 1 : ShownCharactersMax;
        return text[..end] + "…";
    }
}

/// <summary>How a text of a request is encoded.</summary>
internal enum ValueEncoding
{
    None,

    /// <summary>Percent-escapes: RFC 3986 section 2.1.</summary>
    Percent,

    /// <summary>Percent-escapes, and a plus sign for a space: WHATWG URL section 5.1.</summary>
    Form,
}
