using Waymark.Http.Body;

namespace Waymark;

/// <summary>A file of a <c>multipart/form-data</c> body.</summary>
/// <remarks>
/// It comes straight from the connection where the client sent everything else before it, else it waits in a temporary
/// file that is deleted when the handler's task ends; memory stays the same for any length, and a handler sees no
/// difference: the content is read once, forwards, and all members go on from where the last read ended. Valid until
/// the handler's task ends; one read at a time. The largest file is bounded by <see cref="BodyLimitAttribute"/>.
/// </remarks>
public sealed class FormFile
{
    private readonly FormPart _part;
    private readonly SpooledFile? _spooled;

    internal FormFile(FormPart part, SpooledFile? spooled)
    {
        _part = part;
        _spooled = spooled;
    }

    /// <summary>The name of the form's field.</summary>
    public string Name => _part.Name;

    /// <summary>
    /// The name as the client wrote it, which may hold directories and anything else; empty where it gave none. Never
    /// part of a path: see <see cref="SafeFileName"/>.
    /// </summary>
    public string FileName => _part.FileName ?? "";

    /// <inheritdoc cref="FormPart.SafeFileName"/>
    public string SafeFileName => _part.SafeFileName;

    /// <summary>The type that the client says it is; null where it says none.</summary>
    public string? ContentType => _part.ContentType;

    /// <summary>The length in bytes; null where it is not known before the end.</summary>
    public long? Length => _spooled?.Length;

    /// <summary>Where it waits; null where it comes straight from the connection.</summary>
    internal SpooledFile? Spooled => _spooled;

    /// <summary>Reads what there is, at least one byte.</summary>
    /// <param name="destination">Takes the bytes; not empty.</param>
    /// <returns>The number of bytes; 0 at the end of the file.</returns>
    /// <exception cref="BadRequestException">The body is malformed, too large, too slow or incomplete.</exception>
    /// <exception cref="ObjectDisposedException">The handler's task has ended.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> destination) =>
        _spooled?.ReadAsync(destination) ?? _part.ReadAsync(destination);

    /// <summary>The content as a stream, with the rules of <see cref="RequestBody.AsStream"/>.</summary>
    public Stream OpenReadStream() => new FileContent(this);

    /// <summary>Copies what was not read yet.</summary>
    /// <param name="destination">Takes the bytes.</param>
    /// <param name="cancellationToken">Looked at between reads; passed to the destination.</param>
    /// <exception cref="BadRequestException">As for <see cref="ReadAsync"/>.</exception>
    public Task CopyToAsync(Stream destination, CancellationToken cancellationToken = default) =>
        OpenReadStream().CopyToAsync(destination, cancellationToken);

    /// <summary>Writes what was not read yet into a file; nothing is left of it where that fails.</summary>
    /// <param name="path">
    /// Its directory exists. A path made of <see cref="FileName"/> lets the client choose the place: use
    /// <see cref="SafeFileName"/>.
    /// </param>
    /// <param name="overwrite">True where a file that is there is replaced.</param>
    /// <param name="cancellationToken">Looked at between reads.</param>
    /// <exception cref="BadRequestException">As for <see cref="ReadAsync"/>.</exception>
    /// <exception cref="IOException">The file is there, or cannot be written.</exception>
    public async Task SaveAsAsync(string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        var options = new FileStreamOptions
        {
            Mode = overwrite ? FileMode.Create : FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        bool isDone = false;
        var file = new FileStream(path, options);
        try
        {
            await CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            await file.DisposeAsync().ConfigureAwait(false);
            if (!isDone)
                File.Delete(path);
        }
    }

    private sealed class FileContent(FormFile file) : ForwardStream
    {
        protected override ValueTask<int> ReadNextAsync(Memory<byte> buffer) => file.ReadAsync(buffer);
    }
}
