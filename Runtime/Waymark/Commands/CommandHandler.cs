using System.ComponentModel;
using System.Runtime.CompilerServices;
using Waymark.Commands;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A <see cref="StreamHandler{TIn, TOut}"/> whose methods are commands.</summary>
/// <remarks>
/// The class is partial: a source generator writes what finds the method of a line by its <see
/// cref="CommandAttribute"/>, reads its parameters and sends what it returns. See <see
/// cref="CommandHandler{TOut, TState}"/> for one that keeps something for each client.
/// <para>
/// A parameter has the name of a capture, or is of a type that says what it is: <see cref="CancellationToken"/>,
/// <c>StreamClient</c>, <see cref="CommandLine"/>. A method returns the answer, null for none, nothing, several
/// answers (<see cref="IEnumerable{T}"/>, <see cref="IAsyncEnumerable{T}"/>), or a task of these.
/// </para>
/// </remarks>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <example>
/// <code>
/// sealed partial class Clock : CommandHandler&lt;string&gt;
/// {
///     [Command("TIME")]
///     static string Now() => DateTimeOffset.UtcNow.ToString("O");
///
///     [Command("ADD :left :right")]
///     static string Add(int left, int right) => $"{left + right}";
///
///     protected override string Reject(CommandRejection rejection) => "ERROR " + rejection.Message;
/// }
///
/// // TcpServer.Create(new CommandLineProtocol(), new Clock())
/// </code>
/// </example>
public abstract class CommandHandler<TOut> : StreamHandler<CommandLine, TOut>
{
    /// <summary>The commands, sorted by template.</summary>
    public virtual IReadOnlyList<CommandInfo> Commands => [];

    /// <summary>
    /// How long a client may be silent before its connection is closed: 0 to 1 day, or infinite, which is the default.
    /// </summary>
    protected virtual TimeSpan IdleTimeout => Timeout.InfiniteTimeSpan;

    /// <summary>Makes the answer to a line that no command answers.</summary>
    /// <param name="rejection">What is wrong with it.</param>
    /// <returns>The answer; null for none.</returns>
    protected abstract TOut Reject(CommandRejection rejection);

    /// <summary>Receives one line and has its command answer it.</summary>
    /// <remarks>What a command throws passes on: the connection is closed.</remarks>
    /// <inheritdoc/>
    protected internal override ValueTask HandleAsync(StreamClient<CommandLine, TOut> client, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(client);
        ValueTask<CommandLine> receiving;
        try
        {
            receiving = client.ReceiveAsync(IdleTimeout, stop);
        }
        catch (StreamProtocolException e) when (e.IsResumable)
        {
            CommandAnswers.Write(client, Reject(Rejections.Malformed(e)));
            return ValueTask.CompletedTask;
        }

        // A line of a burst is there already: no state machine for it.
        return receiving.IsCompletedSuccessfully
            ? DispatchAsync(receiving.Result, client, stop)
            : HandleLaterAsync(receiving, client, stop);
    }

    /// <summary>Finds the command of a line and runs it: overridden by generated code, not meant for direct
    /// use.</summary>
    /// <param name="line">The line.</param>
    /// <param name="client">The client.</param>
    /// <param name="stop">Cancelled when the drain time of a stop is over.</param>
    /// <returns>Ends when the command has, and its answer is written.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual ValueTask DispatchAsync(
        CommandLine line, StreamClient<CommandLine, TOut> client, CancellationToken stop)
    {
        if (Rejections.Of(line, Commands) is { } rejection)
            CommandAnswers.Write(client, Reject(rejection));
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask HandleLaterAsync(
        ValueTask<CommandLine> receiving, StreamClient<CommandLine, TOut> client, CancellationToken stop)
    {
        CommandLine line;
        try
        {
            line = await receiving.ConfigureAwait(false);
        }
        catch (StreamProtocolException e) when (e.IsResumable)
        {
            CommandAnswers.Write(client, Reject(Rejections.Malformed(e)));
            return;
        }

        await DispatchAsync(line, client, stop).ConfigureAwait(false);
    }
}
