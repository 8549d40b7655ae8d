using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>The field Vary: RFC 9110 section 12.5.5.</summary>
internal static class VaryField
{
    /// <summary>Says that the answer depends on a field of the request, unless that has been said.</summary>
    /// <param name="headers">The answer's, whose head is about to be put together.</param>
    /// <param name="field">The name of the request's field.</param>
    public static void Add(ResponseHeaders headers, ReadOnlySpan<byte> field)
    {
        for (int index = 0; index < headers.Count; index++)
        {
            if (headers.TryGetAt(index, "Vary"u8, out ReadOnlySpan<byte> list) && IsListed(list, field))
                return;
        }

        headers.AddTrusted("Vary"u8, field);
    }

    // Vary = #( "*" / field-name )
    private static bool IsListed(ReadOnlySpan<byte> list, ReadOnlySpan<byte> field)
    {
        while (!list.IsEmpty)
        {
            ReadOnlySpan<byte> element = Ascii.TakeElement(ref list, (byte)',');
            if (element.SequenceEqual("*"u8) || Ascii.EqualsIgnoreCase(element, field))
                return true;
        }

        return false;
    }
}
