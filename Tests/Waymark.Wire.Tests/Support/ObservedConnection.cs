using System.Net;
using System.Text;
using System.Threading.Channels;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>Sends one request; the test takes each send as it happens, and can be gone.</summary>
internal sealed class ObservedConnection(string request) : Connection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _sends = Channel.CreateUnbounded<string>();
    private bool _isGiven;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    /// <summary>True where every send fails from now on.</summary>
    public bool IsGone { get; set; }

    public bool IsAborted { get; private set; }

    /// <summary>The next send, as Latin-1.</summary>
    public Task<string> NextSendAsync() => _sends.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>True where something was sent that the test has not taken.</summary>
    public bool HasSend => _sends.Reader.TryPeek(out _);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_isGiven)
            return new ValueTask<int>(0);
        _isGiven = true;
        return new ValueTask<int>(Encoding.Latin1.GetBytes(request, buffer.Span));
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (IsGone)
            return ValueTask.FromException(new IOException("The peer is gone."));
        _sends.Writer.TryWrite(Encoding.Latin1.GetString(data.Span));
        return ValueTask.CompletedTask;
    }

    public override void StopReceiving()
    {
    }

    public override void ShutdownSend()
    {
    }

    public override void Abort() => IsAborted = true;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
