using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Waymark.Generator.Tests.Commands;

/// <summary>Words that may hold any octet: <c>*2</c>, then <c>$3</c> and three octets, for each of two words.</summary>
internal sealed class BulkProtocol : IStreamProtocol<CommandLine, string>, ICommandSyntax
{
    public bool IsText => false;

    public bool TryRead(ref StreamInput input, out CommandLine packet)
    {
        packet = default;
        if (!TryFind(input.Unread, [], out _, out int length))
            return false;
        packet = new CommandLine(input.UnreadMemory[..length], this);
        input.Advance(length);
        return true;
    }

    public void Write(string packet, IBufferWriter<byte> output) => Encoding.Latin1.GetBytes(packet + "\n", output);

    public int Split(ReadOnlySpan<byte> packet, Span<Range> words)
    {
        TryFind(packet, words, out int count, out _);
        return count;
    }

    public static string Spell(params string[] words) =>
        $"*{words.Length}\n" + string.Concat(words.Select(word => $"${word.Length}\n{word}\n"));

    private static bool TryFind(ReadOnlySpan<byte> bytes, Span<Range> words, out int count, out int length)
    {
        length = 0;
        if (!TryNumber(bytes, ref length, out count))
            return false;
        for (int index = 0; index < count; index++)
        {
            if (!TryNumber(bytes, ref length, out int size) || bytes.Length < length + size + 1)
                return false;
            if (index < words.Length)
                words[index] = length..(length + size);
            length += size + 1;
        }

        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int position, out int number)
    {
        number = 0;
        int end = bytes[position..].IndexOf((byte)'\n');
        if (end < 0)
            return false;
        Assert.True(Utf8Parser.TryParse(bytes.Slice(position + 1, end - 1), out number, out _));
        position += end + 1;
        return true;
    }
}
