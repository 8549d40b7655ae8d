namespace Waymark.Benchmarks.Kestrel;

/// <summary>The works as a minimal API.</summary>
internal static class MinimalWorks
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/", () => TypedResults.Text(Works.Hello));
        app.MapGet("/json", () => new Message("Hello, world!"));
        app.MapGet("/users/{id}", (int id) => new User(id, "Ada"));
        app.MapGet("/large", () => TypedResults.Bytes(Works.Large));
        app.MapPost("/echo", Works.EchoAsync);
    }
}
