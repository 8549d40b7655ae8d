using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.TestSupport;

/// <summary>A server process that was started on a free port and is stopped by a signal.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _errors; // Locked while lines may still come.

    private RunningServer(Process process, StringBuilder errors, Uri[] addresses)
    {
        _process = process;
        _errors = errors;
        Addresses = addresses;
        Client = new HttpClient { BaseAddress = addresses[0], Timeout = Patience };
    }

    /// <summary>What it listens on, in the order of its banner.</summary>
    public Uri[] Addresses { get; }

    /// <summary>Talks to the first of the addresses.</summary>
    public HttpClient Client { get; }

    /// <summary>What it wrote to standard error, lines ending with "\n"; all of it after its end.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Starts a server and waits until its banner names the bound addresses.</summary>
    /// <param name="command">The program and its arguments, which make it listen on free ports of 127.0.0.1.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<RunningServer> StartAsync(
        string[] command, params (string Name, string Value)[] environment)
    {
        Process process = Launch(command, environment);
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
                errors.Append(line.Data).Append(line.Data is null ? "" : "\n");
        };
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        var seen = new List<string>();
        var addresses = new List<Uri>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            seen.Add(line);
            if (AddressPattern().Match(line) is { Success: true } match)
            {
                addresses.Add(new Uri(match.Value));
            }
            else if (addresses.Count > 0)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new RunningServer(process, errors, [.. addresses]);
            }
        }

        throw new InvalidOperationException($"The server named no address:\n{string.Join('\n', seen)}");
    }

    /// <summary>Runs a program that ends by itself.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string[] command, params (string Name, string Value)[] environment)
    {
        using Process process = Launch(command, environment);
        using var patience = new CancellationTokenSource(Patience);
        Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync()
    {
        Send(SigTerm);
        return WaitForExitAsync();
    }

    /// <summary>Sends a signal.</summary>
    public void Send(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Process Launch(string[] command, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"(https?|tcp)://127\.0\.0\.1:\d+")]
    private static partial Regex AddressPattern();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
