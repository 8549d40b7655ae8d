using System.Globalization;
using System.Text;
using Waymark.Tests.Http.Parsing;

namespace Waymark.Fuzz.Targets;

/// <summary>What a handler has to see of a connection's input, found by the twins of head and body.</summary>
internal static class ConnectionTwin
{
    /// <summary>The requests in their order.</summary>
    /// <param name="input">Everything that the client sends.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="isTimed">True where it is open by the rules what happens: it depends on what has come when.</param>
    public static List<TwinRequest> Read(byte[] input, ServerLimits limits, out bool isTimed)
    {
        var seen = new List<TwinRequest>();
        isTimed = false;
        while (RequestParserTwin.Parse(input, limits) is { } head)
        {
            string[] expectations = Values(head, "expect");
            isTimed |= expectations.Length > 0;
            string body = BodyOf(input[head.HeadBytes..], head, limits, out int length);
            bool isExpected = Array.TrueForAll(
                expectations, value => value.Equals("100-continue", StringComparison.OrdinalIgnoreCase));
            string line = $"{head.Method} {head.Target} {(IsUnread(head.Target) ? "" : body)}";
            seen.Add(new TwinRequest(head.Method, line, isExpected));
            if (body == "?" || IsLast(head, IsHttp10(input), isExpected))
                break;
            input = input[(head.HeadBytes + length)..];
        }

        return seen;
    }

    /// <summary>A target for which the handler does not look at the body.</summary>
    public static bool IsUnread(string target) => target.StartsWith("/x", StringComparison.Ordinal);

    /// <summary>A target for which the handler flushes before it knows how much it will write.</summary>
    public static bool IsStreamed(string target) => target.StartsWith("/c", StringComparison.Ordinal);

    private static string BodyOf(byte[] rest, TwinHead head, ServerLimits limits, out int length)
    {
        length = 0;
        if (Values(head, "transfer-encoding").Length > 0)
        {
            (byte[] Data, int Length)? chunked = ChunkTwin.Read(rest, limits.BodyBytesMax);
            length = chunked?.Length ?? 0;
            return chunked is null ? "?" : Encoding.Latin1.GetString(chunked.Value.Data);
        }

        string[] lengths = Values(head, "content-length");
        long declared = lengths.Length == 0 ? 0 : long.Parse(lengths[0], CultureInfo.InvariantCulture);
        if (declared > limits.BodyBytesMax || declared > rest.Length)
            return "?";
        length = (int)declared;
        return Encoding.Latin1.GetString(rest, 0, length);
    }

    private static bool IsLast(TwinHead head, bool isHttp10, bool isHandled)
    {
        string[] options = [.. Values(head, "connection").SelectMany(value => value.Split(','))
            .Select(option => option.Trim(' ', '\t').ToLowerInvariant())];
        return options.Contains("close")
            || (isHttp10 && (!options.Contains("keep-alive") || (isHandled && IsStreamed(head.Target))));
    }

    private static bool IsHttp10(byte[] input)
    {
        string text = Encoding.Latin1.GetString(input);
        int start = text.StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 0;
        return text[..text.IndexOf("\r\n", start, StringComparison.Ordinal)].EndsWith(".0", StringComparison.Ordinal);
    }

    private static string[] Values(TwinHead head, string name) =>
        [.. head.Fields.Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value)];
}

/// <summary>A request that a server has to answer.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Line">Method, target and body, or <c>?</c> for a body that cannot be read.</param>
/// <param name="IsHandled">False where it is answered without a handler: 417.</param>
internal sealed record TwinRequest(string Method, string Line, bool IsHandled);
