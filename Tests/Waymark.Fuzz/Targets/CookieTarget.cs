using System.Text;
using Waymark.Fuzz.Engine;
using Waymark.Http;
using Waymark.Http.Parsing;

namespace Waymark.Fuzz.Targets;

/// <summary>Cookie fields: RFC 6265 section 4.2. Each line of the input is one field's value.</summary>
internal sealed class CookieTarget : FuzzTarget
{
    public override string Name => "cookie";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "a=1", "a=1; b=2", "a=\"x\"; =y; z\nb=3;a=4", ";;;", " a = 1 ;\tb=2", "a=\"; b=\"");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        ";", "; ", "=", "\"", "\"\"", "a=", "b=1", "\n", " ", "\t", "a", "b", "\x80");

    public override void Run(byte[] input, Random random)
    {
        string[] values = Encoding.Latin1.GetString(input).Replace("\r", "", StringComparison.Ordinal).Split('\n');
        string text = string.Concat(values.Select(value => $"cookie{value}"));
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        var fields = new HeaderField[values.Length];
        for (int i = 0, at = 0; i < values.Length; at += 6 + values[i].Length, i++)
            fields[i] = new HeaderField(at, 6, at + 6, values[i].Length);

        var cookies = new RequestCookies(new RequestHeaders(bytes, fields));
        List<(string Name, string Value)> wanted = Read(values);
        string name = wanted.Count == 0 || random.Next(4) == 0 ? "a" : wanted[random.Next(wanted.Count)].Name;
        bool isFound = cookies.TryGet(Encoding.Latin1.GetBytes(name), out ReadOnlySpan<byte> value);
        int index = wanted.FindIndex(cookie => cookie.Name == name);
        Check(isFound == index >= 0, "the twin finds otherwise");
        Check(!isFound || Encoding.Latin1.GetString(value) == wanted[index].Value, "the twin finds another value");
    }

    private static List<(string Name, string Value)> Read(string[] values)
    {
        var cookies = new List<(string, string)>();
        foreach (string value in values)
        {
            // An empty piece at the very end is none.
            string[] pairs = value.Split(';');
            foreach (string pair in pairs[^1].Length == 0 ? pairs[..^1] : pairs)
            {
                string[] parts = pair.Trim(' ', '\t').Split('=', 2);
                if (parts.Length == 2)
                    cookies.Add((parts[0], Unquoted(parts[1])));
            }
        }

        return cookies;
    }

    private static string Unquoted(string value) =>
        value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
}
