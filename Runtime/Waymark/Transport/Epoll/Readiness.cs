using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waymark.Transport.Epoll;

/// <summary>What a descriptor has become ready for: the bits of epoll_ctl(2).</summary>
[Flags]
internal enum Readiness : uint
{
    None = 0,
    Receive = 0x1, // EPOLLIN
    Send = 0x4, // EPOLLOUT
    Error = 0x8, // EPOLLERR
    HangUp = 0x10, // EPOLLHUP
    PeerFinished = 0x2000, // EPOLLRDHUP
    Edge = 1u << 31, // EPOLLET

    /// <summary>No more bytes than have come already can follow.</summary>
    Ended = Error | HangUp | PeerFinished,
}

/// <summary>An array of <c>struct epoll_event</c>, which is packed on x64 and aligned elsewhere.</summary>
internal readonly unsafe struct ReadinessList
{
    private static readonly int TokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

    private readonly byte[] _bytes;

    /// <summary>Makes room for a number of events, which stays where it is.</summary>
    public ReadinessList(int countMax)
    {
        CountMax = countMax;
        _bytes = GC.AllocateArray<byte>(countMax * Stride, pinned: true);
    }

    private static int Stride => TokenOffset + sizeof(ulong);

    /// <summary>How many events fit.</summary>
    public int CountMax { get; }

    // SAFETY: the array is pinned from its allocation on, and has room for CountMax events, which is what epoll_wait is
    // told.
    /// <summary>Where the kernel writes.</summary>
    public byte* Address => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));

    /// <summary>Reads one event.</summary>
    public Readiness Get(int index, out ulong token)
    {
        // SAFETY: the index is checked by the array, and each event has Stride bytes, the token at its end.
        ref byte start = ref _bytes[index * Stride];
        token = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, TokenOffset));
        return (Readiness)Unsafe.ReadUnaligned<uint>(ref start);
    }

    /// <summary>Asks an epoll instance to tell of a descriptor.</summary>
    /// <returns>False where the system refuses; see errno.</returns>
    public static bool TryWatch(int epoll, int descriptor, Readiness readiness, ulong token)
    {
        // SAFETY: one event of Stride bytes; the kernel copies it during the call.
        byte* one = stackalloc byte[Stride];
        Unsafe.WriteUnaligned(one, (uint)readiness);
        Unsafe.WriteUnaligned(one + TokenOffset, token);
        return LibC.EpollControl(epoll, LibC.EpollAdd, descriptor, one) == 0;
    }
}
