using System.Runtime.InteropServices;

namespace Waymark.Hosting;

/// <summary>Where the wish to end the process comes from; tests have their own.</summary>
internal abstract class SignalSource
{
    /// <summary>Calls back with the signal's name at each signal, until the result is disposed.</summary>
    public abstract IDisposable Register(Action<string> onSignal);
}

/// <summary>SIGINT (Ctrl+C) and SIGTERM of this process.</summary>
/// <remarks>
/// While registered, they no longer end the process by themselves. Other handlers of theirs are called as before, and
/// once the registration is disposed the signals do what they did without it.
/// </remarks>
internal sealed class PosixSignals : SignalSource
{
    public override IDisposable Register(Action<string> onSignal) => new Registration(onSignal);

    private sealed class Registration : IDisposable
    {
        private readonly PosixSignalRegistration _interrupt;
        private readonly PosixSignalRegistration _terminate;

        public Registration(Action<string> onSignal)
        {
            _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, "SIGINT"));
            _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, "SIGTERM"));

            void Take(PosixSignalContext context, string name)
            {
                context.Cancel = true;
                onSignal(name);
            }
        }

        public void Dispose()
        {
            _interrupt.Dispose();
            _terminate.Dispose();
        }
    }
}

/// <summary>Turns signals into two tasks: the first asks for a stop, the second for an end at once.</summary>
internal sealed class Lifetime : IDisposable
{
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _registration;

    public Lifetime(SignalSource signals) => _registration = signals.Register(OnSignal);

    /// <summary>Ends with the name of the first signal.</summary>
    public Task<string> FirstSignal => _first.Task;

    /// <summary>Ends with the name of the second signal.</summary>
    public Task<string> SecondSignal => _second.Task;

    public void Dispose() => _registration.Dispose();

    private void OnSignal(string name)
    {
        if (!_first.TrySetResult(name))
            _second.TrySetResult(name);
    }
}
