using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Waymark.Connections.ProxyProtocol;
using Waymark.Fuzz.Engine;
using Waymark.TestSupport;

namespace Waymark.Fuzz.Targets;

/// <summary>The prelude of the PROXY protocol, versions 1 and 2.</summary>
internal sealed partial class PreludeTarget : FuzzTarget
{
    // For as long as the process lives.
    private static readonly GuardedPage Page = new();

    public override string Name => "prelude";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\nGET / HTTP/1.1\r\n",
        "PROXY TCP6 2001:db8::1 ::1 1 65535\r\n",
        "PROXY UNKNOWN anything at all\r\n",
        "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x01\xc6\x33\x64\x07\xdc\x04\x01\xbb",
        "\r\n\r\n\0\r\nQUIT\n\x21\x21\0\x27" + new string('\x01', 36) + "\x04\0\0",
        "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "PROXY ", "TCP4 ", "TCP6 ", "UNKNOWN", " ", "\r\n", "\r", "\n", "192.0.2.1", "255.255.255.255", "::1", "::",
        "2001:db8::1", "65535", "65536", "0", "00", "%1", "\r\n\r\n\0\r\nQUIT\n", "\x21", "\x20", "\x11", "\x31",
        "\x0f\xff", "\x10\0");

    public override void Run(byte[] input, Random random)
    {
        PreludeResult result = PreludeParser.Parse(Page.Place(input), out ProxyPrelude prelude);
        bool isDecided = false;
        int step = input.Length <= 300 ? 1 : 1 + random.Next(40);
        for (int length = 0; length <= input.Length; length += step)
        {
            PreludeResult part = PreludeParser.Parse(Page.Place(input.AsSpan(0, length)), out ProxyPrelude same);
            Check(part == result || (part == PreludeResult.NeedMore && !isDecided),
                $"the outcome depends on the split: at {length} {part}, then {result}");
            isDecided |= part != PreludeResult.NeedMore;
            Check(part != PreludeResult.Done || (same.Length == prelude.Length && Equals(same.Source, prelude.Source)),
                $"the prelude depends on the split: at {length}");
        }

        if (result != PreludeResult.Done)
            return;
        Check(prelude.Length <= input.Length, "more was used than was given");
        Check(prelude.Source is null == (prelude.Destination is null), "one address alone");
        if (input[0] == 'P')
            CheckText(System.Text.Encoding.Latin1.GetString(input, 0, prelude.Length), prelude);
    }

    private static void CheckText(string line, ProxyPrelude prelude)
    {
        Match match = Line().Match(line);
        Check(match.Success && line.Length <= 107, "a line that is none is accepted");
        if (prelude.Source is null)
            return;
        Check(Equals(prelude.Source, Read(match, "source", "from")), "the source is another");
        Check(Equals(prelude.Destination, Read(match, "destination", "to")), "the destination is another");
    }

    private static IPEndPoint Read(Match match, string address, string port) => new(
        IPAddress.Parse(match.Groups[address].Value),
        int.Parse(match.Groups[port].Value, NumberStyles.None, CultureInfo.InvariantCulture));

    [GeneratedRegex("\\APROXY (?:UNKNOWN(?: [^\r\n]*)?|TCP[46] (?<source>[0-9a-fA-F:.]+) (?<destination>[0-9a-fA-F:.]+)"
        + " (?<from>[0-9]{1,5}) (?<to>[0-9]{1,5}))\r\n\\z")]
    private static partial Regex Line();
}
