using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.Fuzz.Engine;

namespace Waymark.Fuzz.Targets;

/// <summary>Reads what a server sent as a strict client would; every answer ends where its framing says.</summary>
internal static partial class AnswerReader
{
    /// <summary>The status codes of the answers.</summary>
    /// <param name="sent">Everything that was sent.</param>
    /// <param name="methods">The methods of the requests in their order; what is beyond them is a refusal.</param>
    public static List<int> Read(string sent, IReadOnlyList<string> methods)
    {
        var statuses = new List<int>();
        bool isLast = false;
        for (int at = 0; at < sent.Length;)
        {
            if (isLast)
                throw new OracleException("something follows the last answer");
            Match head = Head().Match(sent, at);
            if (!head.Success)
                throw new OracleException($"this is no head: {sent[at..Math.Min(sent.Length, at + 80)]}");
            int status = int.Parse(head.Groups["status"].Value, CultureInfo.InvariantCulture);
            string[] names = [.. head.Groups["name"].Captures.Select(one => one.Value.ToLowerInvariant())];
            string[] values = [.. head.Groups["value"].Captures.Select(one => one.Value)];
            string? length = Single(names, values, "content-length");
            string? coding = Single(names, values, "transfer-encoding");
            isLast = Single(names, values, "connection") == "close";
            at += head.Length;
            bool isHead = statuses.Count < methods.Count && methods[statuses.Count] == "HEAD";

            // A HEAD that is refused is among no requests, but its answer has no body either.
            isHead |= statuses.Count >= methods.Count && at == sent.Length;
            statuses.Add(status);
            if (isHead || status is 204 or 304)
                continue;

            // A refused HEAD is not among the methods, and its answer has no body either.
            if (isLast && statuses.Count > methods.Count && at == sent.Length)
                continue;
            at = coding == "chunked" ? ChunkedEnd(sent, at)
                : length is not null ? at + int.Parse(length, CultureInfo.InvariantCulture)
                : isLast ? sent.Length
                : throw new OracleException($"nobody knows where the answer ends: {status}");
            if (at > sent.Length)
                throw new OracleException($"the answer is shorter than it says: {status}");
        }

        return statuses;
    }

    private static int ChunkedEnd(string sent, int at)
    {
        (byte[] Data, int Length)? body = ChunkTwin.Read(Encoding.Latin1.GetBytes(sent[at..]), long.MaxValue);
        return at + (body ?? throw new OracleException("the chunks of an answer are malformed")).Length;
    }

    private static string? Single(string[] names, string[] values, string name)
    {
        int first = Array.IndexOf(names, name);
        if (first != Array.LastIndexOf(names, name))
            throw new OracleException($"a field stands twice: {name}");
        return first < 0 ? null : values[first];
    }

    [GeneratedRegex("\\GHTTP/1\\.1 (?<status>[2-5][0-9]{2}) [A-Za-z -]+\r\n"
        + "((?<name>[A-Za-z-]+): (?<value>[\x20-\x7e]*)\r\n)*\r\n")]
    private static partial Regex Head();
}
