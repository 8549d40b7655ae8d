using System.Buffers.Text;
using System.ComponentModel;
using System.Text;
using Ascii = System.Text.Ascii;

namespace Waymark.CompilerServices;

/// <summary>Takes text as it is; octets that are not UTF-8 become U+FFFD.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TextParser : IValueParser<string>
{
    /// <inheritdoc/>
    public static string Expected => "a text";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out string value)
    {
        value = Encoding.UTF8.GetString(text);
        return true;
    }
}

/// <summary>Parses one UTF-16 code unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CharacterParser : IValueParser<char>
{
    /// <inheritdoc/>
    public static string Expected => "one character";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out char value)
    {
        bool isOne = Rune.DecodeFromUtf8(text, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done
            && consumed == text.Length && rune.IsBmp;
        value = isOne ? (char)rune.Value : default;
        return isOne;
    }
}

/// <summary>
/// Parses <c>true</c> and <c>false</c> in any case, and <c>on</c>, which a ticked box of a form sends.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanParser : IValueParser<bool>
{
    /// <inheritdoc/>
    public static string Expected => "true or false";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(text, "true"u8) || text.SequenceEqual("on"u8);
        return value || Ascii.EqualsIgnoreCase(text, "false"u8);
    }
}

/// <summary>Parses a Guid, with hyphens (D) or without (N).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidParser : IValueParser<Guid>
{
    /// <inheritdoc/>
    public static string Expected => "a Guid";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out Guid value)
    {
        value = default;
        return text.Length is 36 or 32
            && Utf8Parser.TryParse(text, out value, out int consumed, text.Length == 36 ? 'D' : 'N')
            && consumed == text.Length;
    }
}

/// <summary>Parses a URI reference: RFC 3986 section 4.1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UriParser : IValueParser<Uri>
{
    /// <inheritdoc/>
    public static string Expected => "a URI";

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<byte> text, out Uri value)
    {
        bool isUri = Uri.TryCreate(Encoding.UTF8.GetString(text), UriKind.RelativeOrAbsolute, out Uri? uri);
        value = uri!;
        return isUri;
    }
}
