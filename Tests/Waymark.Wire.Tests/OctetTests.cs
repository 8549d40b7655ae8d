using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>Each of the 256 octets at each place of a head: RFC 9110 section 5, RFC 9112 section 3, RFC 3986.</summary>
public sealed class OctetTests
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string TokenOctets = Alphanumeric + "!#$%&'*+-.^_`|~";

    // pchar = unreserved / pct-encoded / sub-delims / ":" / "@"; query = *( pchar / "/" / "?" )
    private const string PathOctets = Alphanumeric + "-._~!$&'()*+,;=:@/?";

    // A space ends a target, and is allowed inside a value; a colon ends a name; an escape needs its digits.
    [Theory]
    [InlineData("X#X / HTTP/1.1\r\nHost: x", TokenOctets, "501")]
    [InlineData("GET /text/a#b HTTP/1.1\r\nHost: x", PathOctets, "200")]
    [InlineData("GET /?a#b HTTP/1.1\r\nHost: x", PathOctets, "200")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nA#B: c", TokenOctets + ":", "200")]
    public async Task Only_the_octets_of_the_grammar_are_taken(string template, string allowed, string status)
    {
        for (int octet = 0; octet < 256; octet++)
            await AssertAsync(template, (char)octet, allowed.Contains((char)octet) ? status : "400");
    }

    // field-vchar = VCHAR / obs-text; between them SP and HTAB
    [Fact]
    public async Task A_field_value_takes_everything_but_controls_and_DEL()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            await AssertAsync(
                "GET / HTTP/1.1\r\nHost: x\r\nA: b#c",
                (char)octet,
                octet is '\t' or (>= 0x20 and not 0x7f) ? "200" : "400");
        }
    }

    // reg-name = *( unreserved / pct-encoded / sub-delims ) without the comma, which lists use; ":" begins a port.
    [Fact]
    public async Task A_host_takes_a_registered_name_only()
    {
        const string Allowed = Alphanumeric + "-._~!$&'()*+;=:";
        for (int octet = 0; octet < 256; octet++)
        {
            await AssertAsync(
                "GET / HTTP/1.1\r\nHost: x#1", (char)octet, Allowed.Contains((char)octet) ? "200" : "400");
        }
    }

    private static async Task AssertAsync(string template, char octet, string status)
    {
        string head = template.Replace('#', octet);
        WireAnswer answer = await Engine.PlayAsync($"{head}\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.True(
            (answer.Statuses, answer.SaysClose) == (status == "400" ? ("400", true) : ($"{status} 200", false)),
            $"0x{(int)octet:x2} in {template}: expected {status}\n{answer.Text}");
    }
}
