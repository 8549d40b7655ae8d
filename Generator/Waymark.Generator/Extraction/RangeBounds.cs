using System.Globalization;

namespace Waymark.Generator.Extraction;

/// <summary>The bounds of a range: what they are compared in, how C# writes them, whether they are in order.</summary>
internal static class RangeBounds
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>
    /// The type that a value and its bounds are compared in: wide enough for both, so that nothing is rounded. Null
    /// where the type has no order or a bound is not of it.
    /// </summary>
    /// <param name="type">The type of the value, qualified.</param>
    /// <param name="low">The lower bound as invariant text.</param>
    /// <param name="high">The upper bound as invariant text.</param>
    public static string? DomainOf(string type, string low, string high)
    {
        string[] candidates = type switch
        {
            "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" => ["long", "decimal", "double"],
            "ulong" or "decimal" => ["decimal", "double"],
            "float" or "double" or "global::System.Half" => ["double"],
            "global::System.DateTime" or "global::System.DateTimeOffset" or "global::System.DateOnly"
                or "global::System.TimeOnly" or "global::System.TimeSpan" => [type],
            _ => [],
        };
        string? domain = Array.Find(
            candidates, candidate => Order(candidate, low) is not null && Order(candidate, high) is not null);
        // A decimal is never turned into a double, which would round it: such a bound is out of its reach anyway.
        return domain == "double" && type is "decimal" ? null : domain;
    }

    /// <summary>The bound as C# source.</summary>
    public static string Literal(string domain, string text)
    {
        IComparable bound = Order(domain, text)!;
        return (domain, bound) switch
        {
            ("long", long number) => number.ToString(Culture) + "L",
            ("decimal", decimal number) => number.ToString(Culture) + "m",
            ("double", double number) => double.IsInfinity(number)
                ? "global::System.Double." + (number > 0 ? "PositiveInfinity" : "NegativeInfinity")
                : number.ToString("R", Culture) + "d",
            ("global::System.DateOnly", long ticks) => "global::System.DateOnly.FromDayNumber("
                + (ticks / TimeSpan.TicksPerDay).ToString(Culture) + ")",
            ("global::System.DateTimeOffset", long ticks) => $"new {domain}({ticks.ToString(Culture)}L, default)",
            _ => $"new {domain}({((long)bound).ToString(Culture)}L)",
        };
    }

    /// <summary>Negative, 0 or positive as the lower bound is below, at or above the upper one.</summary>
    public static int Compare(string domain, string low, string high) =>
        Order(domain, low)!.CompareTo(Order(domain, high));

    /// <summary>What two bounds are compared by: a number, or ticks.</summary>
    private static IComparable? Order(string domain, string text)
    {
        switch (domain)
        {
            case "long":
                return long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out long whole) ? whole : null;
            case "decimal":
                return decimal.TryParse(text, NumberStyles.Float, Culture, out decimal exact) ? exact : null;
            case "double":
                bool isNumber = double.TryParse(text, NumberStyles.Float, Culture, out double number);
                return isNumber && !double.IsNaN(number) ? number : null;
            case "global::System.DateTime":
                return DateTime.TryParse(text, Culture, DateTimeStyles.RoundtripKind, out DateTime time)
                    ? time.Ticks
                    : null;
            case "global::System.DateTimeOffset":
                return DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset offset)
                    ? offset.UtcTicks
                    : null;
            case "global::System.DateOnly":
                return DateTime.TryParse(text, Culture, DateTimeStyles.None, out DateTime day)
                    && day.TimeOfDay == TimeSpan.Zero ? day.Ticks : null;
            default:
                return TimeSpan.TryParse(text, Culture, out TimeSpan span)
                    && (domain != "global::System.TimeOnly" || (span >= TimeSpan.Zero && span < TimeSpan.FromDays(1)))
                    ? span.Ticks
                    : null;
        }
    }
}
