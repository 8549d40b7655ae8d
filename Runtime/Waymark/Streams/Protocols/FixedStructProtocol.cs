using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Waymark;

/// <summary>
/// Structs as they lie in memory, all of one size. Safe for use by any number of connections at once.
/// </summary>
/// <remarks>
/// For peers of one kind of machine: neither the order of octets nor the padding is changed. Say <c>[StructLayout]</c>
/// with <c>Pack</c> on structs whose layout is a protocol.
/// </remarks>
/// <typeparam name="TIn">What is received.</typeparam>
/// <typeparam name="TOut">What is sent.</typeparam>
public sealed class FixedStructProtocol<TIn, TOut> : IStreamProtocol<TIn, TOut>
    where TIn : unmanaged
    where TOut : unmanaged
{
    /// <inheritdoc/>
    public bool TryRead(ref StreamInput input, out TIn packet)
    {
        if (!MemoryMarshal.TryRead(input.Unread, out packet))
            return false;
        input.Advance(Unsafe.SizeOf<TIn>());
        return true;
    }

    /// <inheritdoc/>
    public void Write(TOut packet, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MemoryMarshal.Write(output.GetSpan(Unsafe.SizeOf<TOut>()), in packet);
        output.Advance(Unsafe.SizeOf<TOut>());
    }
}
