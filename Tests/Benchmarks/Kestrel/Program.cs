using System.Text.Json.Serialization;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.ConfigureHttpJsonOptions(
    options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default));

WebApplication app = builder.Build();
var ada = new User(1, "Ada");
app.MapGet("/", () => "Hello, world!\n");
app.MapGet("/users/{id}", (int id) => id == 1 ? Results.Ok(ada) : Results.NotFound());
app.MapPost("/users", (NewUser user) => new User(2, user.Name));
app.MapGet("/files/{*path}", (string path) => $"You asked for {path}\n");

// For Tests/Stuck, whose clients ask for more than they read.
ReadOnlyMemory<byte> filler = new byte[64 * 1024];
app.MapGet("/big", async (long n, HttpResponse response) =>
{
    response.ContentLength = n;
    for (long left = n; left > 0; left -= filler.Length)
        await response.Body.WriteAsync(filler[..(int)Math.Min(left, filler.Length)]);
});
app.Run();

internal sealed record User(int Id, string Name);

internal sealed record NewUser(string Name);

[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(NewUser))]
internal sealed partial class PeerJson : JsonSerializerContext;
