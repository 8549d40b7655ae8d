using System.Net;
using System.Text;
using Waymark.Transport;

namespace Waymark.Tests.Support;

/// <summary>
/// A connection without a peer: its receive waits until it is ended, and what was done to it can be asked.
/// </summary>
internal sealed class FakeConnection : Connection
{
    private readonly TaskCompletionSource<int> _receive = New<int>();
    private readonly TaskCompletionSource _stopped = New();
    private readonly TaskCompletionSource _aborted = New();
    private readonly TaskCompletionSource _disposed = New();
    private readonly StringBuilder _sent = new();

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    public Task ReceivingStopped => Limited(_stopped.Task);

    public Task Aborted => Limited(_aborted.Task);

    public Task Disposed => Limited(_disposed.Task);

    public bool IsReceivingStopped => _stopped.Task.IsCompleted;

    public bool IsAborted => _aborted.Task.IsCompleted;

    public string Sent => _sent.ToString();

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer) => new(_receive.Task);

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        _sent.Append(Encoding.ASCII.GetString(data.Span));
        return ValueTask.CompletedTask;
    }

    public override void StopReceiving()
    {
        _receive.TrySetResult(0);
        _stopped.TrySetResult();
    }

    public override void ShutdownSend() => _sent.Append("<FIN>");

    public override void Abort()
    {
        _receive.TrySetException(new IOException("aborted"));
        _aborted.TrySetResult();
    }

    public override ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private static Task Limited(Task task) =>
        task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
