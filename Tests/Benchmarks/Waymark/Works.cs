using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Benchmarks.Server;

/// <summary>What every server answers alike: see works.py in the load folder.</summary>
internal static class Works
{
    private static readonly byte[] Large = new byte[64 * 1024];

    static Works() => Array.Fill(Large, (byte)'x');

    [Get("/")]
    internal static string Plaintext() => "Hello, world!\n";

    [Get("/json")]
    internal static Message Json() => new("Hello, world!");

    [Get("/users/:id")]
    internal static User Find(int id) => new(id, "Ada");

    [Get("/large")]
    internal static byte[] Bytes() => Large;

    // Piece by piece, so that memory does not grow with the body. With a length, as all servers here answer.
    [Post("/echo")]
    internal static Stream Echo(Exchange exchange, Stream body)
    {
        exchange.Response.ContentLength = exchange.Request.Body.Length;
        return body;
    }
}

internal sealed record Message(string Text);

internal sealed record User(int Id, string Name);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(User))]
internal sealed partial class WorksJson : JsonSerializerContext;
