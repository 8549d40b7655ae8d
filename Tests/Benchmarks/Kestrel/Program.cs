using Waymark.Benchmarks.Kestrel;

// Kestrel [--without-routing] --urls=<address>: the works of ../load as a minimal API, or in one terminal middleware.
// What costs Kestrel time and is no part of the answers is off: logging, and the field Server.
bool isBare = args.Contains("--without-routing");
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([.. args.Where(arg => arg != "--without-routing")]);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
builder.Services.ConfigureHttpJsonOptions(
    options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, WorksJson.Default));

WebApplication app = builder.Build();
if (isBare)
    BareWorks.Run(app);
else
    MinimalWorks.Map(app);

// For Tests/Stuck, whose clients ask for more than they read.
ReadOnlyMemory<byte> filler = new byte[64 * 1024];
app.MapGet("/big", async (long n, HttpResponse response) =>
{
    response.ContentLength = n;
    for (long left = n; left > 0; left -= filler.Length)
        await response.Body.WriteAsync(filler[..(int)Math.Min(left, filler.Length)]);
});
app.Run();
