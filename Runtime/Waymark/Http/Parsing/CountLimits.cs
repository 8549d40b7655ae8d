using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>Counts what a head that was understood holds many of.</summary>
/// <remarks>
/// A pair of a query and a cookie take two bytes at least with their separator, so heads of an ordinary size are not
/// looked at.
/// </remarks>
internal static class CountLimits
{
    /// <summary>Why the request is refused; None where it is not.</summary>
    public static RequestRejection Check(Request request, ServerLimits limits)
    {
        int length = request.Head.QueryPart.Length;
        if (length / 2 >= limits.QueryKeysMax && KeysIn(request.Query.Raw) > limits.QueryKeysMax)
            return RequestRejection.TooManyQueryKeys;
        return request.Head.HeadBytes / 2 >= limits.CookiesMax && CookiesIn(request.Headers) > limits.CookiesMax
            ? RequestRejection.TooManyCookies
            : RequestRejection.None;
    }

    private static int KeysIn(ReadOnlySpan<byte> query)
    {
        int count = 0;
        foreach (QueryPair _ in new RequestQuery(query))
            count++;
        return count;
    }

    private static int CookiesIn(RequestHeaders headers)
    {
        // cookie-string = cookie-pair *( ";" SP cookie-pair )
        int count = 0;
        foreach (HeaderLine line in headers)
        {
            if (line.Name.Length == 6 && Ascii.EqualsIgnoreCase(line.Name, "cookie"u8))
                count += line.Value.Count((byte)';') + 1;
        }

        return count;
    }
}
