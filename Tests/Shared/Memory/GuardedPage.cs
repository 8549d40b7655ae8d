using System.Runtime.InteropServices;

namespace Waymark.TestSupport;

/// <summary>Memory whose next page is not mapped: a read beyond the end of what it holds ends the process.</summary>
/// <remarks>Linux only: the flags of mmap are its own.</remarks>
internal sealed unsafe partial class GuardedPage : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int PageBytes = 64 * 1024;

    private readonly byte* _pages;

    public GuardedPage()
    {
        _pages = Map(null, PageBytes * 2, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)_pages == -1 || Protect(_pages + PageBytes, PageBytes, 0) != 0)
            throw new InvalidOperationException("The page behind could not be taken away.");
    }

    /// <summary>A copy of the bytes that ends where the memory does.</summary>
    public ReadOnlySpan<byte> Place(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, PageBytes);
        // SAFETY: the bytes fit into the page before the end.
        var placed = new Span<byte>(_pages + PageBytes - bytes.Length, bytes.Length);
        bytes.CopyTo(placed);
        return placed;
    }

    public void Dispose()
    {
        if (Unmap(_pages, PageBytes * 2) != 0)
            throw new InvalidOperationException("The pages could not be given back.");
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
