using Microsoft.Extensions.Logging;

namespace Waymark.Middleware.Logging;

/// <summary>Takes lines from any thread and writes them in batches; nobody who gives one waits.</summary>
/// <remarks>
/// <code>
///  Append --> filling --(period over, or 32 KiB)--> taken by the one writer --> stream
///     +--(too much waits)--> dropped and counted
/// </code>
/// Two buffers change places: while one is written, the other fills. A line that comes while the writer runs is taken
/// by its next turn, which is decided under the same lock, so none is left behind.
/// </remarks>
internal sealed class LogSink : IThreadPoolWorkItem
{
    private const int UrgentBytes = 32 * 1024;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly int _pendingBytesMax;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;

    // INVARIANT: all of these under _lock, but that the writer alone has _taken while _isWriting.
    private byte[] _filling = new byte[2 * UrgentBytes];
    private byte[] _taken = new byte[2 * UrgentBytes];
    private int _length;
    private bool _isScheduled;
    private bool _isUrgent;
    private bool _isWriting;
    private bool _hasFailed;
    private long _droppedCount;
    private TaskCompletionSource? _idle;

    public LogSink(Stream stream, TimeSpan period, int pendingBytesMax, TimeProvider time, ILogger logger)
    {
        _stream = stream;
        _period = period;
        _pendingBytesMax = pendingBytesMax;
        _time = time;
        _logger = logger;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(
                static sink => ((LogSink)sink!).Write(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Takes a line, its end included.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        bool mustWrite = false;
        bool mustSchedule = false;
        lock (_lock)
        {
            if (_length + line.Length > _pendingBytesMax)
            {
                _droppedCount++;
                return;
            }

            if (_length + line.Length > _filling.Length)
                Array.Resize(ref _filling, Math.Max(_filling.Length * 2, _length + line.Length));
            line.CopyTo(_filling.AsSpan(_length));
            _length += line.Length;
            if (!_isWriting && !_isUrgent)
            {
                mustWrite = _isUrgent = _length >= UrgentBytes;
                mustSchedule = !_isScheduled;
                _isScheduled = true;
            }
        }

        if (mustWrite)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else if (mustSchedule)
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes all that there is; gives up on a stream that takes nothing for 5 s.</summary>
    public async ValueTask FlushAsync()
    {
        Task idle;
        lock (_lock)
        {
            if (!_isWriting && _length == 0)
                return;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        try
        {
            await idle.WaitAsync(EndPatience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            MiddlewareLog.AccessLogStuck(_logger);
        }
    }

    void IThreadPoolWorkItem.Execute() => Write();

    private void Write()
    {
        lock (_lock)
        {
            if (_isWriting)
                return;
            _isWriting = true;
        }

        while (TryTake(out int length, out long droppedCount))
        {
            if (droppedCount > 0)
                MiddlewareLog.AccessLogDropped(_logger, droppedCount);
            WriteOnce(_taken.AsSpan(0, length));
        }
    }

    private bool TryTake(out int length, out long droppedCount)
    {
        lock (_lock)
        {
            length = _length;
            droppedCount = _droppedCount;
            _droppedCount = 0;
            if (length == 0)
            {
                _isWriting = _isScheduled = _isUrgent = false;
                _idle?.TrySetResult();
                _idle = null;
                return false;
            }

            (_filling, _taken) = (_taken, _filling);
            _length = 0;
            return true;
        }
    }

    private void WriteOnce(ReadOnlySpan<byte> lines)
    {
        try
        {
            _stream.Write(lines);
            _stream.Flush();
            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Whoever read the log is gone. A server goes on serving without it, and says so once.
            if (!_hasFailed)
                MiddlewareLog.AccessLogFailed(_logger, exception);
            _hasFailed = true;
        }
    }
}
