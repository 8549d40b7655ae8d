namespace Waymark.Wire.Routes;

/// <summary>Handlers that allocate nothing themselves, for <c>BindingAllocationTests</c>.</summary>
internal static class PlainRoutes
{
    private static readonly byte[] Yes = "yes"u8.ToArray();
    private static readonly byte[] No = "no"u8.ToArray();

    [Get("/plain/numbers/:a/:b")]
    internal static byte[] Numbers(int a, decimal b, long c, double? d, ushort e = 5) =>
        Answer(a == 1 && b == 2 && c == 3 && d is 4 or null && e == 5);

    [Get("/plain/values/:id/:day")]
    internal static byte[] Values(Guid id, DayOfWeek day, DateOnly date, DateTime moment, TimeSpan time, bool on) =>
        Answer(id != default && day == DayOfWeek.Friday && date.Year == 2026 && moment.Year == 2026
            && time.Hours == 1 && on);

    [Get("/plain/own/:a")]
    internal static byte[] Own(Utf8Id a, TryUtf8 b, char c) => Answer(a.Number == 1 && b.Number == 2 && c == 'c');

    [Get("/plain/utf8/:v")]
    internal static byte[] Utf8(ReadOnlySpan<byte> v) => Answer(v.SequenceEqual("a/ü"u8) || v.SequenceEqual("ab"u8));

    [Get("/plain/utf16/:v")]
    internal static byte[] Utf16(ReadOnlySpan<char> v, ReadOnlySpan<char> q) =>
        Answer(v is "a/ü" or "ab" && q is "x y" or "x");

    [Get("/plain/fields")]
    internal static byte[] Fields([Header] int a, [Header("X-B")] Guid? b, [Cookie] long c, [Cookie] Color d) =>
        Answer(a == 1 && b is null && c == 2 && d == Color.Red);

    [Get("/plain/gathered/:first")]
    internal static byte[] Gathered([Bind] Span span) => Answer(span is { First: 1, Last: 9 });

    [Get("/plain/text/:v")]
    internal static byte[] Text(string v) => Answer(v.Length == 3);

    private static byte[] Answer(bool isRight) => isRight ? Yes : No;
}

internal readonly record struct Span(int First, int Last = 9);
