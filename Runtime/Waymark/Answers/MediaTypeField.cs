using System.Text;

namespace Waymark.Answers;

/// <summary>The Content-Type that a result names: RFC 9110 section 8.3.</summary>
internal static class MediaTypeField
{
    private const int StackBytesMax = 128;

    /// <summary>Sets it; null leaves what there is.</summary>
    /// <exception cref="ArgumentException">It holds a control character.</exception>
    public static void Set(Response response, string? mediaType)
    {
        if (mediaType is null)
            return;
        Span<byte> room = stackalloc byte[StackBytesMax];
        if (Encoding.ASCII.TryGetBytes(mediaType, room, out int length))
            response.SetContentType(room[..length]);
        else
            response.SetContentType(Encoding.ASCII.GetBytes(mediaType));
    }
}
