namespace Waymark;

/// <summary>Memory that a program shares with the child processes it is handed to.</summary>
/// <remarks>
/// The child runs the same program, and makes the same object by the same name: there it is the parent's memory. In any
/// other process the name says nothing. Nothing is left behind: no file stands for it, and it is gone with the last
/// process that has it. Linux only. It lives as long as something refers to it, so there is nothing to dispose of.
/// <para>Thread safety: every member may be used from any thread.</para>
/// </remarks>
public abstract unsafe class SharedMemory
{
    private protected const int HeaderBytes = 64;

    private readonly byte* _address;
    private readonly long _size;

    private protected SharedMemory(string name, long size)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Memory is shared with child processes on Linux only.");
        Name = name;
        _size = size;
        Descriptor = Isolation.ChildSide.Current?.TakeShared(name, size) ?? Isolation.Posix.CreateMemory(name, size);
        _address = Isolation.Posix.Map(Descriptor, size);
    }

    /// <summary>Gives the memory back where nothing refers to it any more.</summary>
    ~SharedMemory()
    {
        if (_address is null)
            return;
        Isolation.Posix.Unmap(_address, _size);
        Isolation.Posix.Close(Descriptor);
    }

    /// <summary>What parent and child call it.</summary>
    public string Name { get; }

    internal int Descriptor { get; }

    internal long Size => _size;

    // SAFETY: the mapping is page-aligned and larger than the header.
    private protected ref long Sequence => ref *(long*)_address;

    /// <summary>Memory behind the header.</summary>
    private protected Span<byte> Part(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HeaderBytes + offset + length, _size);

        // SAFETY: checked against the mapping, which lasts as long as this object; callers keep it alive.
        return new Span<byte>(_address + HeaderBytes + offset, length);
    }
}
