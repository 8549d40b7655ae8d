using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;
using Waymark.Tests.Support;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Clients that leave in the middle: nothing is left behind, nobody is called for nothing.</summary>
[Collection(nameof(TemporaryFileTests))]
public sealed class DepartureTests
{
    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    private readonly ListLogger _logger = new();
    private readonly List<Exception> _hooked = [];

    public static TheoryData<bool> FinAndReset => [false, true];

    [Theory]
    [MemberData(nameof(FinAndReset))]
    public async Task Who_leaves_in_the_middle_of_JSON_calls_no_handler(bool resets)
    {
        byte[] request = Engine.Bytes(FormAnswer.Post("application/json", "{\"name\":\"n\"}")
            .Replace("POST /", "POST /bodies/json", StringComparison.Ordinal));
        for (int length = request.Length - 11; length < request.Length; length++)
        {
            LeavingConnection client = await PlayAsync(request.AsMemory(0, length), resets);
            Assert.DoesNotContain("HTTP/1.1 200", client.Sent, StringComparison.Ordinal);
            Assert.Equal(!resets, client.Sent.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal));
        }

        AssertQuiet(resets);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 50_010)]
    [InlineData(true, 1)]
    [InlineData(true, 50_010)]
    public async Task Who_leaves_in_the_middle_of_an_upload_leaves_no_file_behind(bool resets, int missing)
    {
        byte[] request = Engine.Bytes(
            FormAnswer.Multipart("doc:1=" + new string('x', 50_000), "doc:2=" + new string('y', 50_000), "title=t")
                .Replace("POST /", "POST /forms/files", StringComparison.Ordinal));
        LeavingConnection client = await PlayAsync(request.AsMemory(0, request.Length - missing), resets);
        Assert.DoesNotContain("HTTP/1.1 200", client.Sent, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"waymark-{Environment.ProcessId}-*"));
        Assert.Empty(OpenTemporaryFiles());
        AssertQuiet(resets);
    }

    [Theory]
    [InlineData("seekable")]
    [InlineData("endless")]
    public async Task Who_leaves_a_streamed_answer_lets_the_stream_be_disposed(string kind)
    {
        var stream = new NotingStream(kind == "endless" ? long.MaxValue : 10_000_000);
        Handler handler = exchange => Waymark.CompilerServices.ResultWriter.Stream(exchange, stream);
        LeavingConnection client = await PlayAsync(
            Engine.Bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), resets: true, handler);
        Assert.True(stream.IsDisposed);
        Assert.True(client.IsAborted);
        Assert.InRange(stream.ReadCount, 1, 10_000_000 / 2);
        AssertQuiet(resets: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hook_that_shows_the_text_itself_is_the_only_way_to_it(bool isDetailed)
    {
        LeavingConnection client = await PlayAsync(
            Engine.Bytes("GET /refusals/span?from=66 HTTP/1.1\r\nHost: x\r\n\r\n"), resets: false, null, isDetailed);
        Assert.Equal(isDetailed, client.Sent.Contains("secret", StringComparison.Ordinal));
        Assert.IsType<ArgumentException>(Assert.Single(_hooked));
    }

    /// <summary>Someone who left is no error of the program, and after a reset no hook is asked.</summary>
    private void AssertQuiet(bool resets)
    {
        Assert.DoesNotContain(_logger.Events, logged => logged.Level >= LogLevel.Warning);
        if (resets)
            Assert.Empty(_hooked);
        else
            Assert.All(_hooked, exception => Assert.IsType<BadRequestException>(exception));
    }

    /// <summary>Names are taken away while files are open: Linux still lists what a process holds.</summary>
    private static string[] OpenTemporaryFiles() => !OperatingSystem.IsLinux() ? [] :
    [
        .. Directory.GetFiles("/proc/self/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(target => target.Contains($"waymark-{Environment.ProcessId}-", StringComparison.Ordinal)),
    ];

    private async Task<LeavingConnection> PlayAsync(
        ReadOnlyMemory<byte> input, bool resets, Handler? handler = null, bool isDetailed = false)
    {
        var client = new LeavingConnection(input, resets);
        var policy = new ExceptionPolicy(
            (_, exception) =>
            {
                _hooked.Add(exception);
                return new ValueTask<bool>(false);
            },
            new Dictionary<Type, Func<Exception, ProblemDetails>>(),
            CancellationToken.None);
        var protocol = new HttpConnectionHandler(
            handler ?? Handler, new ServerLimits(), TimeProvider.System, _logger, isDetailed, exceptions: policy);
        try
        {
            await protocol.RunAsync(new ConnectionContext(client, 1, CancellationToken.None));
        }
        catch (ConnectionLostException) when (resets)
        {
            // The end of the connection, for its owner to see.
        }

        return client;
    }

    private sealed class NotingStream(long length) : Stream
    {
        public bool IsDisposed { get; private set; }

        public long ReadCount { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => ReadCount;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, length - ReadCount);
            ReadCount += read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = (int)Math.Min(buffer.Length, length - ReadCount);
            ReadCount += read;
            return new ValueTask<int>(read);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
