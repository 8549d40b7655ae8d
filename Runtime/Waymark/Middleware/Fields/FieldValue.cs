using System.Text;

namespace Waymark.Middleware;

/// <summary>Values of fields that stand in options: RFC 9110 section 5.5.</summary>
internal static class FieldValue
{
    /// <summary>The bytes of a value; null where it is not visible ASCII with blanks inside.</summary>
    public static byte[]? Encode(string value)
    {
        if (value.Length == 0 || value[0] == ' ' || value[^1] == ' ')
            return null;
        foreach (char character in value)
        {
            if (character is < ' ' or > '~')
                return null;
        }

        return Encoding.ASCII.GetBytes(value);
    }
}
