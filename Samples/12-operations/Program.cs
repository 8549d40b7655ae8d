using Waymark;

[assembly: OpenApi(Title = "Operations", Version = "1.0", Description = "What a service needs in production.")]

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer()
    {
        var server = new HttpServer(Routes.Table, new ServerOptions
        {
            DrainTimeout = TimeSpan.FromSeconds(10),
            MaxConcurrentRequests = 256,
            MaxQueuedRequests = 1000,
        });
        string[] quiet = ["/livez", "/readyz", "/metrics"];
        server.Use(AccessLog.Json(new AccessLogOptions { ExcludedPaths = quiet }));
        server.Use(Telemetry.From(new TelemetryOptions { ExcludedPaths = quiet }));
        server.Use(PrometheusMetrics.From(new PrometheusMetricsOptions { Meters = [Telemetry.Name] }));
        server.Use(RequestTimeout.After(TimeSpan.FromSeconds(5)));
        server.Use(Health.From(new HealthOptions
        {
            Checks = [new HealthCheck("disk", _ => ValueTask.FromResult(Disk.HasRoom(Path.GetTempPath())))],
        }));
        return server.MapOpenApi("/openapi.json").MapDocs("/docs");
    }
}

internal static class Disk
{
    internal static bool HasRoom(string path) => new DriveInfo(path).AvailableFreeSpace > 1 << 20;

    /// <summary>How much room there is where temporary files go.</summary>
    [Get("/room")]
    internal static string Room() => $"{new DriveInfo(Path.GetTempPath()).AvailableFreeSpace >> 20} MiB\n";
}
