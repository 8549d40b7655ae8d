using System.Collections.Immutable;
using System.Text;

namespace Waymark.Wire.Routes;

/// <summary>Lists, spans, defaults, gathered records and services, for <c>BindingTableTests</c>.</summary>
internal static class BindingRoutes
{
    [Get("/list/array")] internal static string Array(int[] v) => Shown.Of(v);
    [Get("/list/list")] internal static string List(List<string> v) => Shown.Of(v);
    [Get("/list/set")] internal static string Set(HashSet<Guid> v) => Shown.Of(v);
    [Get("/list/immutable")] internal static string Immutable(ImmutableArray<DateOnly> v) => Shown.Of(v);
    [Get("/list/readonly")] internal static string ReadOnly(IReadOnlyList<DayOfWeek> v) => Shown.Of(v);
    [Get("/list/own")] internal static string Own(IEnumerable<TextId> v) => Shown.Of(v);
    [Get("/list/maybe")] internal static string Maybe(long[]? v, List<string>? w = null) => Shown.Of(v) + Shown.Of(w);
    [Get("/list/header")] internal static string Headers([Header("X-List")] List<int> v) => Shown.Of(v);
    [Get("/list/names")] internal static string Names([Header("Accept")] ImmutableArray<string> v) => Shown.Of(v);

    [Get("/octets/path/:v")]
    internal static string Utf8Path(ReadOnlySpan<byte> v) => Encoding.UTF8.GetString(v);

    [Get("/octets/query")]
    internal static string Utf8Query(ReadOnlySpan<byte> v, [Query("w")] ReadOnlySpan<byte> other = default) =>
        $"{Encoding.UTF8.GetString(v)}|{Encoding.UTF8.GetString(other)}";

    [Get("/characters/path/:v")]
    internal static string Utf16Path(ReadOnlySpan<char> v) => new(v);

    [Get("/characters/query")]
    internal static string Utf16Query(ReadOnlySpan<char> v, [Query("w")] ReadOnlySpan<char> other = default) =>
        $"{v}|{other}";

    [Get("/characters/header")]
    internal static string Utf16Header([Header] ReadOnlySpan<char> v, [Cookie("c")] ReadOnlySpan<byte> cookie) =>
        $"{v}|{Encoding.UTF8.GetString(cookie)}";

    [Get("/characters/task/:v")]
    internal static Task<string> Utf16Task(ReadOnlySpan<char> v) => Task.FromResult(v.ToString());

    [Get("/defaults")]
    internal static string Defaults(
        int i = -1, long l = long.MinValue, ulong u = ulong.MaxValue, byte b = 255, char c = '\'', bool t = true,
        float f = float.NaN, double d = 1.5e300, decimal m = -0.10m, string s = "a\"\\b\n\u2028",
        Color e = Color.Green, Access? a = Access.All, Guid g = default, DateTime w = default, Half h = default,
        string? n = null, double x = double.NegativeInfinity) => string.Join(
            ';', new object?[] { i, l, u, b, c, t, f, d, m, s, e, a, g, w, h, n, x }.Select(Shown.Of));

    [Get("/gather/:id")]
    internal static string Gather(Filter filter, int depth = 3) => $"{Shown.Of(filter)} {depth}";

    [Get("/gather")]
    internal static string Query([Query] Page<Color> page) => Shown.Of(page);

    [Get("/spelled")]
    internal static string Spelled([Bind] Spelled spelled) => spelled.Show();

    [Get("/service")]
    internal static string Service([Service] IFormatProvider? provider, IServiceProvider services) =>
        $"{provider is null} {services.GetService(typeof(string)) is null}";

    [Get("/several")]
    internal static string Several(int a, [Header] DateOnly b, [Cookie] Color c, bool[] d) => $"{a} {b} {c} {d}";

    [Get("/keyword/:class")]
    internal static string Keyword(int @class, string @event, [Header("X-New")] Color @new, int errors, int exchange) =>
        $"{@class} {@event} {@new} {errors} {exchange}";
}

/// <summary>From four places, nested.</summary>
[Bind]
internal sealed record Filter(int Id, Page<DayOfWeek> Page, [Header] string? UserAgent = null)
{
    public required Sort Sort { get; init; }

    [Cookie("__Host-id")]
    public Guid? Session { get; init; }
}

[Bind]
internal readonly record struct Page<T>(T First, int Size = 20, params T[] Rest)
    where T : struct
{
    public override string ToString() => $"{First} {Size} {Rest.Length}";
}

[Bind]
internal sealed class Sort
{
    [Query("sort")]
    public string Key { get; set; } = "name";

    public bool Descending { get; init; }

    public override string ToString() => $"{Key} {Descending}";
}

/// <summary>Properties that start with something.</summary>
internal class Initials
{
    public int Number { get; set; } = -7;

    public double Rate { get; set; } = 1;

    public char Mark { get; set; } = '\\';

    public string Raw { get; set; } = """
        two "quoted"
        lines
        """;

    public Color @case { get; set; } = Color.@class;

    public Color? Maybe { get; set; } = Color.Green;

    public string Empty { get; init; } = string.Empty;

    public string Needed { get; set; } = null!;

    public List<int> Ids { get; set; } = [];

    public string[]? Names { get; set; }
}

internal sealed class Spelled : Initials
{
    public long Last { get; internal set; } = -9223372036854775808;

    internal string Show() => string.Join(
        ';',
        new object?[] { Number, Rate, Mark, Raw, @case, Maybe, Empty, Needed, Ids, Names, Last }.Select(Shown.Of));
}
