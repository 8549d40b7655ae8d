using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Benchmarks.PartRoutes;

/// <summary>Handlers that do nothing but take what was bound: what they differ by is the binding.</summary>
public static class PartHandlers
{
    /// <summary>The generated table.</summary>
    public static RouteTable Table => Routes.Table;

    [Get("/nothing")]
    internal static ReadOnlySpan<byte> Nothing() => "ok\n"u8;

    [Get("/path/:id")]
    internal static ReadOnlySpan<byte> FromPath(int id) => id == 42 ? "ok\n"u8 : default;

    [Get("/query")]
    internal static ReadOnlySpan<byte> FromQuery(int page, int size) => page + size == 42 ? "ok\n"u8 : default;

    [Post("/bytes")]
    internal static ReadOnlySpan<byte> FromBytes([Body] ReadOnlyMemory<byte> body) =>
        body.Length > 0 ? "ok\n"u8 : default;

    [Post("/json")]
    internal static ReadOnlySpan<byte> FromJson(Order body) => body.Count == 42 ? "ok\n"u8 : default;

    [Get("/answer")]
    internal static Order Answer() => Order.Sample;
}

/// <summary>A small object of JSON.</summary>
/// <param name="Item">What.</param>
/// <param name="Count">How many.</param>
/// <param name="IsGift">Whether it is wrapped.</param>
public sealed record Order(string Item, int Count, bool IsGift)
{
    internal static readonly Order Sample = new("lamp", 42, true);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
internal sealed partial class PartJson : JsonSerializerContext;
