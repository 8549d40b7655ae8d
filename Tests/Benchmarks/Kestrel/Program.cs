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
app.Run();

internal sealed record User(int Id, string Name);

internal sealed record NewUser(string Name);

[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(NewUser))]
internal sealed partial class PeerJson : JsonSerializerContext;
