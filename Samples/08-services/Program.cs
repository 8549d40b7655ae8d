using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

return await Program.MakeServer(TimeProvider.System).RunAsync(args);

internal static partial class Program
{
    // A test hands in a clock of its own, and whatever else the handlers need.
    internal static HttpServer MakeServer(TimeProvider time)
    {
        string? max = Environment.GetEnvironmentVariable("SHORTENER_LINKS_MAX");
        var links = new LinkStore(time, max is null ? 1000 : int.Parse(max, null));
        return new HttpServer(Routes.Table, new ServerOptions
        {
            // Any IServiceProvider does; this one is a set of objects by their types.
            Services = new ServiceSet { links, time },
            Limits = new ServerLimits { BodyBytesMax = 4096 },
        });
    }
}

[Group("/links")]
internal static class Shortener
{
    [Post("/")]
    internal static Results<Created<Link>, UnprocessableContent> Add(NewLink link, [Service] LinkStore links) =>
        links.TryAdd(link.Target) is { } added
            ? Results.Created(Routes.Links.Shortener.Follow(added.Name), added)
            : Results.UnprocessableContent("There are too many links already.");

    [Get("/:name")]
    internal static Results<Redirect, NotFound> Follow(string name, [Service] LinkStore links) =>
        links.Find(name) is { } link ? Results.Redirect(link.Target) : Results.NotFound();
}

internal sealed class LinkStore(TimeProvider time, int countMax)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Link> _links = [];

    public Link? TryAdd(string target)
    {
        lock (_lock)
        {
            if (_links.Count >= countMax)
                return null;
            var link = new Link($"{_links.Count + 1:x4}", target, time.GetUtcNow());
            return _links[link.Name] = link;
        }
    }

    public Link? Find(string name)
    {
        lock (_lock)
            return _links.GetValueOrDefault(name);
    }
}

internal sealed record NewLink(string Target);

internal sealed record Link(string Name, string Target, DateTimeOffset Made);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NewLink))]
[JsonSerializable(typeof(Link))]
internal sealed partial class LinksJson : JsonSerializerContext;
