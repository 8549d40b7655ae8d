using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Waymark.Http;
using Waymark.Http.Writing;

namespace Waymark;

/// <summary>What the client gets.</summary>
/// <remarks>
/// Written into memory until the handler ends or flushes: then the length is known, and the answer is sent as one
/// piece. After a flush the answer has started: its length is the declared one, or the body is chunked (HTTP/1.1) or
/// ends with the connection (HTTP/1.0). Valid until the handler's task ends; not safe for use by several threads at
/// once.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "The JSON writer holds no buffer of its own over a buffer writer.")]
public sealed class Response : IBufferWriter<byte>
{
    private readonly ResponseWriter _writer;
    private Utf8JsonWriter? _jsonWriter;
    private JsonSerializerOptions? _jsonOptions;
    private bool _isJsonIndented;
    private int _statusCode;
    private long? _contentLength;

    internal Response(ResponseWriter writer) => _writer = writer;

    /// <summary>The status code, 200 to 599; 200 where it is not set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The code is out of range: 1xx is the server's to send.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public int StatusCode
    {
        get => _statusCode == 0 ? 200 : _statusCode;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 200);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 599);
            if (HasStarted)
                ThrowStarted();
            _statusCode = value;
        }
    }

    /// <summary>The header fields.</summary>
    public ResponseHeaders Headers { get; } = new();

    /// <summary>Sets cookies.</summary>
    public ResponseCookies Cookies => new(Headers);

    /// <summary>The length of the body in bytes; null (the default) where the server is to find it.</summary>
    /// <remarks>A body that is longer throws at the write; one that is shorter aborts the connection.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="InvalidOperationException">
    /// The answer has started, or more has been written already.
    /// </exception>
    public long? ContentLength
    {
        get => _contentLength;
        set
        {
            if (value is { } length)
                ArgumentOutOfRangeException.ThrowIfNegative(length);
            if (HasStarted)
                ThrowStarted();
            if (value < _writer.BodyBytes)
                ThrowTooLong(value.Value);
            _contentLength = value;
        }
    }

    /// <summary>True once the head has been sent, or is on its way.</summary>
    public bool HasStarted => _writer.HasStarted;

    /// <summary>True where the handler has set or written anything.</summary>
    internal bool IsTouched =>
        _statusCode != 0 || Headers.Count > 0 || ContentLength is not null || HasStarted || _writer.BodyBytes > 0;

    /// <summary>How many bytes of body have been written so far, sent or not.</summary>
    internal long BodyBytes => _writer.BodyBytes;

    /// <summary>How many of them go to the client: none for HEAD and behind 101.</summary>
    internal long KeptBytes => _writer.KeptBytes;

    /// <summary>The writer, for what looks at a body or changes it.</summary>
    internal ResponseWriter Writer => _writer;

    /// <summary>Sets the Content-Type field.</summary>
    /// <param name="mediaType">For example <c>text/html; charset=utf-8</c>.</param>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void SetContentType(ReadOnlySpan<byte> mediaType) => Headers.Set("Content-Type"u8, mediaType);

    /// <summary>Appends to the body.</summary>
    /// <exception cref="InvalidOperationException">The body is longer than <see cref="ContentLength"/>.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    /// <summary>Appends text to the body, as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The body is longer than <see cref="ContentLength"/>.</exception>
    public void Write(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteText(text);
    }

    /// <summary>Appends text to the body, as UTF-8.</summary>
    internal void WriteText(ReadOnlySpan<char> text)
    {
        Span<byte> room = GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        Advance(Encoding.UTF8.GetBytes(text, room));
    }

    /// <summary>Appends to the body, and waits for the client where more than 64 KiB have piled up.</summary>
    /// <exception cref="InvalidOperationException">The body is longer than <see cref="ContentLength"/>.</exception>
    /// <exception cref="IOException">The connection is gone.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => _writer.WriteAsync(this, bytes);

    /// <summary>Sends what has been written; from here on the answer has started.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public ValueTask FlushAsync() => _writer.FlushAsync(this);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (ContentLength is { } length && _writer.BodyBytes + count > length)
            ThrowTooLong(length);
        _writer.Advance(count);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);

    /// <summary>Answers with a problem document: status, Content-Type and body. Other fields stay.</summary>
    /// <remarks>RFC 9457. Meant as the whole answer, so before anything is written into the body.</remarks>
    /// <param name="problem">What the client gets to know.</param>
    /// <exception cref="ArgumentNullException"><paramref name="problem"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The answer has started.</exception>
    public void WriteProblem(ProblemDetails problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ProblemWriter.Write(this, problem);
    }

    /// <summary>A JSON writer onto the body, made once for the connection.</summary>
    /// <param name="options">What decides how it writes.</param>
    /// <param name="isOneLine">True where the options may not ask for line breaks.</param>
    internal Utf8JsonWriter JsonWriter(JsonSerializerOptions options, bool isOneLine = false)
    {
        bool isIndented = options.WriteIndented && !isOneLine;
        if (_jsonWriter is null || _jsonOptions != options || _isJsonIndented != isIndented)
        {
            // The serializer has checked what it writes.
            _jsonOptions = options;
            _isJsonIndented = isIndented;
            _jsonWriter = new Utf8JsonWriter(this, new JsonWriterOptions
            {
                Encoder = options.Encoder,
                Indented = isIndented,
                SkipValidation = true,
            });
        }
        else
        {
            _jsonWriter.Reset(this);
        }

        return _jsonWriter;
    }

    /// <summary>Forgets everything that was set and written; only before the answer has started.</summary>
    internal void Clear()
    {
        Reset();
        _writer.DropBody();
    }

    /// <summary>Sends a part of a file without reading it, where the connection can; tells how much of it.</summary>
    internal ValueTask<long> SendFileAsync(SafeFileHandle file, long offset, long length) =>
        _writer.SendFileAsync(this, file, offset, length);

    /// <summary>Takes the body back, with what was said of it; only before the answer has started.</summary>
    internal void DropBody()
    {
        _writer.DropBody();
        _contentLength = null;
        Headers.Remove("Content-Type"u8);
    }

    internal void Reset()
    {
        _statusCode = 0;
        Headers.Clear();
        _contentLength = null;
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowStarted() => throw new InvalidOperationException(
        "The answer has started: its head is sent. Set status and length before the first flush.");

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowTooLong(long length) => throw new InvalidOperationException(
        $"The body is longer than Response.ContentLength, which is {length}.");
}
