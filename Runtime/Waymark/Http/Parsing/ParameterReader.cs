using Waymark.Buffers;

namespace Waymark.Http.Parsing;

/// <summary>Goes through the parameters of a field value: RFC 9110 section 5.6.6.</summary>
/// <remarks>
/// A backslash in a quoted string escapes only <c>"</c> and <c>\</c>. Browsers put other ones as they are into file
/// names (<c>C:\a.txt</c>), and nobody escapes what needs no escape.
/// </remarks>
internal ref struct ParameterReader
{
    private ReadOnlySpan<byte> _rest;

    /// <param name="rest">What stands from the first semicolon on; may be empty.</param>
    public ParameterReader(ReadOnlySpan<byte> rest) => _rest = rest;

    /// <summary>The name as it came.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value without its quotes, still escaped where it had some.</summary>
    public ReadOnlySpan<byte> RawValue { get; private set; }

    /// <summary>True where the end was not reached.</summary>
    public bool IsMalformed { get; private set; }

    // parameters = *( OWS ";" OWS [ parameter ] ) ; parameter = token "=" ( token / quoted-string )
    public bool MoveNext()
    {
        while (true)
        {
            _rest = _rest.TrimStart(" \t"u8);
            if (_rest.IsEmpty)
                return false;
            if (_rest[0] != (byte)';')
                return Refuse();
            _rest = _rest[1..].TrimStart(" \t"u8);
            if (_rest.IsEmpty || _rest[0] == (byte)';')
                continue;
            int length = _rest.IndexOfAnyExcept(Ascii.Token);
            if (length <= 0 || _rest[length] != (byte)'=')
                return Refuse();
            Name = _rest[..length];
            _rest = _rest[(length + 1)..];
            return TryTakeValue() || Refuse();
        }
    }

    /// <summary>Copies a value without the backslashes that escape.</summary>
    /// <param name="raw">The value.</param>
    /// <param name="destination">At least as long; may be the same memory.</param>
    public static int Unquote(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        int written = 0;
        for (int index = 0; index < raw.Length; index++)
        {
            if (IsEscape(raw, index))
                index++;
            destination[written++] = raw[index];
        }

        return written;
    }

    private static bool IsEscape(ReadOnlySpan<byte> text, int index) =>
        text[index] == (byte)'\\' && index + 1 < text.Length && text[index + 1] is (byte)'"' or (byte)'\\';

    private bool TryTakeValue()
    {
        if (_rest.IsEmpty)
            return false;
        if (_rest[0] != (byte)'"')
        {
            int length = _rest.IndexOfAnyExcept(Ascii.Token);
            length = length < 0 ? _rest.Length : length;
            RawValue = _rest[..length];
            _rest = _rest[length..];
            return length > 0;
        }

        for (int index = 1; index < _rest.Length; index++)
        {
            if (IsEscape(_rest, index))
            {
                index++;
            }
            else if (_rest[index] == (byte)'"')
            {
                RawValue = _rest[1..index];
                _rest = _rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool Refuse()
    {
        IsMalformed = true;
        _rest = default;
        return false;
    }
}
