using System.Runtime.InteropServices;
using Waymark.Http.Parsing;

namespace Waymark.Tests.Http.Parsing;

/// <summary>The parser reads no octet behind its input: the next page is not mapped.</summary>
public sealed unsafe partial class GuardPageTests
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int PageBytes = 64 * 1024;

    [Fact]
    public void No_read_goes_beyond_the_end_of_the_input()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The flags of mmap are those of Linux.");
        byte* pages = Map(null, PageBytes * 2, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)pages);
        try
        {
            Assert.Equal(0, Protect(pages + PageBytes, PageBytes, 0));
            foreach (string input in HeadRows.Accepted.Concat(HeadRows.Refused.Select(row => row.Input)))
                ParseEveryPrefix(HeadRows.Bytes(input), pages + PageBytes);
        }
        finally
        {
            Assert.Equal(0, Unmap(pages, PageBytes * 2));
        }
    }

    private static void ParseEveryPrefix(byte[] bytes, byte* end)
    {
        var grown = new RequestHead(2);
        grown.Reset();
        for (int length = 0; length <= bytes.Length; length++)
        {
            // SAFETY: the prefix fits into the page before the end.
            var prefix = new Span<byte>(end - length, length);
            bytes.AsSpan(0, length).CopyTo(prefix);
            var head = new RequestHead(2);
            head.Reset();
            ParseResult result = RequestParser.Parse(prefix, HeadRows.Limits, ref head);
            Assert.True(result != ParseResult.Done || head.HeadBytes <= length);
            if (RequestParser.Parse(prefix, HeadRows.Limits, ref grown) != ParseResult.NeedMore)
                break;
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
