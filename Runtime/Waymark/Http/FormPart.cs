using Waymark.Buffers;
using Waymark.Http;
using Waymark.Http.Body;
using Waymark.Http.Parsing;

namespace Waymark;

/// <summary>One part of a <c>multipart/form-data</c> body: RFC 7578 section 4.</summary>
/// <remarks>
/// What its head says stays valid; its content is read once, forwards, and only before the reader goes on. Not safe for
/// use by several threads at once.
/// </remarks>
public sealed class FormPart
{
    private readonly MultipartReader _reader;
    private readonly byte[] _head;
    private readonly HeaderField[] _fields;

    private FormPart(MultipartReader reader, byte[] head, HeaderField[] fields, string name, string? fileName)
    {
        _reader = reader;
        _head = head;
        _fields = fields;
        Name = name;
        FileName = fileName;
    }

    /// <summary>The name of the form's field.</summary>
    public string Name { get; }

    /// <summary>
    /// The file name as the client wrote it, which may hold directories and anything else; null where it gave none,
    /// empty where a browser's field was left empty. Never part of a path: see <see cref="SafeFileName"/>.
    /// </summary>
    public string? FileName { get; }

    /// <summary>
    /// The file name without directories and without what some file system does not take; <c>file</c> where nothing is
    /// left of it. At most 200 bytes as UTF-8.
    /// </summary>
    public string SafeFileName => FileNames.MakeSafe(FileName);

    /// <summary>The Content-Type field; null where there is none, which means text (RFC 7578 section 4.4).</summary>
    public string? ContentType => Headers["Content-Type"];

    /// <summary>The header fields of the part.</summary>
    public RequestHeaders Headers => new(_head, _fields);

    /// <summary>True once the reader has seen the end of this part.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Reads what there is, at least one byte.</summary>
    /// <param name="destination">Takes the bytes; not empty.</param>
    /// <returns>The number of bytes; 0 at the end of the part.</returns>
    /// <exception cref="BadRequestException">The body is malformed, too large, too slow or incomplete.</exception>
    /// <exception cref="InvalidOperationException">The reader has gone on to another part.</exception>
    /// <exception cref="ObjectDisposedException">The handler's task has ended.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> destination) => _reader.ReadAsync(this, destination);

    /// <summary>The content as a stream, with the rules of <see cref="RequestBody.AsStream"/>.</summary>
    public Stream AsStream() => new PartStream(this);

    /// <summary>False where nothing is in it; only before any of it is read.</summary>
    internal ValueTask<bool> HasDataAsync() => _reader.HasDataAsync(this);

    /// <summary>A part with this header section, whose offsets count from its front.</summary>
    internal static FormPart Create(
        MultipartReader reader, ReadOnlySpan<byte> head, ReadOnlySpan<HeaderField> fields)
    {
        string? name = null;
        string? fileName = null;
        bool isFound = false;
        foreach (HeaderField field in fields)
        {
            if (!Ascii.EqualsIgnoreCase(head.Slice(field.NameOffset, field.NameLength), "Content-Disposition"u8))
                continue;
            ReadOnlySpan<byte> value = head.Slice(field.ValueOffset, field.ValueLength);
            if (isFound || !MultipartSyntax.TryReadDisposition(value, out name, out fileName))
                throw new BadRequestException(RequestRejection.InvalidDisposition);
            isFound = true;
        }

        return name is not null
            ? new FormPart(reader, head.ToArray(), fields.ToArray(), name, fileName)
            : throw new BadRequestException(RequestRejection.InvalidDisposition);
    }

    private sealed class PartStream(FormPart part) : ForwardStream
    {
        protected override ValueTask<int> ReadNextAsync(Memory<byte> buffer) => part.ReadAsync(buffer);
    }
}
