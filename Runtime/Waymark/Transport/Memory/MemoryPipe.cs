namespace Waymark.Transport.Memory;

/// <summary>One direction of a connection in memory: bytes wait here until they are received.</summary>
/// <remarks>Thread-safe. Unbounded: a writer never waits.</remarks>
internal sealed class MemoryPipe
{
    private readonly Lock _lock = new();
    private readonly Queue<byte[]> _pieces = new();
    private int _offset;
    private bool _isEnded;
    private ConnectionLostException? _failure;
    private TaskCompletionSource? _arrival;
    private TaskCompletionSource? _starved;

    /// <summary>True where one of the ends has been aborted.</summary>
    public bool HasFailed
    {
        get
        {
            lock (_lock)
                return _failure is not null;
        }
    }

    /// <summary>Ends when a reader waits and nothing is there: all that was sent has been taken.</summary>
    public Task WaitUntilStarvedAsync()
    {
        lock (_lock)
        {
            if (_arrival is not null || _isEnded || _failure is not null)
                return Task.CompletedTask;
            _starved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _starved.Task;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_failure is not null)
                throw _failure;
            if (_isEnded)
                throw new ConnectionLostException("The direction is shut down.");
            if (bytes.IsEmpty)
                return;
            _pieces.Enqueue(bytes.ToArray());
            Wake();
        }
    }

    /// <summary>Nothing more will be written; what is there can still be read.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            Wake();
            _starved?.TrySetResult();
        }
    }

    /// <summary>Reads and writes fail from now on.</summary>
    public void Fail(string message)
    {
        lock (_lock)
        {
            _failure ??= new ConnectionLostException(message);
            Wake();
            _starved?.TrySetResult();
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                if (_failure is not null)
                    throw _failure;
                if (_pieces.Count > 0)
                    return Take(buffer.Span);
                if (_isEnded)
                    return 0;
                _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
                _starved?.TrySetResult();
                _starved = null;
            }

            await arrival.ConfigureAwait(false);
        }
    }

    private int Take(Span<byte> buffer)
    {
        byte[] piece = _pieces.Peek();
        int count = Math.Min(buffer.Length, piece.Length - _offset);
        piece.AsSpan(_offset, count).CopyTo(buffer);
        _offset += count;
        if (_offset == piece.Length)
        {
            _pieces.Dequeue();
            _offset = 0;
        }

        return count;
    }

    private void Wake()
    {
        _arrival?.TrySetResult();
        _arrival = null;
    }
}
