using System.Text;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Middleware;

/// <summary>Content types by name: a whole one, or with a <c>*</c> in the place of a part of its subtype.</summary>
internal sealed class ContentTypeSet
{
    private readonly List<(byte[] Start, byte[] End, bool IsWhole)> _entries = [];

    /// <summary>Reads a list.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="option">The name of the option, for the sentences.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public ContentTypeSet(IReadOnlyList<string>? entries, string option, List<string> problems)
    {
        if (entries is null or { Count: 0 })
            problems.Add($"{option} is empty; name the types, for example text/*.");
        foreach (string entry in entries ?? [])
        {
            if (!TryAdd(entry))
                problems.Add($"{option} holds '{entry}'; an entry is text/html, text/* or application/*+json.");
        }
    }

    /// <summary>True where a Content-Type is of one of them.</summary>
    /// <param name="contentType">The value of the field; parameters do not count.</param>
    public bool Contains(ReadOnlySpan<byte> contentType)
    {
        ReadOnlySpan<byte> type = Ascii.TakeElement(ref contentType, (byte)';');
        foreach ((byte[] start, byte[] end, bool isWhole) in _entries)
        {
            if (isWhole ? type.Length == start.Length : type.Length > start.Length + end.Length)
            {
                if (Ascii.EqualsIgnoreCase(type[..start.Length], start)
                    && Ascii.EqualsIgnoreCase(type[(type.Length - end.Length)..], end))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool TryAdd(string? entry)
    {
        int slash = entry?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash <= 0 || slash == entry!.Length - 1 || !System.Text.Ascii.IsValid(entry))
            return false;
        byte[] bytes = Encoding.ASCII.GetBytes(entry);
        if (bytes.AsSpan(0, slash).ContainsAnyExcept(Ascii.Token)
            || bytes.AsSpan(slash + 1).ContainsAnyExcept(Ascii.Token))
        {
            return false;
        }

        // A star is a token's character: it stands for something behind the slash, and once.
        int star = entry.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0 && (star < slash || entry.LastIndexOf('*') != star))
            return false;
        _entries.Add(star < 0 ? (bytes, [], true) : (bytes[..star], bytes[(star + 1)..], false));
        return true;
    }
}
