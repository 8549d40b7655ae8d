using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Benchmarks.Kestrel;

/// <summary>What both kinds of Kestrel answer.</summary>
internal static class Works
{
    public const string Hello = "Hello, world!\n";

    public static readonly byte[] Large = Enumerable.Repeat((byte)'x', 64 * 1024).ToArray();

    /// <summary>Piece by piece from pipe to pipe, the way that copies least here.</summary>
    public static Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = context.Request.ContentLength;
        return context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter, context.RequestAborted);
    }
}

internal sealed record Message(string Text);

internal sealed record User(int Id, string Name);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(User))]
internal sealed partial class WorksJson : JsonSerializerContext;
