using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http;

namespace Waymark.Hosting;

/// <summary>What a server takes from its process; tests put their own in its place.</summary>
internal sealed class HostEnvironment
{
    public SignalSource Signals { get; init; } = new PosixSignals();

    /// <summary>The command line without the program's name.</summary>
    public Func<string[]> GetArguments { get; init; } = static () => Environment.GetCommandLineArgs()[1..];

    public Action<string> WriteOutput { get; init; } = StandardStreams.WriteOutput;

    /// <summary>True where people read what <see cref="WriteOutput"/> writes.</summary>
    public Func<bool> IsOutputTerminal { get; init; } = static () => !Console.IsOutputRedirected;

    public Action<string> WriteError { get; init; } = StandardStreams.WriteError;

    public Func<string, string?> GetVariable { get; init; } = Environment.GetEnvironmentVariable;

    public int ProcessId { get; init; } = Environment.ProcessId;

    /// <summary>Unsets variables once what they passed is taken, so that nothing takes it twice.</summary>
    public Action<string[]> Unset { get; init; } = static names =>
    {
        foreach (string name in names)
            Environment.SetEnvironmentVariable(name, null);
    };

    /// <summary>Makes the protocol from the composed handler.</summary>
    public Func<Handler, ServerOptions, ILogger, ExceptionPolicy, ConnectionHandler> CreateProtocol { get; init; } =
        static (handler, options, logger, exceptions) => new HttpConnectionHandler(
            handler, options.Limits, options.TimeProvider, logger, options.DetailedErrors, options.TargetRules,
            options.Services, exceptions, options.ClosePolicy, options.ServerField, options.SendsDate,
            options.EventKeepAlive);
}
