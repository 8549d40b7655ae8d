using Microsoft.Extensions.Logging;

namespace Waymark.Background;

/// <summary>The log events of child processes: ids 1620 to 1649.</summary>
internal static partial class ProcessLog
{
    [LoggerMessage(1620, LogLevel.Information, "{Name} runs in process {ProcessId}")]
    public static partial void ChildStarted(ILogger logger, string name, int processId);

    [LoggerMessage(1621, LogLevel.Information, "{Name}: process {ProcessId} has ended with {ExitCode}")]
    public static partial void ChildEnded(ILogger logger, string name, int processId, int exitCode);

    [LoggerMessage(1622, LogLevel.Error, "{Name}: process {ProcessId} ended with {ExitCode}, which nobody asked for")]
    public static partial void ChildLost(ILogger logger, string name, int processId, int exitCode);

    [LoggerMessage(1623, LogLevel.Error, "{Name} could not be started again (restart {Count})")]
    public static partial void RestartFailed(ILogger logger, string name, int count, Exception cause);

    [LoggerMessage(1624, LogLevel.Critical, "{Name} is given up after {Count} restart(s): it runs no more")]
    public static partial void ChildGivenUp(ILogger logger, string name, int count);
}
