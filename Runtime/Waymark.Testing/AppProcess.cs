using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Waymark.Testing;

/// <summary>A service in a process of its own, and a client for it.</summary>
/// <remarks>
/// Its addresses are read from what it prints: <c>RunAsync</c> does so unless <c>ServerOptions.ShowBanner</c> is off.
/// It is killed by <see cref="DisposeAsync"/>, and also where the test process dies before that, killed or not (on
/// Windows: not where that is killed). Every member may be used from any thread.
/// </remarks>
/// <example>
/// <code>
/// await using AppProcess shop = await AppProcess.StartAsync("./Shop", new AppStart { HealthPath = "/readyz" });
/// string page = await shop.Client.GetStringAsync("/");
/// </code>
/// </example>
public sealed partial class AppProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan HealthPeriod = TimeSpan.FromMilliseconds(50);

    private readonly string _program;
    private readonly TimeSpan _timeout;
    private readonly Process _process;
    private readonly Watchdog _watchdog;
    private readonly Task _ended; // Completed when the process has ended and all of its output is here.
    private readonly AppOutput _output = new();
    private readonly AppOutput _errors = new();
    private readonly List<Uri> _addresses = []; // Added to until _isNamed is completed, and read after that.
    private readonly TaskCompletionSource _isNamed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppProcess(string program, AppStart start)
    {
        _program = program;
        _timeout = start.Timeout;
        _process = Launch(program, start);
        try
        {
            _watchdog = new Watchdog(_process);
        }
        catch
        {
            _process.Kill(entireProcessTree: true);
            throw;
        }

        Client = new HttpClient { Timeout = start.Timeout };
        _process.OutputDataReceived += (_, line) => TakeOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _ended = AwaitEndAsync();
    }

    /// <summary>
    /// What it listens on, in the order in which it printed them; "every address" (<c>0.0.0.0</c>, <c>[::]</c>) as the
    /// loopback address.
    /// </summary>
    public IReadOnlyList<Uri> Addresses => _addresses;

    /// <summary>Talks to the first of the addresses; follows redirects and keeps cookies, as any client does.</summary>
    public HttpClient Client { get; }

    /// <summary>What it has written to standard output, lines ending with <c>\n</c>; all of it after its end.</summary>
    public string Output => _output.Text;

    /// <summary>What it has written to standard error, lines ending with <c>\n</c>; all of it after its end.</summary>
    public string Errors => _errors.Text;

    /// <summary>Starts a program, and waits until it serves.</summary>
    /// <param name="program">Its path, or its name where the system finds it.</param>
    /// <param name="start">How; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="program"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="AppStart.Timeout"/> is not more than zero.</exception>
    /// <exception cref="InvalidOperationException">
    /// It cannot be started, has ended, or did not serve in time: the message says which, and what it printed.
    /// </exception>
    public static async Task<AppProcess> StartAsync(string program, AppStart? start = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        AppStart chosen = start ?? new AppStart();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(chosen.Timeout, TimeSpan.Zero, nameof(start));
        var app = new AppProcess(program, chosen);
        try
        {
            await app.AwaitAddressesAsync().ConfigureAwait(false);
            app.Client.BaseAddress = app._addresses[0];
            if (chosen.HealthPath is not null)
                await app.AwaitHealthAsync(chosen.HealthPath).ConfigureAwait(false);
            return app;
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Asks it to stop (SIGTERM; on Windows it is killed), unless it has ended, and waits for its end.
    /// </summary>
    /// <returns>The exit code: 0 of a Waymark server whose connections all ended well.</returns>
    /// <exception cref="TimeoutException">It has not ended in time: the message is what it printed.</exception>
    public Task<int> StopAsync()
    {
        if (OperatingSystem.IsWindows())
            _process.Kill();
        else if (!_process.HasExited)
            _ = Kill(_process.Id, SigTerm); // A process that has just ended is what was asked for.
        return WaitForExitAsync();
    }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its number, such as 2 for SIGINT.</param>
    /// <exception cref="InvalidOperationException">The process has ended, or there is no such signal.</exception>
    /// <exception cref="PlatformNotSupportedException">Windows has no signals.</exception>
    public void Send(int signal)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no signals: use StopAsync, which kills the program.");
        if (_process.HasExited || Kill(_process.Id, signal) != 0)
            throw new InvalidOperationException($"{_program} has ended, or there is no signal {signal}.");
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It has not ended in time: the message is what it printed.</exception>
    public async Task<int> WaitForExitAsync()
    {
        try
        {
            await _ended.WaitAsync(_timeout).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (TimeoutException cause)
        {
            throw new TimeoutException(Tell($"has not ended within {_timeout}"), cause);
        }
    }

    /// <summary>Kills it and what it has started, unless it has ended, and waits for its end.</summary>
    /// <exception cref="TimeoutException">The system has not ended it in time.</exception>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_ended.IsCompleted && !_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _ended.WaitAsync(_timeout).ConfigureAwait(false);
        _process.Dispose();
    }

    private static Process Launch(string program, AppStart start)
    {
        var info = new ProcessStartInfo(program, start.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.WorkingDirectory ?? "",
        };
        foreach ((string name, string value) in start.Environment)
            info.Environment[name] = value;
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception cause)
        {
            throw new InvalidOperationException($"{program} cannot be started: {cause.Message}", cause);
        }
    }

    private async Task AwaitEndAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);

        // At once: from now on another process may get the same id.
        _watchdog.Dispose();
    }

    private async Task AwaitAddressesAsync()
    {
        try
        {
            Task first = await Task.WhenAny(_isNamed.Task, _ended).WaitAsync(_timeout).ConfigureAwait(false);
            if (first == _ended && !_isNamed.Task.IsCompleted)
                throw new InvalidOperationException(Tell($"ended with exit code {_process.ExitCode}"));
        }
        catch (TimeoutException cause)
        {
            throw new InvalidOperationException(
                Tell($"has printed no address of this machine within {_timeout} (is ServerOptions.ShowBanner off?)"),
                cause);
        }
    }

    private async Task AwaitHealthAsync(string path)
    {
        string last = "no answer";
        using var patience = new CancellationTokenSource(_timeout);
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await Client.GetAsync(
                    new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, patience.Token)
                    .ConfigureAwait(false);
                if ((int)answer.StatusCode == 200)
                    return;
                last = $"status {(int)answer.StatusCode}";
            }
            catch (HttpRequestException cause)
            {
                last = cause.Message;
            }
            catch (OperationCanceledException)
            {
                // Told below, with the answer before this one.
            }

            if (_ended.IsCompleted)
                throw new InvalidOperationException(Tell($"ended with exit code {_process.ExitCode}"));
            if (patience.IsCancellationRequested)
            {
                throw new InvalidOperationException(
                    Tell($"has not answered GET {path} with 200 within {_timeout}: {last}"));
            }

            Task pause = Task.Delay(HealthPeriod, TimeProvider.System, patience.Token);
            await Task.WhenAny(pause, _ended).ConfigureAwait(false);
        }
    }

    /// <summary>The line behind the addresses says that all of them have been named.</summary>
    private void TakeOutput(string? line)
    {
        _output.Add(line);
        if (_isNamed.Task.IsCompleted)
            return;
        if (line is not null && AddressPattern().Match(line) is { Success: true, Groups: var parts })
            _addresses.Add(new Uri($"{parts[1].Value}://{HostOf(parts[2].Value)}:{parts[3].Value}"));
        else if (_addresses.Count > 0)
            _isNamed.TrySetResult();
    }

    private static string HostOf(string printed) => printed switch
    {
        "0.0.0.0" or "*" => "127.0.0.1",
        "[::]" => "[::1]",
        _ => printed,
    };

    private string Tell(string what) => $"{_program} {what}.\nIts output:\n{Output}{Errors}";

    [GeneratedRegex(@"(https?)://(127\.0\.0\.1|localhost|0\.0\.0\.0|\*|\[::1?\]):(\d+)")]
    private static partial Regex AddressPattern();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
