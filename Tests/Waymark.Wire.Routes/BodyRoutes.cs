using System.Buffers;
using System.ComponentModel.DataAnnotations;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Serialization;

namespace Waymark.Wire.Routes;

/// <summary>Bodies as every type that a handler may take, for <c>BodyRouteTests</c>.</summary>
[Group("/bodies")]
internal static class BodyRoutes
{
    [Post("/text")]
    internal static string Text([Body] string body) => $"[{body}]";

    [Post("/bytes")]
    internal static string Bytes([Body] byte[] body) => $"[{Encoding.UTF8.GetString(body)}]";

    [Post("/memory")]
    internal static string Memory([Body] ReadOnlyMemory<byte> body) => $"[{Encoding.UTF8.GetString(body.Span)}]";

    [Post("/echo")]
    internal static ReadOnlyMemory<byte> Echo([Body] ReadOnlyMemory<byte> body) => body;

    [Post("/sequence")]
    internal static string Sequence(ReadOnlySequence<byte> body) => $"[{Encoding.UTF8.GetString(body)}]";

    [Post("/stream")]
    internal static async Task<string> Stream(Stream body)
    {
        using var reader = new StreamReader(body);
        return $"[{await reader.ReadToEndAsync()}]";
    }

    [Post("/pipe")]
    internal static async Task<string> Pipe(PipeReader body)
    {
        ReadResult all;
        while (!(all = await body.ReadAsync()).IsCompleted)
            body.AdvanceTo(all.Buffer.Start, all.Buffer.End);
        string text = Encoding.UTF8.GetString(all.Buffer);
        await body.CompleteAsync();
        return $"[{text}]";
    }

    [Post("/parts")]
    internal static async Task<string> Parts(MultipartReader body)
    {
        var shown = new StringBuilder();
        while (await body.ReadNextAsync() is { } part)
        {
            using var reader = new StreamReader(part.AsStream());
            shown.Append($"[{part.Name}={await reader.ReadToEndAsync()}]");
        }

        return shown.ToString();
    }

    [Post("/json")]
    internal static string Json([Body] Order body) => body.Show();

    [Post("/json-maybe")]
    internal static string JsonMaybe([Body] Order? body) => body?.Show() ?? "null";

    [Post("/json-map")]
    internal static string JsonMap([Body] Dictionary<string, int> body) => Shown.Of(body.Count);

    [Post("/small"), BodyLimit(40)]
    internal static string Small([Body] string body) => $"{body.Length}";

    [Post("/small-json"), BodyLimit(40)]
    internal static string SmallJson([Body] Order body) => body.Show();

    [Post("/large"), BodyLimit(1000)]
    internal static string Large([Body] byte[] body) => $"{body.Length}";

    [Post("/large-stream"), BodyLimit(1000)]
    internal static async Task<string> LargeStream(Stream body)
    {
        using var content = new MemoryStream();
        await body.CopyToAsync(content);
        return $"{content.Length}";
    }

    [Post("/rules/:id")]
    internal static string Rules(
        [Range(1, 9)] int id,
        [Query, Range(1, 100)] int page,
        [Header("X-Code"), StringLength(4, MinimumLength = 2)] string code,
        [Cookie, MaxLength(3)] string? mark,
        [Body] Order order) => $"{id} {page} {code} {mark} {order.Show()}";
}

/// <summary>What is ordered.</summary>
public sealed class Order
{
    /// <summary>Who orders.</summary>
    [Required, StringLength(10)]
    public string? Name { get; set; }

    /// <summary>What.</summary>
    public OrderLine[] Lines { get; set; } = [];

    internal string Show() => $"{Name}:{string.Join(',', Lines.Select(line => line.Count))}";
}

/// <summary>A line of an order.</summary>
public sealed class OrderLine
{
    /// <summary>How many.</summary>
    [Range(1, 99)]
    public int Count { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class OrderJson : JsonSerializerContext;
