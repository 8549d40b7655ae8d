using Microsoft.Win32.SafeHandles;
using Waymark.Buffers;

namespace Waymark.Answers;

/// <summary>The bytes of a file result, wherever they are: on disk, in a stream, in memory.</summary>
internal sealed class FileContent : IAsyncDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly Stream? _stream;
    private readonly ReadOnlyMemory<byte> _bytes;

    private FileContent(SafeFileHandle? handle, Stream? stream, ReadOnlyMemory<byte> bytes, long length)
    {
        _handle = handle;
        _stream = stream;
        _bytes = bytes;
        Length = length;
    }

    /// <summary>How many bytes there are.</summary>
    public long Length { get; }

    /// <summary>When a file was written; null for anything else.</summary>
    public DateTimeOffset? LastWrite { get; private init; }

    /// <summary>Opens a file; null where there is none at this path.</summary>
    /// <exception cref="UnauthorizedAccessException">There is one, and this process may not read it.</exception>
    public static FileContent? TryOpen(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, options: FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            // What is opened as a file and is a folder is refused with the words of a lack of rights.
            return null;
        }

        try
        {
            return Of(handle, RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>An open file, which this closes.</summary>
    public static FileContent Of(SafeFileHandle handle, long length, DateTimeOffset lastWrite) =>
        new(handle, null, default, length) { LastWrite = lastWrite };

    /// <summary>A file that has no bytes, and need not be opened for them.</summary>
    public static FileContent OfNothing(DateTimeOffset lastWrite) =>
        new(null, null, default, 0) { LastWrite = lastWrite };

    /// <summary>A stream that can seek.</summary>
    public static FileContent Of(Stream stream) => new(null, stream, default, stream.Length);

    /// <summary>Bytes in memory.</summary>
    public static FileContent Of(ReadOnlyMemory<byte> bytes) => new(null, null, bytes, bytes.Length);

    /// <summary>Sends a part, no faster than the client takes it.</summary>
    /// <remarks>
    /// Where the file has become shorter meanwhile, less is sent, which aborts the connection: the length was declared.
    /// </remarks>
    public async ValueTask CopyAsync(Response response, ByteRange range, CancellationToken stop)
    {
        if (_handle is null && _stream is null)
        {
            await response.WriteAsync(_bytes.Slice((int)range.Start, (int)range.Length)).ConfigureAwait(false);
            return;
        }

        long offset = range.Start;
        if (_handle is not null)
            offset += await response.SendFileAsync(_handle, offset, range.Length).ConfigureAwait(false);
        if (offset == range.End)
            return;
        byte[] piece = BlockPool.Rent(StreamCopy.PieceBytesMax);
        try
        {
            if (_stream is not null)
                _stream.Position = offset;
            while (offset < range.End)
            {
                Memory<byte> room = piece.AsMemory(0, (int)Math.Min(StreamCopy.PieceBytesMax, range.End - offset));
                int count = _handle is not null
                    ? await RandomAccess.ReadAsync(_handle, room, offset, stop).ConfigureAwait(false)
                    : await _stream!.ReadAsync(room, stop).ConfigureAwait(false);
                if (count == 0)
                    return;
                await response.WriteAsync(room[..count]).ConfigureAwait(false);
                offset += count;
            }
        }
        finally
        {
            BlockPool.Return(piece);
        }
    }

    /// <summary>Closes a file that nothing is sent of.</summary>
    public void Close() => _handle?.Dispose();

    public ValueTask DisposeAsync()
    {
        _handle?.Dispose();
        return _stream?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
