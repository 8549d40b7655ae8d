using Waymark.Buffers;

namespace Waymark.Http.Body;

/// <summary>Where a body's bytes come from: the connection.</summary>
internal interface IBodySource
{
    /// <summary>What has been received; the head in it is held.</summary>
    public ReceiveBuffer Input { get; }

    /// <summary>Receives more into <see cref="Input"/>.</summary>
    /// <returns>False at the end of the input; then nothing more comes.</returns>
    public ValueTask<bool> FillAsync();

    /// <summary>Receives past <see cref="Input"/>, which is empty, into a reader's own memory.</summary>
    /// <returns>The number of bytes; 0 at the end of the input.</returns>
    public ValueTask<int> ReceiveIntoAsync(Memory<byte> destination);

    /// <summary>A reader starts to wait for the network: its time counts.</summary>
    public void ReceiveStarting();

    /// <summary>A reader has what it waited for: what its handler does now takes its own time.</summary>
    /// <param name="count">How many bytes came, framing included.</param>
    public void ReceiveEnded(int count);

    /// <summary>Sends <c>100 Continue</c>: RFC 9110 section 15.2.1.</summary>
    public ValueTask SendContinueAsync();

    /// <summary>Why the input ended: the time was over, or the peer was.</summary>
    public Parsing.RequestRejection EndReason { get; }
}
