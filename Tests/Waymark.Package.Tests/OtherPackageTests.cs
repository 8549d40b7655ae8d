using System.Net;
using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>The packages beside Waymark, restored and used: rate limits in a program, and one that starts it.</summary>
public sealed class OtherPackageTests(PackedWaymark package)
{
    private const int SigKill = 9;

    /// <summary>A test as a user would have it, which hangs until its runner kills it.</summary>
    private const string Starter = """
        using Waymark.Testing;

        await using AppProcess shop = await AppProcess.StartAsync(args[0], new AppStart { HealthPath = "/" });
        Console.WriteLine(shop.Addresses[0]);
        Console.WriteLine(await shop.Client.GetStringAsync("/"));
        await Task.Delay(Timeout.Infinite);
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_program_with_rate_limits_is_started_by_another_and_ends_when_that_is_killed()
    {
        string page = await File.ReadAllTextAsync(Repository.PathOf("docs/middleware/rate-limiting.md"), Stop);
        string program = page.Split("```csharp\n")[1].Split("```")[0]
            .Replace("http://localhost:5000", "http://127.0.0.1:0", StringComparison.Ordinal);
        await package.CreateWithAsync("Limited", "Waymark.RateLimiting", ("Program.cs", program));
        await package.CreateWithAsync("Starter", "Waymark.Testing", ("Program.cs", Starter));
        foreach (string name in (string[])["Limited", "Starter"])
        {
            (int exitCode, string output) = await package.BuildAsync(name, "-warnaserror");
            Assert.True(exitCode == 0, output);
        }

        await using RunningServer starter = await RunningServer.StartAsync(
            [package.PathOf("Starter/bin/Debug/net10.0/Starter"), package.PathOf("Limited/bin/Debug/net10.0/Limited")]);
        var statuses = new List<HttpStatusCode>();
        for (int count = 0; count < 6; count++)
        {
            using HttpResponseMessage answer = await starter.Client.PostAsync(
                new Uri("/login", UriKind.Relative), null, Stop);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(
            [.. Enumerable.Repeat(HttpStatusCode.NoContent, 5), HttpStatusCode.TooManyRequests], statuses);

        // Nothing in the starter gets to run any more. That the port is closed comes of the shell that watches it.
        starter.Send(SigKill);
        await starter.WaitForExitAsync();
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            while (true)
            {
                using HttpResponseMessage answer = await starter.Client.GetAsync(new Uri("/", UriKind.Relative), Stop);
            }
        });
    }
}
