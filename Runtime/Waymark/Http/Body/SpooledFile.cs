using System.Globalization;
using System.Security.Cryptography;

namespace Waymark.Http.Body;

/// <summary>A file of a form that waits in the directory for temporary files until the exchange ends.</summary>
/// <remarks>
/// Only this user may read it. Where the system allows it (all but Windows) its name is taken away as soon as it is
/// open, so that nothing is left even of a process that was killed; on Windows the system does so at its end.
/// </remarks>
internal sealed class SpooledFile : IAsyncDisposable
{
    private readonly FileStream _file;

    public SpooledFile()
    {
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"waymark-{Environment.ProcessId}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(16))}.tmp");
        string path = Path.Combine(Path.GetTempPath(), name);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            _file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
        }
        catch (IOException exception)
        {
            throw Failure(exception);
        }
    }

    /// <summary>The number of bytes in it.</summary>
    public long Length { get; private set; }

    /// <summary>True once its exchange has ended.</summary>
    public bool IsClosed => _file.SafeFileHandle.IsClosed;

    /// <summary>Takes all that is left of a part, and goes back to the front.</summary>
    public async ValueTask FillAsync(FormPart part, Memory<byte> scratch)
    {
        for (int count; (count = await part.ReadAsync(scratch).ConfigureAwait(false)) > 0;)
        {
            await WriteAsync(scratch[..count]).ConfigureAwait(false);
            Length += count;
        }

        _file.Position = 0;
    }

    /// <summary>Reads on from where the last read ended.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> destination) => _file.ReadAsync(destination);

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _file.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw Failure(exception);
        }
    }

    /// <summary>
    /// An <see cref="IOException"/> out of a handler is taken for the peer's: a full disk is the server's, and is to be
    /// seen.
    /// </summary>
    private static InvalidOperationException Failure(IOException exception) => new(
        $"A file of a form cannot be kept in {Path.GetTempPath()}: {exception.Message}", exception);
}
