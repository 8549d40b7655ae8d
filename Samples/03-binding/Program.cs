using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer() => new(Routes.Table);
}

internal static class Search
{
    // What the template does not name comes from the query. A default makes it optional, and so does a nullable type.
    [Get("/search")]
    internal static string Find(string q, int page = 1, Order order = Order.Relevance, string[]? tag = null) =>
        $"{q}: page {page} by {order}, tags: {string.Join(' ', tag ?? [])}\n";

    // Attributes name another source, or another name.
    [Get("/me")]
    internal static string Me(
        [Header("Accept-Language")] string? language, [Cookie] Guid? session, [Query("tz")] string zone = "UTC") =>
        $"{language ?? "any language"}, {zone}, {session?.ToString() ?? "no session"}\n";

    // A type that gathers parameters.
    [Get("/map")]
    internal static string Map(Area area) => $"{area.Width * area.Height} square degrees\n";

    // A type of your own that knows how to read itself.
    [Get("/colors/:color")]
    internal static string Show(Color color) => $"red {color.Red}, green {color.Green}, blue {color.Blue}\n";

    // The path's own octets, not copied.
    [Get("/count/:text")]
    internal static string Count(ReadOnlySpan<byte> text) => $"{text.Length} octets\n";

    [Post("/upload")]
    internal static string Upload([Form] string title, [File] FormFile picture) =>
        $"{title}: {picture.SafeFileName}, {picture.ContentType}\n";
}

internal enum Order { Relevance, Date }

[Bind]
internal sealed record Area(double West, double South, double East, double North)
{
    public double Width => East - West;

    public double Height => North - South;
}

internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    public static bool TryParse(string text, out Color color)
    {
        bool isHex = uint.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, null, out uint value);
        color = new Color((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return isHex && text.Length == 6;
    }
}
