using System.Text;
using Waymark.Fuzz.Engine;
using Waymark.Http;

namespace Waymark.Fuzz.Targets;

/// <summary>The query, and bodies of forms that are written alike (WHATWG URL section 5.1).</summary>
internal sealed class QueryTarget : FuzzTarget
{
    // A longer key that is encoded is not compared decoded.
    private const int KeyBytesMax = 256;

    public override string Name => "query";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "", "a=1&b=2", "a&&=b&c==d&", "%61=%C3%A9&a+b=c+d", "a=%zz&b=%f", "a=1&a=2&%61=3");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "&", "=", "+", "%", "%20", "%26", "%3D", "%2b", "%61", "%C3%A9", "%ff", "%zz", "a", "a=", "=b", "&&", "a=1&");

    public override void Run(byte[] input, Random random)
    {
        var query = new RequestQuery(input);
        List<(string Key, string Value, byte[] Raw)> wanted = Read(input);
        int index = 0;
        foreach (QueryPair pair in query)
        {
            Check(index < wanted.Count && pair.Key == wanted[index].Key && pair.Value == wanted[index].Value,
                $"the twin reads other pairs: at {index}");
            index++;
        }

        Check(index == wanted.Count, $"the twin reads more pairs: {wanted.Count} instead of {index}");
        if (wanted.Count == 0)
            return;
        (_, _, byte[] raw) = wanted[random.Next(wanted.Count)];
        byte[] key = Decode(raw);
        (string Key, string Value, byte[] Raw) first =
            wanted.Find(pair => pair.Raw.Length <= KeyBytesMax && Decode(pair.Raw).AsSpan().SequenceEqual(key));
        if (first.Raw is null || wanted.Exists(pair => pair.Raw.Length > KeyBytesMax))
            return;
        Check(query.TryGetRaw(key, out ReadOnlySpan<byte> value)
            && Encoding.UTF8.GetString(Decode(value.ToArray())) == first.Value, "a key is not found");
    }

    private static List<(string Key, string Value, byte[] Raw)> Read(byte[] input)
    {
        var pairs = new List<(string, string, byte[])>();
        foreach (string pair in Encoding.Latin1.GetString(input).Split('&'))
        {
            if (pair.Length == 0)
                continue;
            string[] parts = pair.Split('=', 2);
            byte[] key = Encoding.Latin1.GetBytes(parts[0]);
            byte[] value = Encoding.Latin1.GetBytes(parts.Length > 1 ? parts[1] : "");
            pairs.Add((Encoding.UTF8.GetString(Decode(key)), Encoding.UTF8.GetString(Decode(value)), key));
        }

        return pairs;
    }

    /// <summary>Plus is a space, an escape its octet; what is no escape stays.</summary>
    private static byte[] Decode(byte[] text)
    {
        var octets = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscape = text[i] == '%' && i + 2 < text.Length
                && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]);
            octets.Add(isEscape ? Convert.FromHexString(Encoding.ASCII.GetString(text, i + 1, 2))[0]
                : text[i] == '+' ? (byte)' ' : text[i]);
            i += isEscape ? 2 : 0;
        }

        return [.. octets];
    }
}
