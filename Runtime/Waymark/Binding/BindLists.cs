using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.CompilerServices;

/// <content>Values that may come several times.</content>
public static partial class Bind
{
    /// <summary>Every value of a key in the query, in their order; empty where there is none.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="key">The key.</param>
    /// <param name="name">The key as text.</param>
    /// <param name="errors">Takes what is wrong: one error for each bad value.</param>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static T[] QueryList<T, TParser>(
        Exchange exchange, ReadOnlySpan<byte> key, string name, ref BindErrors errors)
        where TParser : struct, IValueParser<T>
    {
        var items = new ItemList<T>();
        var value = new RequestValue(default, true, ValueEncoding.Form, "query", name);
        foreach (QueryPair pair in exchange.Request.Query)
        {
            if (pair.HasKey(key))
                Add<T, TParser>(ref items, value.With(pair.RawValue), ref errors);
        }

        return items.ToArray();
    }

    /// <summary>
    /// Every member of the comma-separated lists in the field lines with a name (RFC 9110 section 5.6.1), in their
    /// order; empty members are skipped. Commas inside quoted strings do not count.
    /// </summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="field">The field name.</param>
    /// <param name="name">The field name as text.</param>
    /// <param name="errors">Takes what is wrong: one error for each bad value.</param>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <typeparam name="TParser">What parses it.</typeparam>
    public static T[] HeaderList<T, TParser>(
        Exchange exchange, ReadOnlySpan<byte> field, string name, ref BindErrors errors)
        where TParser : struct, IValueParser<T>
    {
        var items = new ItemList<T>();
        var value = new RequestValue(default, true, ValueEncoding.None, "header", name);
        foreach (HeaderLine line in exchange.Request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, field))
                continue;
            ReadOnlySpan<byte> rest = line.Value;
            while (!rest.IsEmpty)
            {
                int end = EndOfMember(rest);
                ReadOnlySpan<byte> member = Ascii.Trim(rest[..end]);
                if (!member.IsEmpty)
                    Add<T, TParser>(ref items, value.With(member), ref errors);
                rest = end < rest.Length ? rest[(end + 1)..] : default;
            }
        }

        return items.ToArray();
    }

    private static void Add<T, TParser>(ref ItemList<T> items, RequestValue value, ref BindErrors errors)
        where TParser : struct, IValueParser<T>
    {
        if (value.TryParse<T, TParser>(out T item))
            items.Add(item);
        else
            value.Refuse(TParser.Expected, ref errors);
    }

    private static int EndOfMember(ReadOnlySpan<byte> list)
    {
        bool isQuoted = false;
        for (int index = 0; index < list.Length; index++)
        {
            if (list[index] == '"')
                isQuoted = !isQuoted;
            else if (list[index] == '\\' && isQuoted)
                index++;
            else if (list[index] == ',' && !isQuoted)
                return index;
        }

        return list.Length;
    }

    /// <summary>An array that grows; none at all where nothing came.</summary>
    private struct ItemList<T>
    {
        private T[]? _items;
        private int _count;

        public void Add(T item)
        {
            _items ??= new T[4];
            if (_count == _items.Length)
                Array.Resize(ref _items, _count * 2);
            _items[_count++] = item;
        }

        public readonly T[] ToArray() => _count == 0 ? [] : _items.AsSpan(0, _count).ToArray();
    }
}
