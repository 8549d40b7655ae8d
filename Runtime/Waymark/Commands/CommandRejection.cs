namespace Waymark;

/// <summary>Why a line was not answered by a command.</summary>
/// <param name="kind">What is wrong.</param>
/// <param name="command">As <see cref="Command"/>.</param>
/// <param name="parameter">As <see cref="Parameter"/>.</param>
/// <param name="message">As <see cref="Message"/>.</param>
public sealed class CommandRejection(CommandRejectionKind kind, string command, string? parameter, string message)
{
    /// <summary>What is wrong.</summary>
    public CommandRejectionKind Kind { get; } = kind;

    /// <summary>
    /// The literal words that the templates in question begin with: <c>STOR</c>, <c>CONFIG GET</c>; "" where there are
    /// none.
    /// </summary>
    public string Command { get; } = command;

    /// <summary>The parameter whose word is wrong; null but for <see cref="CommandRejectionKind.Value"/>.</summary>
    public string? Parameter { get; } = parameter;

    /// <summary>
    /// A finished English sentence that may be shown to the client: <c>Unknown command 'FOO'.</c> Of what the client
    /// sent it holds at most 64 characters, control characters escaped.
    /// </summary>
    public string Message { get; } = message;
}

/// <summary>What is wrong with a line.</summary>
public enum CommandRejectionKind
{
    /// <summary>No template begins with its first word.</summary>
    Unknown,

    /// <summary>Templates begin as it does, and none fits the rest.</summary>
    Arguments,

    /// <summary>A word cannot be read as the type of its parameter.</summary>
    Value,

    /// <summary>The protocol could not read it: it is too long, for example. The next one can be received.</summary>
    Malformed,
}
