using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Waymark.Isolation;

/// <summary>What this process is told where it is a child.</summary>
/// <remarks>
/// A thread of its own waits on the link, since the thread pool may be busy with the program's work when the parent
/// dies. <c>PR_SET_PDEATHSIG</c> is not used: it fires when the thread that forked ends, and that is one of the pool.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "There is one, and it lasts as long as the process.")]
internal sealed class ChildSide
{
    /// <summary>The environment variable that holds the descriptor of the link.</summary>
    public const string Variable = "WAYMARK_CHILD";

    // Together with what the program does meanwhile: a child is gone within a second of its parent.
    private static readonly TimeSpan OrphanGrace = TimeSpan.FromMilliseconds(500);
    private static readonly Lazy<ChildSide?> Loaded = new(Load);

    private readonly ChildLink _link;
    private readonly Dictionary<string, (int Descriptor, long Size)> _shared = [];
    private readonly TaskCompletionSource<TimeSpan> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();

    private ChildSide(ChildLink link, string[] texts)
    {
        _link = link;
        (Key, Endpoint) = (texts[0], texts[1]);
        int count = int.Parse(texts[2], CultureInfo.InvariantCulture);
        Arguments = texts[3..(3 + count)];
        for (int i = 3 + count; i < texts.Length; i += 3)
        {
            int descriptor = int.Parse(texts[i + 1], CultureInfo.InvariantCulture);
            Posix.SetInheritable(descriptor, isInheritable: false);
            _shared[texts[i]] = (descriptor, long.Parse(texts[i + 2], CultureInfo.InvariantCulture));
        }

        new Thread(Watch) { IsBackground = true, Name = "Waymark child link" }.Start();
    }

    /// <summary>Null where this process is no child.</summary>
    public static ChildSide? Current => Loaded.Value;

    /// <summary>What it is to run.</summary>
    public string Key { get; }

    /// <summary>What to listen on.</summary>
    public string Endpoint { get; }

    /// <summary>What the entry gets.</summary>
    public string[] Arguments { get; }

    /// <summary>True once the program has taken up its work: from there on it may start children of its own.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Ends with the drain time when the child is to stop; zero where its parent is gone.</summary>
    public Task<TimeSpan> StopRequested => _stop.Task;

    /// <summary>Cancelled when the child is to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Takes up the work of a key, with what it needs of signals.</summary>
    /// <returns>Null where this process has other work, or is no child.</returns>
    public static ChildSide? Take(string key)
    {
        ChildSide? child = Current;
        if (child is null || child.IsTaken || child.Key != key)
            return null;
        child.IsTaken = true;
        return child;
    }

    /// <summary>Has signals do what they should in a child, until the result is disposed.</summary>
    /// <remarks>
    /// Ctrl+C reaches parent and child alike, and the parent says what becomes of it. SIGTERM is for this process.
    /// </remarks>
    public IDisposable HandleSignals() => new Signals(this);

    /// <summary>Gives the memory that the parent handed over; null where it did not.</summary>
    public int? TakeShared(string name, long size)
    {
        if (!_shared.Remove(name, out (int Descriptor, long Size) shared))
            return null;
        return shared.Size == size
            ? shared.Descriptor
            : throw new InvalidOperationException(
                $"The shared memory '{name}' has {shared.Size} bytes in the parent and {size} here: make both alike.");
    }

    /// <summary>Tells the parent that the start is done.</summary>
    public void TellReady(params string[] endpoints) => _link.Send(ChildWord.Ready, endpoints);

    /// <summary>Tells the parent why there was no start.</summary>
    public void TellFailure(Exception cause)
    {
        var startup = cause as ServerStartupException;
        _link.Send(
            ChildWord.Failed, cause.GetType().FullName ?? cause.GetType().Name, Cut(cause.Message),
            Cut(cause.ToString()), startup?.Endpoint ?? "",
            startup?.SocketError is { } error ? ((int)error).ToString(CultureInfo.InvariantCulture) : "");
    }

    private static string Cut(string text) =>
        text.Length <= ChildLink.MessageBytesMax / 8 ? text : text[..(ChildLink.MessageBytesMax / 8)];

    private static ChildSide? Load()
    {
        string? text = Environment.GetEnvironmentVariable(Variable);
        if (!OperatingSystem.IsLinux() || !int.TryParse(text, CultureInfo.InvariantCulture, out int descriptor))
            return null;

        // Programs that this one starts are no children in this sense.
        Environment.SetEnvironmentVariable(Variable, null);
        Posix.SetInheritable(descriptor, isInheritable: false);
        var link = new ChildLink(descriptor);
        ChildMessage order = link.Receive();
        if (order.Word == ChildWord.Order)
            return new ChildSide(link, order.Texts);

        // The parent died before it said a word.
        Posix.ExitNow(1);
        return null;
    }

    private void Watch()
    {
        ChildMessage message = _link.Receive();
        if (message.Word == ChildWord.Stop)
        {
            RequestStop(TimeSpan.FromMilliseconds(double.Parse(message.Texts[0], CultureInfo.InvariantCulture)));
            message = _link.Receive();
        }

        // Nobody is left to work for, whatever the program thinks of it.
        RequestStop(TimeSpan.Zero);
        using (var never = new ManualResetEventSlim())
            never.Wait(OrphanGrace);
        Posix.ExitNow(1);
    }

    private void RequestStop(TimeSpan drainTimeout)
    {
        // Not on this thread: what is registered on the token may block.
        if (_stop.TrySetResult(drainTimeout))
            _ = Task.Run(_stopping.CancelAsync);
    }

    private sealed class Signals : IDisposable
    {
        private readonly PosixSignalRegistration _interrupt;
        private readonly PosixSignalRegistration _terminate;

        public Signals(ChildSide child)
        {
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
            _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                child.RequestStop(TimeSpan.FromSeconds(30));
            });
        }

        public void Dispose()
        {
            _interrupt.Dispose();
            _terminate.Dispose();
        }
    }
}
