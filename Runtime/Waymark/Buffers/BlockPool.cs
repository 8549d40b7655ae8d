using System.Buffers;

namespace Waymark.Buffers;

/// <summary>Where buffers come from and go back to; safe for use by any number of threads.</summary>
/// <remarks>
/// The shared array pool keeps one array per size and thread without a lock, which is just the pattern of a connection
/// that takes a block, answers and gives it back. Whoever rents a block returns it exactly once.
/// </remarks>
internal static class BlockPool
{
    /// <summary>The size of the smallest block that is worked with: one page.</summary>
    public const int BlockBytesMin = 4096;

    /// <summary>
    /// The size of what an idle connection waits with: holds the head of most requests, and ten thousand idle
    /// connections hold 10 MB.
    /// </summary>
    public const int WaitingBytes = 1024;

    /// <summary>Takes a block of at least this many bytes; its content is not cleared.</summary>
    public static byte[] Rent(int bytesMin) => ArrayPool<byte>.Shared.Rent(Math.Max(bytesMin, BlockBytesMin));

    /// <summary>Takes a block for bytes that may never come; its content is not cleared.</summary>
    public static byte[] RentForWaiting() => ArrayPool<byte>.Shared.Rent(WaitingBytes);

    /// <summary>Gives a block back.</summary>
    public static void Return(byte[] block) => ArrayPool<byte>.Shared.Return(block);
}
