using System.Threading.Channels;
using Waymark.Transport;

namespace Waymark.Tests.Support;

/// <summary>A listener whose accepts end as a test says: with a connection or with an error.</summary>
internal sealed class FakeListener : Listener
{
    private readonly Channel<object> _queue = Channel.CreateUnbounded<object>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Endpoint Endpoint { get; } = Endpoint.ForIp(System.Net.IPAddress.Loopback, 1);

    public override bool HasWaiting => !_closed.Task.IsCompleted && _queue.Reader.Count > 0;

    public Task Closed => _closed.Task;

    public void Offer(Connection connection) => _queue.Writer.TryWrite(connection);

    public void Offer(Exception error) => _queue.Writer.TryWrite(error);

    public override async ValueTask<Connection?> AcceptAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            // As in the kernel: what stands in the queue when the listener closes is lost.
            if (_closed.Task.IsCompleted)
                return null;
            if (_queue.Reader.TryRead(out object? next))
                return next is Exception error ? throw error : (Connection)next;
        }

        return null;
    }

    public override ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        _queue.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
