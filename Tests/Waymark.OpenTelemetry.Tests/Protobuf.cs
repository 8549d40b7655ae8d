using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Waymark.OpenTelemetry.Tests;

/// <summary>A message in the wire format of Protocol Buffers: its fields by their numbers.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Number, ulong Value, byte[] Bytes)> _fields = [];

    public Protobuf(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ulong tag = ReadVarint(ref bytes);
            ulong value = 0;
            byte[] content = [];
            switch (tag & 7)
            {
                case 0:
                    value = ReadVarint(ref bytes);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                    bytes = bytes[8..];
                    break;
                case 2:
                    int length = (int)ReadVarint(ref bytes);
                    content = bytes[..length].ToArray();
                    bytes = bytes[length..];
                    break;
                case 5:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }

            _fields.Add(((int)(tag >> 3), value, content));
        }
    }

    /// <summary>Every message of a field.</summary>
    public IEnumerable<Protobuf> Messages(int number) => All(number).Select(field => new Protobuf(field.Bytes));

    /// <summary>The messages at the end of a path of fields.</summary>
    public IEnumerable<Protobuf> Walk(params int[] path) =>
        path.Aggregate(Enumerable.Repeat(this, 1), (found, number) => found.SelectMany(one => one.Messages(number)));

    public bool Has(int number) => All(number).Any();

    public string Text(int number) => Encoding.UTF8.GetString(All(number).LastOrDefault().Bytes ?? []);

    public string Hex(int number) => Convert.ToHexStringLower(All(number).LastOrDefault().Bytes ?? []);

    public long Number(int number) => (long)All(number).LastOrDefault().Value;

    /// <summary>Doubles, packed or one by one.</summary>
    public double[] Doubles(int number) => [.. All(number).SelectMany(field => field.Bytes.Length == 0
        ? [BitConverter.UInt64BitsToDouble(field.Value)]
        : field.Bytes.Chunk(8).Select(chunk => BinaryPrimitives.ReadDoubleLittleEndian(chunk)))];

    /// <summary>Attributes (KeyValue messages) in the order of their names.</summary>
    public string Attributes(int number) => string.Join(' ', Messages(number)
        .Select(pair => (Key: pair.Text(1), Value: pair.Messages(2).Single()))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}={ValueOf(pair.Value)}"));

    private static string ValueOf(Protobuf value) =>
        value.Has(1) ? value.Text(1) : value.Number(3).ToString(CultureInfo.InvariantCulture);

    private IEnumerable<(int Number, ulong Value, byte[] Bytes)> All(int number) =>
        _fields.Where(field => field.Number == number);

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte octet = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(octet & 0x7f) << shift;
            if (octet < 0x80)
                return value;
        }
    }
}
