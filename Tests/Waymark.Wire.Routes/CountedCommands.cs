namespace Waymark.Wire.Routes;

/// <summary>What is kept for a client of <see cref="CountedCommands"/>.</summary>
public sealed class CommandCount
{
    /// <summary>The sum of all that was added.</summary>
    public long Sum { get; set; }
}

/// <summary>Commands whose parameters and answers are no new objects.</summary>
public sealed partial class CountedCommands : CommandHandler<string, CommandCount>
{
    /// <summary>The state of the last client.</summary>
    public CommandCount Last { get; private set; } = new();

    /// <inheritdoc/>
    protected override CommandCount CreateState(ConnectionInfo connection) => Last = new CommandCount();

    /// <inheritdoc/>
    protected override string Reject(CommandRejection rejection) => "rejected";

    [Command("PING")]
    private static string Ping() => "PONG";

    [Command("ADD :number :more<range(1,9)>?")]
    private static string? Add(int number, int? more, CommandCount count)
    {
        count.Sum += number + (more ?? 0);
        return null;
    }

    [Command("SIZE *text")]
    private static string Size(ReadOnlySpan<byte> text, ReadOnlyMemory<byte> memory = default) =>
        text.Length > memory.Length ? "large" : "small";

    [Command("SOON :word")]
    private ValueTask<string> Soon(ReadOnlyMemory<byte> word) => new(word.Length > Last.Sum ? "a" : "b");
}
