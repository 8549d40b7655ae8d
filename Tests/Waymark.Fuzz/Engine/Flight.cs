using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace Waymark.Fuzz.Engine;

/// <summary>Keeps the input that is being run where a crash cannot take it, and watches that it ends.</summary>
internal sealed class Flight : IDisposable
{
    private const string CurrentName = "current.bin";
    private const int HeaderBytes = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _directory;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly ITimer _watch;
    private long _begun;
    private long _ended;
    private long _watched = -1;

    public Flight(string directory)
    {
        _directory = directory;
        _file = MemoryMappedFile.CreateFromFile(
            Path.Combine(directory, CurrentName), FileMode.Create, null, HeaderBytes + Mutator.LengthMax);
        _view = _file.CreateViewAccessor();
        _watch = TimeProvider.System.CreateTimer(_ => Watch(), null, Patience, Patience);
    }

    /// <summary>Notes what is run now.</summary>
    public void Begin(string target, byte[] input)
    {
        Array.Clear(_header);
        BinaryPrimitives.WriteInt32LittleEndian(_header, input.Length);
        Encoding.ASCII.GetBytes(target, _header.AsSpan(4));
        _view.WriteArray(0, _header, 0, HeaderBytes);
        _view.WriteArray(HeaderBytes, input, 0, Math.Min(input.Length, Mutator.LengthMax));
        Interlocked.Increment(ref _begun);
    }

    /// <summary>Notes that the run has ended.</summary>
    public void End() => Interlocked.Increment(ref _ended);

    /// <summary>Writes an input that shows something.</summary>
    /// <returns>The file.</returns>
    public string Keep(string target, byte[] input) => Keep(_directory, target, input);

    /// <summary>After a crash of the process: what it was running.</summary>
    /// <returns>A sentence with the file; null where nothing was run.</returns>
    public static string? ReadWreck(string directory)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(directory, CurrentName));
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        string target = Encoding.ASCII.GetString(bytes, 4, HeaderBytes - 4).TrimEnd('\0');
        if (target.Length == 0)
            return null;
        string file = Keep(directory, target, bytes[HeaderBytes..(HeaderBytes + length)]);
        return $"{target}: the process ended\n  shown by {file}";
    }

    public void Dispose()
    {
        _watch.Dispose();
        _view.Dispose();
        _file.Dispose();
    }

    private static string Keep(string directory, string target, byte[] input)
    {
        string hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(input))[..12];
        string path = Path.Combine(directory, $"{target}-{hash}.bin");
        File.WriteAllBytes(path, input);
        return path;
    }

    private void Watch()
    {
        long begun = Interlocked.Read(ref _begun);
        if (begun == _watched && begun != Interlocked.Read(ref _ended))
            Environment.FailFast("An input has not ended within 20 s; it is in current.bin.");
        _watched = begun;
    }
}
