using System.Diagnostics;

namespace Waymark.Testing;

/// <summary>Kills a program when the test process ends without having done so.</summary>
/// <remarks>
/// Nothing in the test process can do that where it is killed itself, as runners do with tests that hang. So a shell
/// waits for the end of a pipe that only the test process holds: the kernel closes it, however the process ends. (The
/// parent-death signal of Linux would not do: it comes when the starting thread ends.) On Windows, where there is no
/// such shell, an orderly end of the test process kills the program, and a kill leaves it behind.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    // Ctrl+C goes to the shell as well, which has to outlive it.
    private const string Script = "trap '' INT HUP; read -r line; kill -9 \"$0\" 2>/dev/null";

    private readonly Process? _shell;
    private readonly EventHandler? _atExit;

    /// <summary>Starts to watch over a program.</summary>
    /// <param name="program">Which; it has to be running.</param>
    public Watchdog(Process program)
    {
        if (OperatingSystem.IsWindows())
        {
            _atExit = (_, _) => program.Kill();
            AppDomain.CurrentDomain.ProcessExit += _atExit;
            return;
        }

        _shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, $"{program.Id}"])
        {
            RedirectStandardInput = true,
        });
    }

    /// <summary>Ends the watch; the program stays as it is.</summary>
    public void Dispose()
    {
        if (_atExit is not null)
            AppDomain.CurrentDomain.ProcessExit -= _atExit;
        if (_shell is null)
            return;

        // Before its pipe is closed: the shell would take that for the end of the test process.
        _shell.Kill();
        _shell.Dispose();
    }
}
