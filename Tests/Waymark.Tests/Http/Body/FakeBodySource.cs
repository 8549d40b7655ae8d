using Waymark.Buffers;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Body;

/// <summary>A connection that hands out given pieces, one for each receive.</summary>
internal sealed class FakeBodySource(params byte[][] pieces) : IBodySource, IDisposable
{
    private readonly Queue<byte[]> _pieces = new(pieces.Where(piece => piece.Length > 0));
    private byte[] _rest = [];

    public ReceiveBuffer Input { get; } = new();

    public RequestRejection EndReason { get; init; } = RequestRejection.BodyIncomplete;

    public int ContinueCount { get; private set; }

    /// <summary>The pieces that went past <see cref="Input"/>.</summary>
    public int DirectCount { get; private set; }

    public ValueTask<bool> FillAsync()
    {
        if (_pieces.Count == 0 && _rest.Length == 0)
            return new ValueTask<bool>(false);
        Assert.True(Input.TryMakeRoom(1 << 20));
        byte[] piece = _rest.Length > 0 ? _rest : _pieces.Dequeue();
        int count = Math.Min(piece.Length, Input.Free.Length);
        piece.AsSpan(0, count).CopyTo(Input.Free.Span);
        _rest = piece[count..];
        Input.Fill(count);
        return new ValueTask<bool>(true);
    }

    public async ValueTask<int> ReceiveIntoAsync(Memory<byte> destination)
    {
        DirectCount++;
        Assert.Equal(0, Input.UnreadLength);
        if (!await FillAsync())
            return 0;
        int count = Math.Min(destination.Length, Input.UnreadLength);
        Input.Unread[..count].CopyTo(destination.Span);
        Input.Consume(count);
        return count;
    }

    public ValueTask SendContinueAsync()
    {
        ContinueCount++;
        return ValueTask.CompletedTask;
    }

    public void Dispose() => Input.Dispose();

    public void ReceiveStarting()
    {
    }

    public void ReceiveEnded(int count)
    {
    }
}
