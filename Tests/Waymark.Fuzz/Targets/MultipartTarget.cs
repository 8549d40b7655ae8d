using System.Text;
using Waymark.Fuzz.Engine;
using Waymark.Http.Body;

namespace Waymark.Fuzz.Targets;

/// <summary>The framing of multipart bodies: RFC 2046 section 5.1.1. The boundary is <c>b</c>.</summary>
internal sealed class MultipartTarget : FuzzTarget
{
    private static readonly byte[] Delimiter = Bytes("\r\n--b");

    public override string Name => "multipart";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n",
        "preamble\r\n--b \t\r\nA: b\r\n\r\n\r\n--b\r\n\r\n--b--epilogue",
        "--b\r\nContent-Disposition: form-data; name=f; filename=\"x\\\"y\"\r\nContent-Type: text/plain\r\n\r\n"
            + "\r\n-\r\n--\r\n--a\r\n--b--");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "\r\n", "\r", "\n", "--", "--b", "\r\n--b", "\r\n--b--", "--b--", "--b\r\n", "\r\n\r\n", "-", " ", "\t",
        "Content-Disposition: form-data; name=\"a\"\r\n", "A: b\r\n", "; filename=\"f\"", "\"", "\\", "\x80");

    public override void Run(byte[] input, Random random)
    {
        string whole = Parse(input, [input.Length]);
        int one = random.Next(input.Length + 1);
        int other = random.Next(input.Length + 1);
        string cut = Parse(input, [Math.Min(one, other), Math.Max(one, other), input.Length]);
        Check(whole == cut, $"the parts depend on the split: {one} and {other}: {whole}, {cut}");
        if (input.Length <= 300 && random.Next(4) == 0)
        {
            string drip = Parse(input, [.. Enumerable.Range(1, input.Length)]);
            Check(whole == drip, $"the parts depend on the split: octet by octet: {whole}, {drip}");
        }

        // What is accepted says what every other reader would see: between two delimiters, headers and content.
        if (whole.EndsWith("end", StringComparison.Ordinal))
            Check(whole == Naive(Encoding.Latin1.GetString(input)), "a naive reader sees other parts: " + whole);
    }

    private static string Parse(byte[] input, int[] ends)
    {
        var parser = new MultipartParser(Delimiter);
        var seen = new StringBuilder();
        int used = 0;
        foreach (int end in ends)
        {
            while (true)
            {
                ReadOnlySpan<byte> rest = input.AsSpan(used, end - used);
                MultipartStep step = parser.Advance(rest, out int count);
                Check(count <= rest.Length, "more was used than was given");
                if (step == MultipartStep.Rejected)
                    return seen.Append(parser.Rejection).ToString();
                if (step == MultipartStep.NeedMore)
                    break;
                if (step is MultipartStep.PartStarts or MultipartStep.Data)
                    seen.Append(Encoding.Latin1.GetString(rest[..count]));
                if (step == MultipartStep.PartStarts)
                    seen.Insert(seen.Length - count, "<");
                if (step == MultipartStep.PartEnds)
                    seen.Append('>');
                used += count;
            }
        }

        return seen.Append(parser.CanEnd(input.AsSpan(used)) ? "end" : "incomplete").ToString();
    }

    /// <summary>For accepted bodies only: cut at the delimiters.</summary>
    private static string Naive(string body)
    {
        string text = body.StartsWith("--b", StringComparison.Ordinal) ? "\r\n" + body : body;
        var seen = new StringBuilder();
        int at = text.IndexOf("\r\n--b", StringComparison.Ordinal) + 5;
        while (!text.AsSpan(at).StartsWith("--"))
        {
            int start = text.IndexOf("\r\n", at, StringComparison.Ordinal) + 2;

            // The empty line that ends a part's headers may be the front of the delimiter behind them.
            int headers = text.AsSpan(start).StartsWith("\r\n") ? start + 2
                : text.IndexOf("\r\n\r\n", start, StringComparison.Ordinal) + 4;
            int delimiter = text.IndexOf("\r\n--b", headers - 2, StringComparison.Ordinal);
            seen.Append('<').Append(text, start, Math.Max(headers, delimiter) - start).Append('>');
            at = delimiter + 5;
        }

        return seen.Append("end").ToString();
    }
}
