using System.Text;
using Waymark.Middleware.Logging;
using Waymark.Tests.Support;

namespace Waymark.Tests.Middleware.Logging;

/// <summary>Lines come out whole, in batches, and nobody who gives one waits.</summary>
public sealed class LogSinkTests : IDisposable
{
    private const int PendingBytesMax = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly GatedStream _stream = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ListLogger _logger = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _stream.Dispose();

    [Fact]
    public void Lines_wait_for_others_until_the_period_is_over_and_are_one_write()
    {
        LogSink sink = New();
        sink.Append("a\n"u8);
        _time.Advance(Period / 2);
        sink.Append("b\n"u8);
        Assert.Equal("", _stream.Text);
        _time.Advance(Period / 2);
        Assert.Equal("a\nb\n", _stream.Text);
        Assert.Equal(1, _stream.WriteCount);
        sink.Append("c\n"u8);
        _time.Advance(Period);
        Assert.Equal("a\nb\nc\n", _stream.Text);
    }

    [Fact]
    public async Task A_full_buffer_waits_for_no_time()
    {
        LogSink sink = New();
        sink.Append(new byte[33 * 1024]);
        await _stream.Written.Task.WaitAsync(Patience, Stop);
        Assert.Equal(33 * 1024, _stream.Text.Length);
    }

    [Fact]
    public async Task A_stream_that_takes_nothing_costs_lines_and_no_time_and_the_log_says_how_many()
    {
        LogSink sink = New();
        _stream.Gate.Reset();
        sink.Append(new byte[33 * 1024]);
        await _stream.Entered.Task.WaitAsync(Patience, Stop);

        // One buffer is with the stream; behind it so much may wait and no more.
        byte[] line = new byte[1024];
        for (int i = 0; i < 64; i++)
            sink.Append(line);
        sink.Append("x\n"u8);
        sink.Append("y\n"u8);
        _stream.Gate.Set();
        await sink.FlushAsync();
        Assert.Equal((33 + 64) * 1024, _stream.Text.Length);
        Assert.Equal("2 line(s) of the access log dropped: its stream takes too little", Message(1402));
        sink.Append("z\n"u8);
        await sink.FlushAsync();
        Assert.EndsWith("z\n", _stream.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_gives_up_on_a_stream_that_takes_nothing()
    {
        LogSink sink = New();
        _stream.Gate.Reset();
        sink.Append("a\n"u8);
        Task flushing = sink.FlushAsync().AsTask();
        await _stream.Entered.Task.WaitAsync(Patience, Stop);
        await _time.UntilTimerAsync(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        await flushing.WaitAsync(Patience, Stop);
        Assert.Equal(1, _logger.CountOf(1403));
        _stream.Gate.Set();
    }

    [Fact]
    public void A_stream_that_fails_is_told_once_and_tried_again()
    {
        LogSink sink = New();
        _stream.IsFailing = true;
        for (int i = 0; i < 3; i++)
        {
            sink.Append("lost\n"u8);
            _time.Advance(Period);
        }

        _stream.IsFailing = false;
        sink.Append("kept\n"u8);
        _time.Advance(Period);
        Assert.Equal("kept\n", _stream.Text);
        Assert.Equal(1, _logger.CountOf(1401));
    }

    [Fact]
    public async Task A_flush_of_nothing_ends_at_once() => await New().FlushAsync();

    [Fact]
    public async Task Lines_of_many_threads_are_never_torn_and_none_is_lost()
    {
        var sink = new LogSink(_stream, Period, 64 * 1024 * 1024, _time, _logger);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(
            () =>
            {
                byte[] line = Encoding.ASCII.GetBytes(new string((char)('a' + n), 80) + "\n");
                for (int i = 0; i < 5000; i++)
                    sink.Append(line);
            },
            Stop)));
        await sink.FlushAsync();
        string[] lines = _stream.Text.Split('\n')[..^1];
        Assert.Equal(40_000, lines.Length);
        Assert.All(lines, line => Assert.Equal(new string(line[0], 80), line));
    }

    private LogSink New() => new(_stream, Period, PendingBytesMax, _time, _logger);

    private string Message(int id) => _logger.Events.Single(logged => logged.Id == id).Message;

    /// <summary>Takes what is written while its gate is open.</summary>
    private sealed class GatedStream : MemoryStream
    {
        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public TaskCompletionSource Entered { get; } = New();

        public TaskCompletionSource Written { get; } = New();

        public bool IsFailing { get; set; }

        public int WriteCount { get; private set; }

        public string Text => Encoding.ASCII.GetString(ToArray());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Entered.TrySetResult();
            Gate.Wait();
            if (IsFailing)
                throw new IOException("gone");
            base.Write(buffer);
            WriteCount++;
            Written.TrySetResult();
        }

        protected override void Dispose(bool disposing)
        {
            Gate.Dispose();
            base.Dispose(disposing);
        }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
