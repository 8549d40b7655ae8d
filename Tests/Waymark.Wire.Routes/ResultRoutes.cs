using System.Text.Json.Serialization;

namespace Waymark.Wire.Routes;

/// <summary>Routes that return everything a handler may return.</summary>
[Group("/results")]
internal static class ResultRoutes
{
    private static readonly byte[] Hello = "hello"u8.ToArray();
    private static readonly Item One = new(1, "one");

    [Get("/ok")]
    internal static Ok Ok() => Results.Ok();

    [Get("/ok-json")]
    internal static Ok<Item> OkJson() => Results.Ok(One);

    [Get("/created")]
    internal static Created Created() => Results.Created("/items/é ü?q=\"1\"&p=%20");

    [Get("/created-json")]
    internal static Created<Item> CreatedJson() => Results.Created("/items/1", One);

    [Get("/accepted")]
    internal static Accepted Accepted() => Results.Accepted();

    [Get("/accepted-json")]
    internal static Accepted<Item> AcceptedJson() => Results.Accepted("/jobs/1", One);

    [Get("/no-content")]
    internal static NoContent NoContent() => Results.NoContent();

    [Get("/bad-request")]
    internal static BadRequest BadRequest() => Results.BadRequest("Not \"so\".");

    [Get("/bad-request-json")]
    internal static BadRequest<Item> BadRequestJson() => Results.BadRequest(One);

    [Get("/conflict")]
    internal static Conflict Conflict() => Results.Conflict();

    [Get("/unprocessable")]
    internal static UnprocessableContent<Item> Unprocessable() => Results.UnprocessableContent(One);

    [Get("/redirect")]
    internal static Redirect Redirect() => Results.Redirect("https://example.org/a b", permanent: true);

    [Get("/text")]
    internal static TextResult Text() => Results.Text("<p>é</p>", "text/html; charset=utf-8");

    [Get("/bytes")]
    internal static BytesResult Bytes() => Results.Bytes(Hello, "image/png");

    [Get("/json")]
    internal static JsonResult<Item?> Json() => Results.Json<Item?>(null, 203);

    [Get("/problem")]
    internal static ProblemResult Problem() => Results.Problem(402, "Pay é.", "No money", "urn:x:money");

    [Get("/problem-details")]
    internal static ProblemResult ProblemDetails() => Results.Problem(new ProblemDetails
    {
        Status = 403,
        Detail = "No.",
        Instance = "urn:x:1",
        Errors = [new ValidationError("/a", "must be b")],
        Extensions = { { "balance", 30 } },
    });

    [Get("/linked/:name")]
    internal static Created Linked(string name) => Results.Created(global::Routes.Links.ResultRoutes.Linked(name));

    [Get("/linked-json/:name")]
    internal static Created<Item> LinkedJson(string name) =>
        Results.Created(global::Routes.Links.ResultRoutes.LinkedJson(name), One);

    [Get("/linked-job/:name")]
    internal static Accepted LinkedJob(string name) =>
        Results.Accepted(global::Routes.Links.ResultRoutes.LinkedJob(name));

    [Get("/linked-elsewhere/:name")]
    internal static Redirect LinkedElsewhere(string name) =>
        Results.Redirect(global::Routes.Links.ResultRoutes.LinkedElsewhere(name));

    [Get("/status")]
    internal static StatusResult Status() => Results.Status(418);

    [Get("/default")]
    internal static Created Default() => default;

    [Get("/memory")]
    internal static ReadOnlyMemory<byte> Memory() => Hello.AsMemory(1);

    [Get("/span")]
    internal static ReadOnlySpan<byte> Span() => "span"u8;

    [Get("/stream")]
    internal static Stream? Stream(int id = 1) => id == 0 ? null : new MemoryStream(Hello);

    [Get("/stream-long")]
    internal static Task<Stream> StreamLong() => Task.FromResult<Stream>(new TrickleStream(200_000, 70_000));

    [Get("/stream-result")]
    internal static StreamResult StreamResult() => Results.Stream(WriteAsync, "text/plain");

    [Get("/stream-fails")]
    internal static StreamResult StreamFails() => Results.Stream(FailAsync);

    /// <summary>1: the item, 2: missing, 3: text, 4: nothing at all.</summary>
    [Get("/union/:which")]
    internal static Results<Ok<Item>, NotFound, string> Union(int which) => which switch
    {
        1 => Results.Ok(One),
        2 => Results.NotFound($"No {which}."),
        3 => "three",
        _ => default,
    };

    [Get("/union-later/:which")]
    internal static async ValueTask<Results<Ok<Item>, NotFound, string>?> UnionLater(int which)
    {
        await Task.Yield();
        if (which == 0)
            return null;
        return Union(which);
    }

    [Post("/union-body")]
    internal static Results<Created<Item>, Conflict> UnionBody(Item item) =>
        item.Id == 1 ? Results.Conflict("There is a 1.") : Results.Created($"/items/{item.Id}", item);

    [Get("/produced"), Produces("application/vnd.item+json")]
    internal static Results<Ok<Item>, NoContent> Produced(int id) =>
        id == 0 ? Results.NoContent() : Results.Ok(One);

    [Get("/negotiated"), Produces("application/json", "application/vnd.item+json")]
    internal static Item? Negotiated(int id = 1) => id == 0 ? null : One;

    [Get("/page"), Produces("text/html")]
    internal static string Page() => "<p>";

    private static async Task WriteAsync(Stream stream, CancellationToken stop)
    {
        await stream.WriteAsync(Hello, stop);
        await stream.FlushAsync(stop);
        stream.Write(Hello);
    }

    private static async Task FailAsync(Stream stream, CancellationToken stop)
    {
        await stream.WriteAsync(Hello, stop);
        await stream.FlushAsync(stop);
        throw new InvalidOperationException("secret");
    }
}

/// <summary>Something with JSON.</summary>
public sealed record Item(int Id, string Name);

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Item))]
internal sealed partial class ItemJson : JsonSerializerContext;
