using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Generator.Tests.Matching;

/// <summary>The twin's constraints: what a decoded capture has to be.</summary>
internal static class Constraints
{
    /// <summary>The user's own, by name; <c>RouteSets.Source</c> declares the same in C#.</summary>
    public static readonly Dictionary<string, Func<byte[], bool>> Users = new()
    {
        ["sku"] = value => value.Length % 2 == 0 && value[0] != (byte)'-',
    };

    /// <summary>Values that tell every two rules of the tests apart.</summary>
    public static readonly string[] Sample =
    [
        "0", "1", "3", "5", "7", "9", "10", "42", "99", "100", "123", "-1", "-0", "-3", "-99", "007", "-", "2147483647",
        "2147483648", "-2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "0000000000000000000000000000000000000001", "0123456789abcdef0123456789ABCDEF",
        "01234567-89ab-cdef-0123-456789ABCDEF", "true", "TRUE", "false", "fAlse", "a", "b", "c", "f", "g", "x", "Z",
        "ab", "abc", "abcd", "ababababababc", "a1",
        "xyzxyzxyzxyz", "1a", "xyz", "XYZ", "users", "a-b", "a--b", "a-", "A-B", "a.b", "\u00e9",
        "caf\u00e9", "\U0001f600", "a/b", "%",
    ];

    private static readonly ConcurrentDictionary<string, HashSet<string>> Known = new();

    /// <summary>Which values of the sample a rule takes; nothing is known of a user's own.</summary>
    public static HashSet<string> Accepted(string rules) => Known.GetOrAdd(
        rules, _ => Users.ContainsKey(rules) ? [rules + "()"] : [.. Sample.Where(value => Hold(rules, value))]);

    public static bool IsSubset(string rules, string other) => Accepted(rules).IsSubsetOf(Accepted(other));

    public static bool Hold(string rules, string value) =>
        rules.Length == 0 || Regex.Split(rules, ",(?![^(]*\\))").All(rule => Holds(rule, value));

    private static bool Holds(string rule, string value)
    {
        string[] parts = rule.TrimEnd(')').Split('(', 2);
        long[] numbers = parts[0] is "len" or "min" or "max" or "range"
            ? [.. parts[1].Split(',').Select(text => long.Parse(text, CultureInfo.InvariantCulture))] : [];
        return parts[0] switch
        {
            "int" => IsWithin(value, int.MinValue, int.MaxValue),
            "long" => IsWithin(value, long.MinValue, long.MaxValue),
            "guid" => Is(value, "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32}"),
            "bool" => Is(value, "[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"),
            "alpha" => Is(value, "[A-Za-z]+"),
            "alnum" => Is(value, "[A-Za-z0-9]+"),
            "hex" => Is(value, "[0-9A-Fa-f]+"),
            "slug" => Is(value, "[a-z0-9]+(-[a-z0-9]+)*"),
            "len" => value.EnumerateRunes().Count() is var count && count >= numbers[0] && count <= numbers[^1],
            "min" => IsWithin(value, numbers[0], long.MaxValue),
            "max" => IsWithin(value, long.MinValue, numbers[0]),
            "range" => IsWithin(value, numbers[0], numbers[1]),
            "in" => parts[1].Split('|').Contains(value),
            "re" => Is(value, rule[3..^1]),
            _ => Users[parts[0]](Encoding.UTF8.GetBytes(value)),
        };
    }

    private static bool Is(string value, string expression) => Regex.IsMatch(value, $"\\A(?:{expression})\\z");

    private static bool IsWithin(string value, long min, long max) => Is(value, "-?[0-9]+")
        && BigInteger.Parse(value, CultureInfo.InvariantCulture) is var number && number >= min && number <= max;
}
