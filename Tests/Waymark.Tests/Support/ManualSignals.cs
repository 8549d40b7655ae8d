using Waymark.Hosting;

namespace Waymark.Tests.Support;

/// <summary>Signals that a test sends.</summary>
internal sealed class ManualSignals : SignalSource
{
    private Action<string>? _onSignal;

    public bool IsRegistered => _onSignal is not null;

    public bool WasRegistered { get; private set; }

    public override IDisposable Register(Action<string> onSignal)
    {
        _onSignal = onSignal;
        WasRegistered = true;
        return new Registration(this);
    }

    public void Send(string name) => _onSignal!(name);

    private sealed class Registration(ManualSignals owner) : IDisposable
    {
        public void Dispose() => owner._onSignal = null;
    }
}
