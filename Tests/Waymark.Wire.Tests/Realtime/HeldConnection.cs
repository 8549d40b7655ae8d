using System.Net;
using System.Text;
using Waymark.Transport;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Realtime;

/// <summary>A client that opens a WebSocket, says no more, and takes nothing behind the 101 until it is let.</summary>
internal sealed class HeldConnection : Connection
{
    private static readonly byte[] Ask = Engine.Bytes(Frame.Ask);

    private readonly TaskCompletionSource<int> _receiving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _sent = new();
    private bool _hasAsked;

    public override EndPoint? RemoteEndPoint => null;

    public override EndPoint? LocalEndPoint => null;

    /// <summary>Ends once a send waits.</summary>
    public TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsAborted { get; private set; }

    /// <summary>What was sent behind the 101.</summary>
    public string Frames
    {
        get
        {
            lock (_sent)
                return _sent.ToString().Split("\r\n\r\n", 2)[1];
        }
    }

    /// <summary>Takes what is sent from now on.</summary>
    public void Release() => _sending.TrySetResult();

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (_hasAsked || buffer.IsEmpty)
            return new ValueTask<int>(_hasAsked ? _receiving.Task : Task.FromResult(0));
        _hasAsked = true;
        Ask.CopyTo(buffer);
        return new ValueTask<int>(Ask.Length);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        bool isFirst;
        lock (_sent)
            isFirst = _sent.Length == 0;
        if (!isFirst)
        {
            Waits.TrySetResult();
            await _sending.Task;
        }

        lock (_sent)
            _sent.Append(Encoding.Latin1.GetString(data.Span));
    }

    public override void StopReceiving() => _receiving.TrySetResult(0);

    public override void ShutdownSend()
    {
        // Nobody is there to see it.
    }

    public override void Abort()
    {
        IsAborted = true;
        _sending.TrySetException(new ConnectionLostException("The connection was aborted."));
        _receiving.TrySetException(new ConnectionLostException("The connection was aborted."));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
