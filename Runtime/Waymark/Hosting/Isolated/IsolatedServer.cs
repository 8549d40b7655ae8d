using System.Text;
using Waymark.Isolation;

namespace Waymark;

/// <summary>A server in a process of its own: this program, started once more.</summary>
/// <remarks>
/// It shares no thread and no memory with its parent, and can be ended at once. The two end together: the child is gone
/// within a second of a parent that was killed; a server that nothing refers to any more is ended, too. Standard
/// output and error are the parent's. Linux only.
/// <para>Thread safety: every member may be used from any thread.</para>
/// </remarks>
/// <example>
/// <code>
/// var files = new IsolatedEntry("files", static args => new HttpServer(Routes.Table));
/// if (await IsolatedServer.RunChildAsync(files) is { } exitCode)
///     return exitCode;
///
/// await using IsolatedServer server = await IsolatedServer.StartAsync("http://127.0.0.1:0", files);
/// Console.WriteLine(server.Endpoints[0]);
/// </code>
/// </example>
public sealed class IsolatedServer : IAsyncDisposable
{
    // The message that carries them has room for 64 KiB, with names and descriptors beside.
    private const int ArgumentBytesMax = 60_000;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly ChildProcess _child;

    private IsolatedServer(ChildProcess child) => _child = child;

    /// <summary>Ends a server that nobody can stop any more.</summary>
    ~IsolatedServer() => _child?.Dispose();

    /// <summary>What it listens on, with real ports, as <see cref="NetworkServer.Endpoints"/> says.</summary>
    public IReadOnlyList<string> Endpoints => _child.Endpoints;

    /// <summary>The id of its process.</summary>
    public int ProcessId => _child.Id;

    /// <summary>
    /// Ends with the exit code: 0 where it was stopped and cut nothing off, 1 where it did or its parent was gone, 128
    /// and the number of the signal that ended it (137 for SIGKILL).
    /// </summary>
    public Task<int> Exited => _child.Exited;

    /// <summary>The first line of a program that has such servers: in a child, it is the server.</summary>
    /// <remarks>
    /// What stands before it runs in parent and child. A child that does not get here fails the start in its parent;
    /// it cannot start children on its own before.
    /// </remarks>
    /// <param name="entries">All entries of the program.</param>
    /// <returns>Null in a process that is no such child. In a child the exit code, when it has stopped.</returns>
    public static async Task<int?> RunChildAsync(params IsolatedEntry[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (IsolatedEntry entry in entries)
        {
            if (ChildSide.Take(entry.Key) is { } child)
                return await RunAsync(entry, child).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Starts a server in a process of its own, and waits until it listens.</summary>
    /// <param name="endpoint">
    /// What it listens on, in the form of addresses of the kind of server that the entry makes.
    /// </param>
    /// <param name="entry">What makes it, in the child.</param>
    /// <param name="arguments">
    /// What the entry gets: texts, since nothing else crosses to another process; 60,000 bytes of UTF-8 in all.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An argument is null, no valid text (half of a surrogate pair), or all are too long.
    /// </exception>
    /// <exception cref="ServerStartupException">
    /// The child could not start it. The message is that of its exception; the <see cref="ChildProcessException"/>
    /// inside has the type and the stack. No process is left.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// This process is a child that has not taken up its work: see <see cref="RunChildAsync"/>.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static async Task<IsolatedServer> StartAsync(
        string endpoint, IsolatedEntry entry, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(arguments);
        CheckArguments(endpoint, arguments);
        var order = new ChildOrder(entry.Key, endpoint, arguments, []);
        return new IsolatedServer(await ChildProcess.StartAsync(
            order, TimeProvider.System, StartTimeout, CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>Stops it as <see cref="NetworkServer.StopAsync"/> does; what is left after the time is ended.</summary>
    /// <param name="drain">How long requests may take to end, 0 to 1 day; null for 30 s.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is out of its range.</exception>
    public async Task<int> StopAsync(TimeSpan? drain = null)
    {
        TimeSpan drainTimeout = drain ?? TimeSpan.FromSeconds(30);
        ArgumentOutOfRangeException.ThrowIfLessThan(drainTimeout, TimeSpan.Zero, nameof(drain));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(drainTimeout, TimeSpan.FromDays(1), nameof(drain));
        _child.RequestStop(drainTimeout);
        try
        {
            // The server takes a second more to reset what it has cancelled.
            await Exited.WaitAsync(drainTimeout + TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _child.Kill();
        }

        return await Exited.ConfigureAwait(false);
    }

    /// <summary>Ends its process at once (SIGKILL), and waits for that. May be called again.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync() => _child.KillAsync();

    /// <summary>As <see cref="TerminateAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _child.KillAsync().ConfigureAwait(false);
        _child.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void CheckArguments(string endpoint, string[] arguments)
    {
        int count = endpoint.Length;
        for (int i = 0; i < arguments.Length; i++)
        {
            try
            {
                string argument = arguments[i]
                    ?? throw new ArgumentException($"Argument {i + 1} is null: only texts pass.", nameof(arguments));
                count += 5 + Strict.GetByteCount(argument);
            }
            catch (EncoderFallbackException e)
            {
                throw new ArgumentException(
                    $"Argument {i + 1} holds half of a surrogate pair: only whole characters can be passed.",
                    nameof(arguments), e);
            }
        }

        if (count > ArgumentBytesMax)
        {
            throw new ArgumentException(
                $"The arguments have {count} bytes; {ArgumentBytesMax} at most can be passed: pass a file's name.",
                nameof(arguments));
        }
    }

    private static async Task<int> RunAsync(IsolatedEntry entry, ChildSide child)
    {
        using IDisposable signals = child.HandleSignals();
        NetworkServer server;
        try
        {
            server = entry.Create(child.Arguments)
                ?? throw new InvalidOperationException($"The entry '{entry.Name}' returned null.");
            await server.StartServingAsync([child.Endpoint]).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            child.TellFailure(e);
            return 1;
        }

        child.TellReady([.. server.Endpoints]);
        TimeSpan drainTimeout = await child.StopRequested.ConfigureAwait(false);
        try
        {
            await server.StopAsync(drainTimeout).ConfigureAwait(false);
            return 0;
        }
        catch (ServerShutdownException)
        {
            return 1;
        }
    }
}
