using System.Net;
using Waymark.Testing;

namespace Waymark.Aot.Tests;

/// <summary>The fixture for users' own tests, as they would use it, and what it says where a publish fails.</summary>
public sealed class NativeAppTests(PublishedHello hello) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waymark-app-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_native_binary_starts_answers_and_ends_with_0()
    {
        await using AppProcess app = await hello.App.StartAsync(new AppStart { HealthPath = "/" });
        Assert.Equal("Hello, world!\n", await app.Client.GetStringAsync(new Uri("/", UriKind.Relative), Stop));
        Assert.Equal(IPAddress.Loopback.ToString(), Assert.Single(app.Addresses).Host);
        Assert.Equal(0, await app.StopAsync());
    }

    [Fact]
    public async Task A_project_is_published_once()
    {
        var options = new NativeAppOptions { OutputFolder = Path.Combine(_folder, "build") };
        string project = await WriteAsync("Broken", "return nowhere;", isNative: true);
        Task<NativeApp> first = NativeApp.PublishAsync(project, options);
        Assert.Same(first, NativeApp.PublishAsync(project, options));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
    }

    [Fact]
    public async Task What_the_compiler_says_of_a_publish_that_fails_is_told()
    {
        string project = await WriteAsync("Broken", "return nowhere;", isNative: true);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => NativeApp.PublishAsync(project));
        Assert.Contains("ended with exit code 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("error CS0103: The name 'nowhere' does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_that_is_not_native_is_refused()
    {
        string project = await WriteAsync("Managed", "return 0;", isNative: false);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => NativeApp.PublishAsync(project));
        Assert.Contains("is not native: set PublishAot in the project", e.Message, StringComparison.Ordinal);

        // What was kept below obj/ beside the project is no source of it.
        Assert.True(Directory.Exists(Path.Combine(_folder, "obj", "waymark-native")));
        e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => NativeApp.PublishAsync(project, new NativeAppOptions { BinaryName = "Other" }));
        Assert.Contains("where AssemblyName is another, set BinaryName", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publish_that_takes_too_long_is_ended()
    {
        string project = await WriteAsync("Slow", "return 0;", isNative: true);
        var options = new NativeAppOptions { Timeout = TimeSpan.FromMilliseconds(1) };
        var e = await Assert.ThrowsAsync<TimeoutException>(() => NativeApp.PublishAsync(project, options));
        Assert.Contains(project, e.Message, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(string name, string program, bool isNative)
    {
        string project = Path.Combine(_folder, name + ".csproj");
        await File.WriteAllTextAsync(
            project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{(isNative ? "net9.0" : "net10.0")}</TargetFramework>
                <OutputType>Exe</OutputType>
                <PublishAot>{(isNative ? "true" : "false")}</PublishAot>
              </PropertyGroup>
            </Project>
            """,
            Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Program.cs"), program, Stop);
        return project;
    }
}
