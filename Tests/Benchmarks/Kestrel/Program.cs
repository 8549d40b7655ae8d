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
app.Run();
