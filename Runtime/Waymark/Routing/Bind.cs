using System.ComponentModel;
using Waymark.Routing;

namespace Waymark.CompilerServices;

/// <summary>Turns parts of a request into parameter values.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Each <c>Try…</c> returns false where the request does not hold
/// the value; the thunk then returns the task of the matching <c>Reject…</c>, which finds out why and answers 400. Each
/// value is percent-decoded exactly once.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Bind
{
    /// <summary>Reads a path capture as <c>int</c>.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, out int value) =>
        ValueParser.TryParse(PathOf(exchange, depth), out value);

    /// <summary>Reads a path capture as <c>long</c>.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, out long value) =>
        ValueParser.TryParse(PathOf(exchange, depth), out value);

    /// <summary>Reads a path capture as <c>Guid</c>.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, out Guid value) =>
        ValueParser.TryParse(PathOf(exchange, depth), out value);

    /// <summary>Reads a path capture as text.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, out string value)
    {
        value = ValueParser.ReadPath(PathOf(exchange, depth));
        return true;
    }

    /// <summary>Reads an optional path capture as <c>int</c>: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, int fallback, out int value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        value = fallback;
        return capture.IsEmpty || ValueParser.TryParse(capture, out value);
    }

    /// <summary>Reads an optional path capture as <c>int?</c>: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, int? fallback, out int? value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        bool isParsed = ValueParser.TryParse(capture, out int parsed);
        value = isParsed ? parsed : fallback;
        return isParsed || capture.IsEmpty;
    }

    /// <summary>Reads an optional path capture as <c>long</c>: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, long fallback, out long value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        value = fallback;
        return capture.IsEmpty || ValueParser.TryParse(capture, out value);
    }

    /// <summary>Reads an optional path capture as <c>long?</c>: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, long? fallback, out long? value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        bool isParsed = ValueParser.TryParse(capture, out long parsed);
        value = isParsed ? parsed : fallback;
        return isParsed || capture.IsEmpty;
    }

    /// <summary>Reads an optional path capture as <c>Guid</c>: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, Guid fallback, out Guid value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        value = fallback;
        return capture.IsEmpty || ValueParser.TryParse(capture, out value);
    }

    /// <summary>Reads an optional path capture as <c>Guid?</c>: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, Guid? fallback, out Guid? value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        bool isParsed = ValueParser.TryParse(capture, out Guid parsed);
        value = isParsed ? parsed : fallback;
        return isParsed || capture.IsEmpty;
    }

    /// <summary>Reads an optional path capture as text: the fallback where it is empty.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="depth">Which capture of the template.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryPath(Exchange exchange, int depth, string? fallback, out string? value)
    {
        ReadOnlySpan<byte> capture = PathOf(exchange, depth);
        value = capture.IsEmpty ? fallback : ValueParser.ReadPath(capture);
        return true;
    }

    /// <summary>Reads a required query value as <c>int</c>.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out int value)
    {
        value = default;
        return exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw)
            && ValueParser.TryParseQuery(raw, out value);
    }

    /// <summary>Reads a required query value as <c>long</c>.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out long value)
    {
        value = default;
        return exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw)
            && ValueParser.TryParseQuery(raw, out value);
    }

    /// <summary>Reads a required query value as <c>Guid</c>.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out Guid value)
    {
        value = default;
        return exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw)
            && ValueParser.TryParseQuery(raw, out value);
    }

    /// <summary>Reads a required query value as text.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, out string value)
    {
        bool isFound = exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw);
        value = isFound ? ValueParser.ReadQuery(raw) : "";
        return isFound;
    }

    /// <summary>Reads an optional query value as <c>int</c>: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, int fallback, out int value)
    {
        value = fallback;
        return !exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw)
            || ValueParser.TryParseQuery(raw, out value);
    }

    /// <summary>Reads an optional query value as <c>int?</c>: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, int? fallback, out int? value)
    {
        bool isFound = exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw);
        bool isParsed = ValueParser.TryParseQuery(raw, out int parsed);
        value = isFound && isParsed ? parsed : fallback;
        return !isFound || isParsed;
    }

    /// <summary>Reads an optional query value as <c>long</c>: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, long fallback, out long value)
    {
        value = fallback;
        return !exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw)
            || ValueParser.TryParseQuery(raw, out value);
    }

    /// <summary>Reads an optional query value as <c>long?</c>: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, long? fallback, out long? value)
    {
        bool isFound = exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw);
        bool isParsed = ValueParser.TryParseQuery(raw, out long parsed);
        value = isFound && isParsed ? parsed : fallback;
        return !isFound || isParsed;
    }

    /// <summary>Reads an optional query value as <c>Guid</c>: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, Guid fallback, out Guid value)
    {
        value = fallback;
        return !exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw)
            || ValueParser.TryParseQuery(raw, out value);
    }

    /// <summary>Reads an optional query value as <c>Guid?</c>: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, Guid? fallback, out Guid? value)
    {
        bool isFound = exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw);
        bool isParsed = ValueParser.TryParseQuery(raw, out Guid parsed);
        value = isFound && isParsed ? parsed : fallback;
        return !isFound || isParsed;
    }

    /// <summary>Reads an optional query value as text: the fallback where the key is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="name">The key in the query.</param>
    /// <param name="fallback">The value where none is given.</param>
    /// <param name="value">The value.</param>
    public static bool TryQuery(Exchange exchange, ReadOnlySpan<byte> name, string? fallback, out string? value)
    {
        bool isFound = exchange.Request.Query.TryGetRaw(name, out ReadOnlySpan<byte> raw);
        value = isFound ? ValueParser.ReadQuery(raw) : fallback;
        return true;
    }

    private static ReadOnlySpan<byte> PathOf(Exchange exchange, int depth) =>
        exchange.Match.Slice(exchange.Request.MatchPath, depth);
}
