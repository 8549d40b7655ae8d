using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>Media types with parameters: RFC 9110 section 8.3.1.</summary>
internal static class MediaTypes
{
    /// <summary>True where a Content-Type is of this type, in any case and with any parameters.</summary>
    public static bool Is(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> mediaType)
    {
        int end = contentType.IndexOf((byte)';');
        return Ascii.EqualsIgnoreCase(Ascii.Trim(end < 0 ? contentType : contentType[..end]), mediaType);
    }

    /// <summary>Finds the one parameter of a name, unquoted.</summary>
    /// <param name="value">The whole field value.</param>
    /// <param name="name">The parameter, lower case.</param>
    /// <param name="destination">Takes its value; one that is longer is malformed.</param>
    /// <param name="length">The length of its value.</param>
    /// <returns>Malformed also where the name stands twice: two readers could take different ones.</returns>
    public static ParameterResult FindParameter(
        ReadOnlySpan<byte> value, ReadOnlySpan<byte> name, Span<byte> destination, out int length)
    {
        length = 0;
        int start = value.IndexOf((byte)';');
        if (start < 0)
            return ParameterResult.Absent;
        var result = ParameterResult.Absent;
        var parameters = new ParameterReader(value[start..]);
        while (parameters.MoveNext())
        {
            if (!Ascii.EqualsIgnoreCase(parameters.Name, name))
                continue;
            if (result == ParameterResult.Found || parameters.RawValue.Length > destination.Length)
                return ParameterResult.Malformed;
            length = ParameterReader.Unquote(parameters.RawValue, destination);
            result = ParameterResult.Found;
        }

        return parameters.IsMalformed ? ParameterResult.Malformed : result;
    }
}

/// <summary>Whether a parameter stands in a field value.</summary>
internal enum ParameterResult
{
    Absent,
    Found,
    Malformed,
}
