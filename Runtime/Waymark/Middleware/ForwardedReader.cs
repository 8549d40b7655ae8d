using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>What one proxy says: RFC 7239 section 4; empty where it does not.</summary>
internal readonly ref struct ForwardedElement
{
    public ReadOnlySpan<byte> For { get; init; }

    public ReadOnlySpan<byte> Proto { get; init; }

    public ReadOnlySpan<byte> Host { get; init; }
}

/// <summary>Reads the Forwarded field.</summary>
/// <remarks>
/// <code>
/// Forwarded         = 1#forwarded-element
/// forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ] )
/// forwarded-pair    = token "=" ( token / quoted-string )          ; each name once in an element
/// </code>
/// From left to right, because a comma may stand in quotes; what breaks the grammar anywhere makes all of it worthless.
/// </remarks>
internal static class ForwardedReader
{
    /// <summary>Finds the last elements of a list.</summary>
    /// <param name="list">The field's value.</param>
    /// <param name="elements">Gets where they are, in their order.</param>
    /// <returns>How many were found: at most as many as there is room for; 0 where the list is malformed.</returns>
    public static int FindLast(ReadOnlySpan<byte> list, Span<Range> elements)
    {
        int count = 0;
        int position = 0;
        while (position < list.Length)
        {
            while (position < list.Length && list[position] is (byte)' ' or (byte)'\t' or (byte)',')
                position++;
            int start = position;
            if (!TrySkipElement(list, ref position))
                return 0;
            if (position == start)
                continue;
            if (count == elements.Length)
            {
                elements[1..].CopyTo(elements);
                count--;
            }

            elements[count++] = new Range(start, position);
            while (position < list.Length && list[position] is (byte)' ' or (byte)'\t')
                position++;
            if (position < list.Length && list[position] != ',')
                return 0;
        }

        return count;
    }

    /// <summary>Reads an element that was found.</summary>
    public static ForwardedElement Read(ReadOnlySpan<byte> element)
    {
        ReadOnlySpan<byte> node = default, proto = default, host = default;
        int position = 0;
        while (position < element.Length)
        {
            if (element[position] == ';')
            {
                position++;
                continue;
            }

            _ = TryTakePair(element, ref position, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            if (Ascii.EqualsIgnoreCase(name, "for"u8))
                node = value;
            else if (Ascii.EqualsIgnoreCase(name, "proto"u8))
                proto = value;
            else if (Ascii.EqualsIgnoreCase(name, "host"u8))
                host = value;
        }

        return new ForwardedElement { For = node, Proto = proto, Host = host };
    }

    private static bool TrySkipElement(ReadOnlySpan<byte> list, ref int position)
    {
        bool hasFor = false, hasProto = false, hasHost = false;
        while (position < list.Length && list[position] is not ((byte)',' or (byte)' ' or (byte)'\t'))
        {
            if (list[position] == ';')
            {
                position++;
                continue;
            }

            if (!TryTakePair(list, ref position, out ReadOnlySpan<byte> name, out _)
                || IsSecond(name, "for"u8, ref hasFor) || IsSecond(name, "proto"u8, ref hasProto)
                || IsSecond(name, "host"u8, ref hasHost))
                return false;
            if (position < list.Length && list[position] is not ((byte)';' or (byte)',' or (byte)' ' or (byte)'\t'))
                return false;
        }

        return true;
    }

    private static bool IsSecond(ReadOnlySpan<byte> name, ReadOnlySpan<byte> which, ref bool isSeen)
    {
        if (!Ascii.EqualsIgnoreCase(name, which))
            return false;

        bool wasSeen = isSeen;
        isSeen = true;
        return wasSeen;
    }

    /// <summary>
    /// Takes a pair. Of a quoted value the quotes are left out, backslashes stay: no address, scheme or host has one.
    /// </summary>
    private static bool TryTakePair(
        ReadOnlySpan<byte> list, scoped ref int position, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        name = TakeToken(list, ref position);
        if (name.IsEmpty || position == list.Length || list[position] != '=')
            return false;

        position++;
        if (position == list.Length || list[position] != '"')
        {
            value = TakeToken(list, ref position);
            return !value.IsEmpty;
        }

        int start = ++position;
        while (position < list.Length && list[position] != '"')
            position += list[position] == '\\' ? 2 : 1;
        if (position >= list.Length)
            return false;

        value = list[start..position++];
        return true;
    }

    private static ReadOnlySpan<byte> TakeToken(ReadOnlySpan<byte> list, scoped ref int position)
    {
        ReadOnlySpan<byte> rest = list[position..];
        int length = rest.IndexOfAnyExcept(Ascii.Token);
        ReadOnlySpan<byte> token = length < 0 ? rest : rest[..length];
        position += token.Length;
        return token;
    }
}
