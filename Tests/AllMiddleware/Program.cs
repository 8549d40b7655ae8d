using System.Text.Json.Serialization;
using AllMiddleware;
using Waymark;

await using var server = new HttpServer(Routes.Table);
server.Use(ForwardedHeaders.From("127.0.0.0/8"));

// Seeing.
server.Use(Telemetry.From(new TelemetryOptions { ExcludedPaths = ["/livez", "/readyz", "/metrics"] }));
server.Use(RequestId.From(new RequestIdOptions { TrustedPeers = ["127.0.0.0/8"] }));
server.Use(AccessLog.Text());
server.Use(AccessLog.Combined());
server.Use(AccessLog.Json());
server.Use(AccessLog.ToLogger());
server.Use(PrometheusMetrics.From(new PrometheusMetricsOptions { Meters = ["Waymark", "System.Runtime"] }));
server.Use(Health.From(new HealthOptions { Checks = [new HealthCheck("always", _ => ValueTask.FromResult(true))] }));

// Browsers.
server.Use(MethodOverride.From());
server.Use(SecurityHeaders.From());
server.Use(Cors.From(new CorsOptions { Origins = ["https://shop.example"], AllowsCredentials = true }));
server.Use(CsrfProtection.From(new CsrfOptions { TrustedOrigins = ["https://shop.example"] }));

// Who may.
server.Use(AddressFilter.Deny("192.0.2.66"));
server.Use(Authentication.Optional(
    BasicAuthentication.From(new BasicAuthenticationOptions { Users = Secrets.Users }),
    JwtAuthentication.From(new JwtAuthenticationOptions
    {
        Keys = [JwtKey.Hmac(JwtAlgorithm.HS256, Secrets.JwtSecret)],
        Issuers = ["https://id.example"],
        Audiences = ["all"],
    }),
    BearerAuthentication.From(new BearerAuthenticationOptions { Tokens = Secrets.Tokens }),
    ApiKeyAuthentication.From(new ApiKeyAuthenticationOptions { Keys = Secrets.Keys })));

// How much.
server.Use(RequestTimeout.After(TimeSpan.FromSeconds(30)));
server.Use(BodyLimit.Of(64 * 1024));
server.Use(RateLimit.From(new RateLimitOptions { Policy = RateLimitPolicy.TokenBucket(10_000, perSecond: 1_000) }));

// Content.
server.Use(Decompression.From());
server.Use(Compression.From());
server.Use(CacheHeaders.From(new CacheHeadersOptions
{
    Rules = [new CacheRule("public, max-age=60") { Path = "/assets" }],
    Otherwise = "no-cache",
}));
server.Use(ETags.From());
server.Use(StaticFiles.From(new StaticFilesOptions
{
    Root = Environment.GetEnvironmentVariable("ALL_ASSETS") ?? AppContext.BaseDirectory,
    Prefix = "/assets",
}));
return await server.RunAsync(args);

[JsonSerializable(typeof(Order))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class Json : JsonSerializerContext;
