using System.ComponentModel.DataAnnotations;

namespace Waymark.Wire.Routes;

/// <summary>Gathered types that validate themselves or refuse their values, for <c>RefusalTests</c>.</summary>
[Group("/refusals")]
internal static class RefusalRoutes
{
    [Get("/span")]
    internal static string Span(Between between, int page = 1) => $"{between.From}-{between.Until} {page}";

    [Post("/span")]
    internal static string SpanOfForm([Form] Between between) => $"{between.From}-{between.Until}";

    [Get("/nested")]
    internal static string Nested(Search search, Between between) =>
        $"{search.Text} {search.Size.Least} {between.From} {search.Made}";

    [Post("/with-body")]
    internal static string WithBody(Placed placed) => $"{placed.Order.Show()} {placed.Note}";

    [Get("/made")]
    internal static string Made(Picky picky) => $"{picky.A} {picky.B} {picky.C}";

    [Get("/parsed")]
    internal static string Parsed(Thrower a, Utf8Thrower? b, Thrower[] c) => $"{a} {b} {c.Length}";

    [Get("/empty")]
    internal static string Empty(
        int? number, Color? color, DateOnly? date, bool flag = true, int? seven = 7, string? text = "t") =>
        $"{Shown.Of(number)} {Shown.Of(color)} {Shown.Of(date)} {flag} {Shown.Of(seven)} [{text}]";

    [Post("/empty")]
    internal static string EmptyForm(
        [Form] int? number, [Form] Color? color, [Form] DateOnly? date, [Form] bool flag = true,
        [Form] int? seven = 7, [Form] string? text = "t", [Form] int[]? list = null) =>
        $"{Shown.Of(number)} {Shown.Of(color)} {Shown.Of(date)} {flag} {Shown.Of(seven)} [{text}] {Shown.Of(list)}";

    [Post("/several/:id"), BodyLimit(100)]
    internal static string Several(int id, [Query, Range(1, 9)] int page, [Body] Order order) =>
        $"{id} {page} {order.Show()}";

    [Post("/lone")]
    internal static string Lone(Note note) => note.Text;
}

/// <summary>A span of numbers that goes upwards.</summary>
[Bind]
internal sealed record Between([property: Range(0, 99)] int From, int Until = 99)
{
    internal static IEnumerable<ValidationError> Validate(Between between)
    {
        if (between.From == 66)
            throw new ArgumentException("secret");
        if (between.From > between.Until)
            yield return new ValidationError("/Until", "must be at least 'from'");
        if (between.From == 13)
            yield return new ValidationError("until", "Thirteen brings bad luck.");
        if (between.From == 77)
            yield return new ValidationError("/none", "must not have 77");
        if (between.From == between.Until)
            yield return new ValidationError("", "The span is empty.");
    }
}

/// <summary>Has one that validates itself inside; is not asked before that one is right.</summary>
[Bind]
internal sealed record Search(string Text, Sizes Size)
{
    [Header("X-Made")]
    public int? Made { get; init; }

    internal static ValidationError[] Validate(Search search) => search.Text == search.Size.Least.ToString()
        ?
        [
            new("/Size/Least", "must not be the text"), new("/Made/0", "must be later"),
            new("/Size", "The size is odd."),
        ]
        : [];
}

[Bind]
internal readonly record struct Sizes(int Least, int Most)
{
    internal static List<ValidationError> Validate(Sizes sizes) =>
        sizes.Least > sizes.Most ? [new("/Most", "must be at least 'least'")] : [];
}

[Bind]
internal sealed record Placed([Body] Order Order, [Query] string? Note)
{
    internal static IEnumerable<ValidationError> Validate(Placed placed) => placed.Note == placed.Order.Name
        ? [new("/Order/name", "must differ"), new("/Note", "must differ from the name")]
        : [];
}

/// <summary>Refuses what it gets, in its constructor and in a setter.</summary>
[Bind]
internal sealed class Picky
{
    private readonly int _c;

    public Picky(int a, [Query("bee")] int b = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        if (b == 1)
            throw new ArgumentException("secret", nameof(b));
        if (b == 2)
            throw new FormatException("secret");
        if (b == 3)
            throw new InvalidTimeZoneException("secret");
        (A, B) = (a, b);
    }

    public int A { get; }

    public int B { get; }

    public int C
    {
        get => _c;
        init => _c = value < 100 ? value : throw new OverflowException("secret");
    }
}

/// <summary>Throws where it should say false.</summary>
internal readonly record struct Thrower(string Text)
{
    public static bool TryParse(string text, out Thrower value)
    {
        value = new Thrower(text.Length < 5 ? text : throw new ArgumentOutOfRangeException(nameof(text), "secret"));
        return text != "bug" ? true : throw new InvalidTimeZoneException("secret");
    }
}

internal readonly record struct Utf8Thrower(int Value) : IUtf8SpanParsable<Utf8Thrower>
{
    public static Utf8Thrower Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) =>
        new(checked((byte)int.Parse(utf8Text, provider)));

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out Utf8Thrower result)
    {
        result = Parse(utf8Text, provider);
        return true;
    }
}

internal sealed record Note(string Text);

[System.Text.Json.Serialization.JsonSerializable(typeof(Note))]
internal sealed partial class NoteJson : System.Text.Json.Serialization.JsonSerializerContext;
