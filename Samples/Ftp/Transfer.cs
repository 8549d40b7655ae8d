using System.Net.Sockets;

/// <summary>Moves octets between a file and a data connection.</summary>
/// <remarks>
/// In a text transfer lines end with CR LF on the way and with LF on the disk (RFC 959 section 3.1.1.1). A peer that
/// does nothing for <see cref="Stall"/> is given up.
/// </remarks>
internal static class Transfer
{
    public static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    private const int PieceBytes = 64 * 1024;

    /// <summary>Sends a stream to its end, and the end.</summary>
    public static async Task SendAsync(Stream source, Socket target, bool isText, CancellationToken stop)
    {
        byte[] piece = new byte[PieceBytes];
        byte[] converted = new byte[2 * PieceBytes];
        bool isBehindReturn = false;
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(stop);
        int count;
        while ((count = await source.ReadAsync(piece, stop)) > 0)
        {
            ReadOnlyMemory<byte> rest = isText
                ? converted.AsMemory(0, ToNetwork(piece.AsSpan(0, count), converted, ref isBehindReturn))
                : piece.AsMemory(0, count);
            while (!rest.IsEmpty)
            {
                stall.CancelAfter(Stall);
                rest = rest[await target.SendAsync(rest, stall.Token)..];
            }
        }

        target.Shutdown(SocketShutdown.Send);

        // The peer closes when it has all of it: closing before could take away what is still on its way.
        stall.CancelAfter(Stall);
        while (await target.ReceiveAsync(piece, stall.Token) > 0)
        {
            // Nothing is to come here.
        }
    }

    /// <summary>Receives to the end.</summary>
    public static async Task ReceiveAsync(Socket source, Stream target, bool isText, CancellationToken stop)
    {
        byte[] piece = new byte[PieceBytes];
        byte[] converted = new byte[PieceBytes + 1];
        bool hasReturn = false;
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(stop);
        while (true)
        {
            stall.CancelAfter(Stall);
            int count = await source.ReceiveAsync(piece, stall.Token);
            if (count == 0)
                break;
            await target.WriteAsync(
                isText
                    ? converted.AsMemory(0, ToDisk(piece.AsSpan(0, count), converted, ref hasReturn))
                    : piece.AsMemory(0, count),
                stop);
        }

        if (hasReturn)
            await target.WriteAsync("\r"u8.ToArray(), stop);
    }

    private static int ToNetwork(ReadOnlySpan<byte> piece, Span<byte> converted, ref bool isBehindReturn)
    {
        int length = 0;
        foreach (byte octet in piece)
        {
            if (octet == '\n' && !isBehindReturn)
                converted[length++] = (byte)'\r';
            converted[length++] = octet;
            isBehindReturn = octet == '\r';
        }

        return length;
    }

    /// <summary>A CR at the end of a piece is held back until it is known what follows.</summary>
    private static int ToDisk(ReadOnlySpan<byte> piece, Span<byte> converted, ref bool hasReturn)
    {
        int length = 0;
        foreach (byte octet in piece)
        {
            if (hasReturn && octet != '\n')
                converted[length++] = (byte)'\r';
            hasReturn = octet == '\r';
            if (!hasReturn)
                converted[length++] = octet;
        }

        return length;
    }
}
