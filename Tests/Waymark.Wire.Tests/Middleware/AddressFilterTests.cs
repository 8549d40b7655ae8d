using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Who is let in by address.</summary>
public sealed class AddressFilterTests
{
    private static readonly AddressFilterOptions Office = new()
    {
        Allowed = ["192.0.2.0/24", "2001:db8::/32", "unix"],
        Denied = ["192.0.2.66", "2001:db8:bad::/48"],
    };

    [Theory]
    [InlineData("192.0.2.1", 200)]
    [InlineData("192.0.2.66", 403)]
    [InlineData("192.0.3.1", 403)]
    [InlineData("::ffff:192.0.2.1", 200)]
    [InlineData("::ffff:192.0.2.66", 403)]
    [InlineData("2001:db8::1", 200)]
    [InlineData("2001:db8:bad::1", 403)]
    [InlineData("fe80::1%3", 403)]
    [InlineData("unix", 200)]
    [InlineData("none", 403)]
    public async Task An_address_is_denied_first_and_then_has_to_be_allowed(string peer, int status) =>
        Assert.Equal(status, await AskAsync(peer, "", AddressFilter.From(Office)));

    [Theory]
    [InlineData("192.0.2.66", 403)]
    [InlineData("10.0.0.1", 200)]
    [InlineData("unix", 200)]
    [InlineData("none", 200)]
    public async Task Where_only_some_are_denied_all_others_come_in(string peer, int status) =>
        Assert.Equal(status, await AskAsync(peer, "", AddressFilter.Deny("192.0.2.66")));

    [Theory]
    [InlineData("10.0.0.1", "192.0.2.1", false, 200)]
    [InlineData("10.0.0.1", "198.51.100.1", false, 403)]
    [InlineData("198.51.100.1", "192.0.2.1", false, 403)]
    [InlineData("10.0.0.1", "192.0.2.1", true, 403)]
    public async Task A_trusted_proxy_names_the_client_unless_the_connection_counts(
        string peer, string forwardedFor, bool usesConnection, int status)
    {
        IMiddleware filter = AddressFilter.From(Office with { UsesConnection = usesConnection });
        Assert.Equal(status, await AskAsync(peer, $"X-Forwarded-For: {forwardedFor}\r\n", filter));
    }

    [Fact]
    public void Lists_are_checked_all_at_once()
    {
        Assert.Equal(2, Assert.Throws<OptionsException>(() => AddressFilter.From(
            new AddressFilterOptions { Allowed = ["10.0.0.1/8"], Denied = ["example.org"] })).Problems.Count);
        Assert.Throws<OptionsException>(() => AddressFilter.From(new AddressFilterOptions()));
        Assert.Throws<OptionsException>(() => AddressFilter.Allow());
        Assert.Throws<OptionsException>(() => AddressFilter.Deny());
    }

    [Fact]
    public void Nothing_is_allocated_for_a_request_that_is_let_in()
    {
        var peer = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 7);
        Handler inner = Wrapped.Routes(AddressFilter.From(Office));
        Assert.Equal(0, Allocations.OfRequest("GET / HTTP/1.1\r\nHost: x\r\n\r\n", exchange =>
        {
            exchange.Request.Peer = peer;
            return inner(exchange);
        }));
    }

    private static async Task<int> AskAsync(string peer, string fields, IMiddleware filter)
    {
        Handler handler = ForwardedHeaders.From("10.0.0.0/8")(Wrapped.Routes(filter));
        var connection = new ScriptedConnection([Engine.Bytes($"GET / HTTP/1.1\r\nHost: x\r\n{fields}\r\n")])
        {
            PeerEndPoint = peer switch
            {
                "unix" => new UnixDomainSocketEndPoint("/x"),
                "none" => null,
                _ => new IPEndPoint(IPAddress.Parse(peer), 7),
            },
        };
        await Engine.Serve(connection, null, handler, NullLogger.Instance);
        return int.Parse(Encoding.ASCII.GetString(connection.Sent, 9, 3), null);
    }
}
