using System.Text;
using Waymark.Buffers;
using Waymark.Fuzz.Engine;
using Waymark.Http.Parsing;

namespace Waymark.Fuzz.Targets;

/// <summary>The path of a target: escapes, normal form, dot segments (RFC 3986 sections 2.1, 5.2.4, 6.2.2).</summary>
internal sealed class PathTarget : FuzzTarget
{
    private RequestHead _head = new(4);

    public override string Name => "path";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "/", "/a/b%2Fc/%7e%C3%A9", "/a/./b/../c", "/%2e%2E/x", "/..", "//a//", "/\xc3\xa9", "/%", "/%e9");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "/", ".", "..", "/./", "/../", "%", "%2e", "%2E", "%2f", "%25", "%00", "%C3%A9", "%F0%9F%98%80", "%ED%A0%80",
        "%C0%AF", "%41", "%7E", "\xc3\xa9", "\xf0\x9f\x98\x80", "\xff", "+", "?", "#", "~");

    public override void Run(byte[] input, Random random)
    {
        byte[] line = [.. "GET "u8, .. input, .. " HTTP/1.1\r\nHost: a\r\n\r\n"u8];
        _head.Reset();
        TargetRules rules = TargetRules.RemoveDotSegments
            | (random.Next(2) == 0 ? TargetRules.RawOctets : TargetRules.Strict);
        ParseResult result = RequestParser.Parse(line, new ServerLimits(), ref _head, rules);
        Check(PercentDecoder.IsValid(input) || result != ParseResult.Done || !input.Contains((byte)'%'),
            "a target with a bad escape is accepted");
        if (result != ParseResult.Done || _head.Path.Length == 0 || line[_head.Path.Offset] != '/')
            return;

        byte[] path = line[_head.Path.Offset.._head.Path.End];
        byte[] normal = Normalised(path);
        Check(Normalised(normal).AsSpan().SequenceEqual(normal), "the normal form has another normal form");
        Check(Decoded(path).AsSpan().SequenceEqual(Decoded(normal)), "the normal form means another path");
        Check(!normal.AsSpan().ContainsAnyExceptInRange((byte)0x21, (byte)0x7e), "the normal form is not ASCII");
        bool isNeeded = DotSegmentRemover.IsNeeded(path);
        Check(isNeeded == HasDotSegment(normal), "a dot segment is overlooked, or seen where there is none");
        byte[] clean = normal[..];
        int length = DotSegmentRemover.Remove(clean);
        string wanted = RemoveDotSegments(Encoding.ASCII.GetString(normal));
        Check(Encoding.ASCII.GetString(clean, 0, length) == wanted, "dot segments are removed otherwise");
        Check(!DotSegmentRemover.IsNeeded(clean.AsSpan(0, length)), "dot segments are left");
        Check(PercentDecoder.DecodeToString(path, isPlusSpace: false) == Encoding.UTF8.GetString(Decoded(path)),
            "the text of the path is another");
    }

    private static byte[] Normalised(byte[] path)
    {
        byte[] normal = new byte[PercentDecoder.NormalisedLengthMax(path)];
        return normal[..PercentDecoder.Normalise(path, normal)];
    }

    /// <summary>Every escape decoded, in the slow and obvious way.</summary>
    private static byte[] Decoded(byte[] path)
    {
        var octets = new List<byte>();
        for (int i = 0; i < path.Length; i++)
        {
            bool isEscape = path[i] == '%';
            octets.Add(isEscape ? Convert.FromHexString(Encoding.ASCII.GetString(path, i + 1, 2))[0] : path[i]);
            i += isEscape ? 2 : 0;
        }

        return [.. octets];
    }

    private static bool HasDotSegment(byte[] path) =>
        Encoding.ASCII.GetString(path).Split('/').Any(segment => segment is "." or "..");

    // RFC 3986 section 5.2.4, step by step.
    private static string RemoveDotSegments(string input)
    {
        string output = "";
        while (input.Length > 0)
        {
            if (input.StartsWith("/./", StringComparison.Ordinal))
            {
                input = input[2..];
            }
            else if (input == "/.")
            {
                input = "/";
            }
            else if (input.StartsWith("/../", StringComparison.Ordinal) || input == "/..")
            {
                input = input == "/.." ? "/" : input[3..];
                output = output[..Math.Max(0, output.LastIndexOf('/'))];
            }
            else
            {
                int end = input.IndexOf('/', 1);
                end = end < 0 ? input.Length : end;
                output += input[..end];
                input = input[end..];
            }
        }

        return output;
    }
}
