using System.Buffers.Text;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waymark.Http;

namespace Waymark;

/// <summary>The members that a program adds to a problem document (RFC 9457 section 3.2), in their order.</summary>
/// <remarks>
/// A value is turned into JSON when it is added, so that writing the answer cannot fail. Enumerated as pairs of a name
/// and its value's JSON. Not safe for use by several threads at once.
/// </remarks>
[SuppressMessage("Naming", "CA1710", Justification = "RFC 9457 section 3.2 calls them extensions.")]
public sealed class ProblemExtensions : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly List<(string Name, byte[] Json)> _members = [];

    internal ProblemExtensions()
    {
    }

    /// <summary>How many members there are.</summary>
    public int Count => _members.Count;

    /// <summary>Adds a text, or null.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The name is empty, taken, or one that RFC 9457 defines.</exception>
    public void Add(string name, string? value) => AddJson(
        name, value is null ? "null"u8.ToArray() : [.. "\""u8, .. Encode(value), .. "\""u8]);

    /// <summary>Adds a whole number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The name is empty, taken, or one that RFC 9457 defines.</exception>
    public void Add(string name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out int length);
        AddJson(name, digits[..length].ToArray());
    }

    /// <summary>Adds a number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, taken, or one that RFC 9457 defines; or the value is infinite or not a number.
    /// </exception>
    public void Add(string name, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"JSON has no number for {value}; add a text instead.", nameof(value));
        AddJson(name, Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)));
    }

    /// <summary>Adds a decimal number.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The name is empty, taken, or one that RFC 9457 defines.</exception>
    public void Add(string name, decimal value) =>
        AddJson(name, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Adds true or false.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The name is empty, taken, or one that RFC 9457 defines.</exception>
    public void Add(string name, bool value) => AddJson(name, value ? "true"u8.ToArray() : "false"u8.ToArray());

    /// <summary>Adds a value of any type that a JsonSerializerContext knows.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="type">How the type is written, as in <c>ShopJson.Default.Item</c>.</param>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="ArgumentException">The name is empty, taken, or one that RFC 9457 defines.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    public void Add<T>(string name, T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        AddJson(name, JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        foreach ((string name, byte[] json) in _members)
            yield return KeyValuePair.Create(name, Encoding.UTF8.GetString(json));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Write(Response response)
    {
        foreach ((string name, byte[] json) in _members)
        {
            response.Write(","u8);
            ProblemWriter.WriteString(response, name);
            response.Write(":"u8);
            response.Write(json);
        }
    }

    private static ReadOnlySpan<byte> Encode(string text) => JsonEncodedText.Encode(
        Encoding.UTF8.GetBytes(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;

    private void AddJson(string name, byte[] json)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name is "type" or "title" or "status" or "detail" or "instance" or "errors")
        {
            throw new ArgumentException(
                $"'{name}' is a member of every problem document: set the property of that name.", nameof(name));
        }

        foreach ((string other, _) in _members)
        {
            if (other == name)
                throw new ArgumentException($"The member '{name}' stands there already.", nameof(name));
        }

        _members.Add((name, json));
    }
}
