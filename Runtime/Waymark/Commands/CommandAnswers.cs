using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Waymark.CompilerServices;

/// <summary>Sends what commands return.</summary>
/// <remarks>
/// Called by generated code; not meant for direct use. An answer is written, and goes out with those behind it when the
/// next receive has to wait; where a command does not end at once, those before it go out first.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CommandAnswers
{
    /// <summary>Writes an answer; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="answer">The answer.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static void Write<TOut>(StreamClient<CommandLine, TOut> client, TOut? answer)
    {
        if (answer is not null)
            client.Write(answer);
    }

    /// <summary>Writes an answer that is a value; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="answer">The answer.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static void WriteValue<TOut>(StreamClient<CommandLine, TOut> client, TOut? answer)
        where TOut : struct
    {
        if (answer is { } value)
            client.Write(value);
    }

    /// <summary>Writes several answers; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="answers">The answers.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static void WriteAll<TOut>(StreamClient<CommandLine, TOut> client, IEnumerable<TOut>? answers)
    {
        if (answers is null)
            return;
        foreach (TOut answer in answers)
            Write(client, answer);
    }

    /// <summary>Sends several answers, each as it comes; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="stop">Given to the enumeration and to the sends.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static async ValueTask SendAll<TOut>(
        StreamClient<CommandLine, TOut> client, IAsyncEnumerable<TOut>? answers, CancellationToken stop)
    {
        if (answers is null)
            return;
        await FlushAsync(client).ConfigureAwait(false);
        await foreach (TOut answer in answers.WithCancellation(stop).ConfigureAwait(false))
        {
            if (answer is not null)
                await client.SendAsync(answer, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a command that answers nothing.</summary>
    /// <param name="client">The client.</param>
    /// <param name="call">The command.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static ValueTask Await<TOut>(StreamClient<CommandLine, TOut> client, ValueTask call)
    {
        if (!call.IsCompletedSuccessfully)
            return AwaitAsync(client, call);
        call.GetAwaiter().GetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for a command and writes its answer; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="call">The command.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static ValueTask Answer<TOut>(StreamClient<CommandLine, TOut> client, ValueTask<TOut?> call)
    {
        if (!call.IsCompletedSuccessfully)
            return AnswerAsync(client, call);
        Write(client, call.Result);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for a command and writes its answer, a value; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="call">The command.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    public static ValueTask AnswerValue<TOut>(StreamClient<CommandLine, TOut> client, ValueTask<TOut?> call)
        where TOut : struct
    {
        if (!call.IsCompletedSuccessfully)
            return AnswerValueAsync(client, call);
        WriteValue(client, call.Result);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for a command and writes its answers; null is none.</summary>
    /// <param name="client">The client.</param>
    /// <param name="call">The command.</param>
    /// <typeparam name="TOut">What is sent.</typeparam>
    /// <typeparam name="TAnswers">What holds the answers.</typeparam>
    public static ValueTask AnswerAll<TOut, TAnswers>(StreamClient<CommandLine, TOut> client, ValueTask<TAnswers> call)
        where TAnswers : IEnumerable<TOut>?
    {
        if (!call.IsCompletedSuccessfully)
            return AnswerAllAsync(client, call);
        WriteAll(client, call.Result);
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AwaitAsync<TOut>(StreamClient<CommandLine, TOut> client, ValueTask call)
    {
        await FlushAsync(client).ConfigureAwait(false);
        await call.ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AnswerAsync<TOut>(StreamClient<CommandLine, TOut> client, ValueTask<TOut?> call)
    {
        await FlushAsync(client).ConfigureAwait(false);
        Write(client, await call.ConfigureAwait(false));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AnswerValueAsync<TOut>(
        StreamClient<CommandLine, TOut> client, ValueTask<TOut?> call)
        where TOut : struct
    {
        await FlushAsync(client).ConfigureAwait(false);
        WriteValue(client, await call.ConfigureAwait(false));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask AnswerAllAsync<TOut, TAnswers>(
        StreamClient<CommandLine, TOut> client, ValueTask<TAnswers> call)
        where TAnswers : IEnumerable<TOut>?
    {
        await FlushAsync(client).ConfigureAwait(false);
        WriteAll(client, await call.ConfigureAwait(false));
    }

    /// <summary>Sends what earlier commands have answered: their client need not wait for this one.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FlushAsync<TOut>(StreamClient<CommandLine, TOut> client)
    {
        try
        {
            await client.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The command is under way and has to be waited for. Who writes or receives next is told the same.
        }
    }
}
