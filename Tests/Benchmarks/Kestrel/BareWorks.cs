using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Waymark.Benchmarks.Kestrel;

/// <summary>The works in one terminal middleware: no routing, no binding, paths compared by hand.</summary>
internal static class BareWorks
{
    private const string Users = "/users/";

    private static readonly byte[] Hello = System.Text.Encoding.UTF8.GetBytes(Works.Hello);

    public static void Run(WebApplication app) => app.Run(AnswerAsync);

    private static Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        if (HttpMethods.IsPost(context.Request.Method))
            return path == "/echo" ? Works.EchoAsync(context) : NotFound(context);
        if (path.StartsWith(Users, StringComparison.Ordinal))
        {
            return int.TryParse(path.AsSpan(Users.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                ? Json(context, new User(id, "Ada"), WorksJson.Default.User)
                : NotFound(context);
        }

        return path switch
        {
            "/" => Bytes(context, "text/plain; charset=utf-8", Hello),
            "/json" => Json(context, new Message("Hello, world!"), WorksJson.Default.Message),
            "/large" => Bytes(context, "application/octet-stream", Works.Large),
            _ => NotFound(context),
        };
    }

    private static Task Json<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        Bytes(context, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(value, type));

    private static Task Bytes(HttpContext context, string mediaType, byte[] body)
    {
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
