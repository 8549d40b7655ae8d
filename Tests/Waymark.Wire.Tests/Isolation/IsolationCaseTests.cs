using Waymark.TestSupport;

namespace Waymark.Wire.Tests.Isolation;

/// <summary>Servers and tickers in child processes, by the cases of a program that can start itself.</summary>
public sealed class IsolationCaseTests
{
    [Theory]
    [InlineData("D08")]
    [InlineData("D08-failures")]
    [InlineData("D08-arguments")]
    public Task D08_A_server_starts_in_a_process_of_its_own_or_fails_as_it_would_here(string name) => RunAsync(name);

    [Theory]
    [InlineData("D09")]
    [InlineData("D09-collected")]
    public Task D09_It_is_gone_when_it_is_terminated_disposed_or_forgotten(string name) => RunAsync(name);

    [Theory]
    [InlineData("A14")]
    [InlineData("A14-hanging")]
    public Task A14_A_ticker_that_cannot_start_leaves_no_process(string name) => RunAsync(name);

    [Theory]
    [InlineData("unknown")]
    [InlineData("restarts")]
    [InlineData("dictionary")]
    public Task A_case_holds_and_leaves_no_process(string name) => RunAsync(name);

    [Fact]
    public async Task A_program_that_dotnet_runs_starts_itself_likewise()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Child processes are supported on Linux only.");
        string program = Program("Waymark.Isolation.Cases") + ".dll";
        (int exitCode, _, string errors) = await RunningServer.RunAsync(["dotnet", program, "D08"]);
        Assert.True(exitCode == 0, errors);
    }

    private static async Task RunAsync(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Child processes are supported on Linux only.");
        (int exitCode, _, string errors) = await RunningServer.RunAsync([Program("Waymark.Isolation.Cases"), name]);
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>A program that was built with these tests, in the same configuration.</summary>
    internal static string Program(string name)
    {
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.GetFullPath(Path.Combine(own, "..", "..", name, Path.GetFileName(own), name));
    }
}
