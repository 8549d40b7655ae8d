using System.Buffers;
using System.Buffers.Text;
using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Waymark.CompilerServices;

/// <summary>The checks of validation attributes that are more than a comparison.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. Each answers as the attribute of
/// <c>System.ComponentModel.DataAnnotations</c> does for a value that is not null; a test compares the two. Nothing
/// here allocates but for a phone number with a plus and a collection that is neither array nor list.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Rules
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary><c>[Required]</c>: anything but white space.</summary>
    /// <param name="value">The text.</param>
    public static bool IsGiven(string value) => !string.IsNullOrWhiteSpace(value);

    /// <summary><c>[Range]</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <param name="isLowExclusive">True where the lower bound itself is refused.</param>
    /// <param name="isHighExclusive">True where the upper bound itself is refused.</param>
    /// <typeparam name="T">What the bounds are written in.</typeparam>
    public static bool IsInRange<T>(
        T value, T low, T high, bool isLowExclusive = false, bool isHighExclusive = false)
        where T : IComparable<T>
    {
        // As the attribute compares: NaN is below every number.
        int below = low.CompareTo(value);
        int above = value.CompareTo(high);
        return (isLowExclusive ? below < 0 : below <= 0) && (isHighExclusive ? above < 0 : above <= 0);
    }

    /// <summary><c>[EmailAddress]</c>: one <c>@</c>, neither first nor last, in one line.</summary>
    /// <param name="value">The text.</param>
    public static bool IsEmail(string value)
    {
        int at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at != value.Length - 1 && at == value.LastIndexOf('@')
            && !value.AsSpan().ContainsAny(LineEnds);
    }

    /// <summary><c>[Url]</c>: begins with <c>http://</c>, <c>https://</c> or <c>ftp://</c>.</summary>
    /// <param name="value">The text.</param>
    public static bool IsUrl(string value) =>
        value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || value.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>[Phone]</c>: digits, white space and <c>+-.()</c>, perhaps with an extension.</summary>
    /// <param name="value">The text.</param>
    public static bool IsPhone(string value)
    {
        ReadOnlySpan<char> number =
            WithoutExtension(value.Replace("+", "", StringComparison.Ordinal).AsSpan().TrimEnd());
        bool hasDigit = false;
        foreach (char character in number)
        {
            hasDigit |= char.IsDigit(character);
            bool isKnown = char.IsDigit(character) || char.IsWhiteSpace(character)
                || character is '-' or '.' or '(' or ')';
            if (!isKnown)
                return false;
        }

        return hasDigit;
    }

    /// <summary><c>[CreditCard]</c>: digits whose Luhn sum is right, with spaces and hyphens among them.</summary>
    /// <param name="value">The text.</param>
    public static bool IsCreditCard(string value)
    {
        int sum = 0;
        bool isDoubled = false;
        for (int index = value.Length - 1; index >= 0; index--)
        {
            char character = value[index];
            if (character is '-' or ' ')
                continue;
            if (!char.IsAsciiDigit(character))
                return false;
            int digit = (character - '0') * (isDoubled ? 2 : 1);
            sum += (digit / 10) + (digit % 10);
            isDoubled = !isDoubled;
        }

        return sum % 10 == 0;
    }

    /// <summary><c>[Base64String]</c>.</summary>
    /// <param name="value">The text.</param>
    public static bool IsBase64(string value) => Base64.IsValid(value.AsSpan());

    /// <summary>
    /// <c>[RegularExpression]</c>: the first match is the whole text, or the text is empty. A match that takes longer
    /// than the expression's limit is none.
    /// </summary>
    /// <param name="pattern">The expression.</param>
    /// <param name="value">The text.</param>
    public static bool IsMatch(Regex pattern, string value)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (value.Length == 0)
            return true;
        try
        {
            foreach (ValueMatch match in pattern.EnumerateMatches(value))
                return match.Index == 0 && match.Length == value.Length;
            return false;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>How many items a collection has.</summary>
    /// <param name="value">The collection.</param>
    /// <typeparam name="T">The type of its items.</typeparam>
    public static int CountOf<T>(IEnumerable<T> value) => value.Count();

    /// <summary>How many items a collection has.</summary>
    /// <param name="value">The collection.</param>
    public static int CountOf(IEnumerable value)
    {
        if (value is ICollection collection)
            return collection.Count;
        int count = 0;
        foreach (object? _ in value)
            count++;
        return count;
    }

    /// <summary>The items of a collection; a copy where it is neither an array nor a list.</summary>
    /// <param name="value">The collection.</param>
    /// <typeparam name="T">The type of its items.</typeparam>
    public static ReadOnlySpan<T> ItemsOf<T>(IEnumerable<T> value) => value switch
    {
        T[] array => array,
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => value.ToArray(),
    };

    /// <summary>The key of a dictionary as its JSON names it, as far as that is known.</summary>
    /// <param name="key">The key.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public static string KeyOf<T>(T key) => key is IFormattable formattable
        ? formattable.ToString(null, CultureInfo.InvariantCulture)
        : key?.ToString() ?? "";

    private static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<string> marks = ["ext.", "ext", "x"];
        foreach (string mark in marks)
        {
            int start = number.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (start >= 0 && IsExtension(number[(start + mark.Length)..]))
                return number[..start];
        }

        return number;
    }

    private static bool IsExtension(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        foreach (char character in text)
        {
            if (!char.IsDigit(character))
                return false;
        }

        return !text.IsEmpty;
    }
}
