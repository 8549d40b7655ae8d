using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Waymark.Isolation;

/// <summary>This program, running once more as a child with an order.</summary>
/// <remarks>
/// Standard input, output and error are the parent's. It ends with the parent, however that ends: the link closes. All
/// that it inherits beside is the link and shared memory; their descriptors are inheritable only while it is started.
/// </remarks>
internal sealed class ChildProcess : IDisposable
{
    // A child started at the same time must not inherit what is meant for another.
    private static readonly Lock Starting = new();

    private readonly Process _process;
    private readonly ChildLink _link;

    private ChildProcess(Process process, ChildLink link)
    {
        (_process, _link) = (process, link);
        Id = process.Id;
        Exited = WaitAsync();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>What it listens on.</summary>
    public string[] Endpoints { get; private set; } = [];

    /// <summary>Ends with the exit code; 128 and the signal's number where a signal ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a child and waits until it is ready.</summary>
    /// <param name="order">What it is to do.</param>
    /// <param name="time">The clock of the time limit.</param>
    /// <param name="timeout">How long the start may take.</param>
    /// <param name="stop">Gives up, and ends the child.</param>
    /// <exception cref="ServerStartupException">The child failed, or was not ready in time. It is gone.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the child is gone.</exception>
    public static async Task<ChildProcess> StartAsync(
        ChildOrder order, TimeProvider time, TimeSpan timeout, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Child processes are supported on Linux only.");
        if (ChildSide.Current is { IsTaken: false } self)
            throw Refuse(self, order);

        ChildProcess child = Launch(order);
        try
        {
            using var limit = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
            try
            {
                ChildMessage answer = await child._link.ReceiveAsync(either.Token).ConfigureAwait(false);
                if (answer.Word != ChildWord.Ready)
                    throw await child.FailureAsync(answer).ConfigureAwait(false);
                child.Endpoints = answer.Texts;
                return child;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                var cause = new ChildProcessException(
                    $"Process {child.Id}, which was to run {order.Key}, was not ready within {timeout}. {Advice}");
                throw new ServerStartupException(cause.Message, cause);
            }
        }
        catch
        {
            await child.KillAsync().ConfigureAwait(false);
            child.Dispose();
            throw;
        }
    }

    /// <summary>Asks it to stop within a time. Does not wait.</summary>
    public void RequestStop(TimeSpan drainTimeout) =>
        _link.Send(ChildWord.Stop, drainTimeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Ends it by SIGKILL. May be called again.</summary>
    public Task<int> KillAsync()
    {
        Kill();
        return Exited;
    }

    /// <summary>As <see cref="KillAsync"/>, without waiting.</summary>
    public void Kill()
    {
        if (!Exited.IsCompleted)
            _process.Kill();
    }

    /// <summary>Lets go of the link, which ends the child within a second where it has not ended.</summary>
    public void Dispose() => _link.Dispose();

    private const string Advice = "Does the program get to IsolatedServer.RunChildAsync or HttpServer.RunAsync in a "
        + "child, and with the same entries and tickers?";

    private static ChildProcess Launch(ChildOrder order)
    {
        (string file, List<string> arguments) = SelfCommand.Find();
        (int own, int inherited) = Posix.CreatePair();
        var link = new ChildLink(own);
        try
        {
            // Lies in the socket's buffer before the child runs: it need not wait.
            link.Send(ChildWord.Order, order.ToTexts());
            var start = new ProcessStartInfo(file, arguments);
            start.Environment[ChildSide.Variable] = inherited.ToString(CultureInfo.InvariantCulture);
            lock (Starting)
            {
                SetInheritable(inherited, order, isInheritable: true);
                try
                {
                    return new ChildProcess(Process.Start(start)!, link);
                }
                finally
                {
                    SetInheritable(inherited, order, isInheritable: false);
                }
            }
        }
        catch
        {
            link.Dispose();
            throw;
        }
        finally
        {
            Posix.Close(inherited);
        }
    }

    private static void SetInheritable(int link, ChildOrder order, bool isInheritable)
    {
        Posix.SetInheritable(link, isInheritable);
        foreach (SharedMemory memory in order.Shared)
            Posix.SetInheritable(memory.Descriptor, isInheritable);
    }

    /// <summary>A child that starts children before it has taken up its own work would do so without end.</summary>
    private static InvalidOperationException Refuse(ChildSide self, ChildOrder order)
    {
        var refusal = new InvalidOperationException(
            $"This process is a child that was to run {self.Key}, but went on to start {order.Key}. {Advice}");
        self.TellFailure(refusal);
        return refusal;
    }

    private async Task<ServerStartupException> FailureAsync(ChildMessage answer)
    {
        if (answer.Word != ChildWord.Failed)
        {
            int exitCode = await KillIfAliveAsync().ConfigureAwait(false);
            var ended = new ChildProcessException($"Process {Id} ended with {exitCode} before it was ready. {Advice}");
            return new ServerStartupException(ended.Message, ended);
        }

        var cause = new ChildProcessException(answer.Texts[1], answer.Texts[0], answer.Texts[2]);
        string endpoint = answer.Texts[3];
        SocketError? error = answer.Texts[4].Length > 0
            ? (SocketError)int.Parse(answer.Texts[4], CultureInfo.InvariantCulture)
            : null;
        return new ServerStartupException(cause.Message, endpoint, error, cause);
    }

    /// <summary>The link is closed, so it ends by itself soon, with an exit code that says more than ours.</summary>
    private async Task<int> KillIfAliveAsync()
    {
        try
        {
            return await Exited.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return await KillAsync().ConfigureAwait(false);
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return _process.ExitCode;
    }
}
