using System.Buffers;
using System.Diagnostics;

namespace Waymark.Routing;

/// <summary>Leads to the same path with its last slash added or taken away: 308, RFC 9110 section 15.4.9.</summary>
/// <remarks>
/// The target is the path that was matched: ASCII, without dot segments, nothing decoded that has a meaning. It cannot
/// lead to another host: a path that starts with two slashes has an empty first segment, which no template matches.
/// </remarks>
internal static class SlashRedirect
{
    public static void Write(Exchange exchange)
    {
        Request request = exchange.Request;
        ReadOnlySpan<byte> path = request.MatchPath;
        Debug.Assert(!path.StartsWith("//"u8));
        var location = new ArrayBufferWriter<byte>(path.Length + 1 + request.Query.Raw.Length + 1);
        bool isAdded = path[^1] != '/';
        location.Write(isAdded ? path : path[..^1]);
        if (isAdded)
            location.Write("/"u8);
        if (request.HasQuery)
        {
            location.Write("?"u8);
            location.Write(request.Query.Raw);
        }

        exchange.Response.StatusCode = 308;
        exchange.Response.Headers.AddTrusted("Location"u8, location.WrittenSpan);
    }
}
