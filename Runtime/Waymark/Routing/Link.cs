using System.Text;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A link to a route: what <c>Routes.Links.Users.Find(id: 5)</c> returns.</summary>
/// <remarks>
/// It holds the values and becomes text when it is asked to: a path and a query, percent-encoded as RFC 3986 sections
/// 3.3 and 3.4 want them, so ASCII only. Formatting into a span allocates nothing; <see cref="ToString()"/> and the
/// conversion allocate the string. Values are formatted as the handlers' parameters parse them, whatever the culture.
/// A list that was handed over is read each time the link is formatted. Immutable and safe for use by any number of
/// threads otherwise.
/// <code>
/// string path = Routes.Links.Users.Find(id: 5);
/// string billed = Billing.Routes.Links.Invoices.Find("INV-7").Under("/billing");
/// </code>
/// </remarks>
/// <typeparam name="TPath">The values of one route; generated.</typeparam>
public readonly struct Link<TPath> : IUtf8SpanFormattable, ISpanFormattable, IEquatable<Link<TPath>>
    where TPath : struct, ILinkPath
{
    private readonly TPath _path;
    private readonly string? _prefix;

    /// <summary>Makes a link of its values.</summary>
    /// <param name="path">The values; generated code has checked them.</param>
    public Link(TPath path)
        : this(path, null)
    {
    }

    private Link(TPath path, string? prefix) => (_path, _prefix) = (path, prefix);

    /// <summary>The same link below a prefix: where the library that made it is mounted.</summary>
    /// <param name="prefix">
    /// A path such as <c>/billing</c>: it starts with a slash, does not end with one, and is percent-encoded already.
    /// It goes before a prefix that the link has.
    /// </param>
    /// <exception cref="ArgumentException">The prefix is no such path.</exception>
    public Link<TPath> Under(string prefix)
    {
        LinkCheck.Prefix(prefix, nameof(prefix));
        return new Link<TPath>(_path, prefix + _prefix);
    }

    /// <summary>The link as a string.</summary>
    /// <param name="link">The link.</param>
    public static implicit operator string(Link<TPath> link) => link.ToString();

    /// <summary>True where both are the same text.</summary>
    /// <param name="left">One link.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(Link<TPath> left, Link<TPath> right) => left.Equals(right);

    /// <summary>True where they are different texts.</summary>
    /// <param name="left">One link.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(Link<TPath> left, Link<TPath> right) => !left.Equals(right);

    /// <summary>Formats the link as UTF-8, which is ASCII here.</summary>
    /// <param name="utf8Destination">Takes the link.</param>
    /// <param name="bytesWritten">How many bytes were written; 0 where there was not room enough.</param>
    /// <param name="format">Of no account.</param>
    /// <param name="provider">Of no account.</param>
    /// <returns>False where there was not room enough.</returns>
    public bool TryFormat(
        Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null)
    {
        var writer = LinkWriter.Into(utf8Destination);
        Write(ref writer);
        bytesWritten = writer.IsCutOff ? 0 : writer.Written.Length;
        return !writer.IsCutOff;
    }

    /// <summary>Formats the link as characters.</summary>
    /// <param name="destination">Takes the link.</param>
    /// <param name="charsWritten">How many characters were written; 0 where there was not room enough.</param>
    /// <param name="format">Of no account.</param>
    /// <param name="provider">Of no account.</param>
    /// <returns>False where there was not room enough.</returns>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null)
    {
        var writer = new LinkWriter(stackalloc byte[LinkWriter.StackBytes]);
        Write(ref writer);
        bool fits = Encoding.ASCII.TryGetChars(writer.Written, destination, out charsWritten);
        writer.Dispose();
        return fits;
    }

    /// <summary>The link as a string.</summary>
    public override string ToString()
    {
        var writer = new LinkWriter(stackalloc byte[LinkWriter.StackBytes]);
        Write(ref writer);
        string text = Encoding.ASCII.GetString(writer.Written);
        writer.Dispose();
        return text;
    }

    /// <summary>The link as a string.</summary>
    /// <param name="format">Of no account.</param>
    /// <param name="formatProvider">Of no account.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>True where both are the same text.</summary>
    /// <param name="other">Another link to the same route.</param>
    public bool Equals(Link<TPath> other)
    {
        var left = new LinkWriter(stackalloc byte[LinkWriter.StackBytes]);
        var right = new LinkWriter(stackalloc byte[LinkWriter.StackBytes]);
        Write(ref left);
        other.Write(ref right);
        bool isEqual = left.Written.SequenceEqual(right.Written);
        left.Dispose();
        right.Dispose();
        return isEqual;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Link<TPath> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var writer = new LinkWriter(stackalloc byte[LinkWriter.StackBytes]);
        Write(ref writer);
        var hash = new HashCode();
        hash.AddBytes(writer.Written);
        writer.Dispose();
        return hash.ToHashCode();
    }

    private void Write(ref LinkWriter writer)
    {
        if (_prefix is not null)
            writer.Prefix(_prefix);
        _path.Write(ref writer);
    }
}
