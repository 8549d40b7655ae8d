using System.ComponentModel;
using System.Runtime.CompilerServices;
using Waymark.Commands;
using Waymark.CompilerServices;

namespace Waymark;

/// <summary>A <see cref="CommandHandler{TOut}"/> that keeps something for each client.</summary>
/// <remarks>A parameter of the type <typeparamref name="TState"/> is what is kept for the client.</remarks>
/// <typeparam name="TOut">What is sent.</typeparam>
/// <typeparam name="TState">
/// What is kept. Disposed after the client has left, where it is an <see cref="IAsyncDisposable"/> or an <see
/// cref="IDisposable"/>.
/// </typeparam>
/// <example>
/// <code>
/// sealed class Session
/// {
///     public string? User { get; set; }
/// }
///
/// sealed partial class Ftp : CommandHandler&lt;string, Session&gt;
/// {
///     [Command("USER :name")]
///     static string User(string name, Session session) => $"331 Password for {session.User = name}.";
///
///     protected override Session CreateState(ConnectionInfo connection) => new();
///
///     protected override string Reject(CommandRejection rejection) => "500 " + rejection.Message;
/// }
/// </code>
/// </example>
public abstract class CommandHandler<TOut, TState> : StreamHandler<CommandLine, TOut, TState>
{
    /// <inheritdoc cref="CommandHandler{TOut}.Commands"/>
    public virtual IReadOnlyList<CommandInfo> Commands => [];

    /// <inheritdoc cref="CommandHandler{TOut}.IdleTimeout"/>
    protected virtual TimeSpan IdleTimeout => Timeout.InfiniteTimeSpan;

    /// <inheritdoc cref="CommandHandler{TOut}.Reject"/>
    protected abstract TOut Reject(CommandRejection rejection);

    /// <inheritdoc cref="CommandHandler{TOut}.HandleAsync"/>
    protected override ValueTask HandleAsync(StreamClient<CommandLine, TOut, TState> client, CancellationToken stop)
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

    /// <inheritdoc cref="CommandHandler{TOut}.DispatchAsync"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual ValueTask DispatchAsync(
        CommandLine line, StreamClient<CommandLine, TOut, TState> client, CancellationToken stop)
    {
        if (Rejections.Of(line, Commands) is { } rejection)
            CommandAnswers.Write(client, Reject(rejection));
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask HandleLaterAsync(
        ValueTask<CommandLine> receiving, StreamClient<CommandLine, TOut, TState> client, CancellationToken stop)
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
