using System.Net;
using System.Net.Sockets;
using Waymark.Transport;

namespace Waymark.Tests.Transport;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "Ip", "http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1", "Ip", "http://127.0.0.1:80")]
    [InlineData("http://127.0.0.1:0/", "Ip", "http://127.0.0.1:0")]
    [InlineData("  HTTP://10.0.0.255:65535 ", "Ip", "http://10.0.0.255:65535")]
    [InlineData("http://0.0.0.0:80", "Ip", "http://0.0.0.0:80")]
    [InlineData("http://[::1]:0", "Ip", "http://[::1]:0")]
    [InlineData("http://[::]", "Ip", "http://[::]:80")]
    [InlineData("http://[FE80::1%3]:5", "Ip", "http://[fe80::1%3]:5")]
    [InlineData("http://[fe80::1%253]:5", "Ip", "http://[fe80::1%3]:5")]
    [InlineData("http://[fe80::1%25]:5", "Ip", "http://[fe80::1%25]:5")]
    [InlineData("http://[fe80::1%2525]:5", "Ip", "http://[fe80::1%25]:5")]
    [InlineData("fd:3", "Inherited", "fd:3")]
    [InlineData("fd:65535", "Inherited", "fd:65535")]
    [InlineData("FD:listen", "Passed", "FD:listen")]
    [InlineData("fd:listen:web", "Passed", "fd:listen:web")]
    [InlineData("http://localhost:8080", "Localhost", "http://localhost:8080")]
    [InlineData("http://LocalHost", "Localhost", "http://LocalHost")]
    [InlineData("http://*:80", "Any", "http://*:80")]
    [InlineData("https://127.0.0.1", "Ip", "https://127.0.0.1:443")]
    [InlineData("HTTPS://[::1]:8443/", "Ip", "https://[::1]:8443")]
    [InlineData("https://localhost:8443", "Localhost", "https://localhost:8443")]
    [InlineData("https://*:8443", "Any", "https://*:8443")]
    [InlineData("unix:/run/app.sock", "Unix", "unix:/run/app.sock")]
    [InlineData("unix:app.sock", "Unix", "unix:app.sock")]
    [InlineData("https+unix:/run/app.sock", "Unix", "https+unix:/run/app.sock")]
    [InlineData("https+fd:3", "Inherited", "https+fd:3")]
    [InlineData("https+fd:listen:web", "Passed", "https+fd:listen:web")]
    public void An_address_is_read_and_printed(string text, string kind, string printed)
    {
        Assert.True(Endpoint.TryParse(text, out Endpoint endpoint, out string problem), problem);
        Assert.Equal(kind, endpoint.Kind.ToString());
        Assert.Equal(printed, endpoint.ToString());
        Assert.Equal(text.Trim(), endpoint.Text);
        Assert.Equal(printed.StartsWith("https", StringComparison.Ordinal), endpoint.IsTls);
    }

    [Theory]
    [InlineData(null, "it is empty; write for example http://127.0.0.1:8080")]
    [InlineData("", "it is empty")]
    [InlineData("localhost:8080", "must start with http://, https://, unix: or fd:")]
    [InlineData("8080", "must start with http://, https://, unix: or fd:")]
    [InlineData("https://example.com", "host names are not looked up")]
    [InlineData("https://", "the host is missing")]
    [InlineData("tcp://127.0.0.1:1", "the scheme 'tcp' is not supported; use http://, https://, unix: or fd:")]
    [InlineData("http://", "the host is missing; use http://*:8080")]
    [InlineData("http://:8080", "the host is missing; use http://*:8080")]
    [InlineData("http://example.com:80", "host names are not looked up; use an IP address, localhost or *")]
    [InlineData("http://1:80", "'1' is not an IP address")]
    [InlineData("http://127.1:80", "'127.1' is not an IP address")]
    [InlineData("http://127.0.0.256:80", "'127.0.0.256' is not an IP address")]
    [InlineData("http://127.0.0.01:80", "'127.0.0.01' is not an IP address")]
    [InlineData("http://127.0.0.1.1:80", "'127.0.0.1.1' is not an IP address")]
    [InlineData("http://127.0.0.:80", "'127.0.0.' is not an IP address")]
    [InlineData("http://0x7f.0.0.1:80", "'0x7f.0.0.1' is not an IP address")]
    [InlineData("http://127.0.0.1:65536", "the port must be a number from 0 to 65535 (0 picks a free one)")]
    [InlineData("http://127.0.0.1:-1", "the port must be a number from 0 to 65535")]
    [InlineData("http://127.0.0.1:", "the port must be a number from 0 to 65535")]
    [InlineData("http://127.0.0.1:8o", "the port must be a number from 0 to 65535")]
    [InlineData("http://127.0.0.1:000080", "the port must be a number from 0 to 65535")]
    [InlineData("http://[::1]8080", "the port must be a number from 0 to 65535")]
    [InlineData("http://127.0.0.1:80/api", "has a host and a port only")]
    [InlineData("http://user@127.0.0.1:80", "has a host and a port only")]
    [InlineData("http://::1:80", "an IPv6 address stands in brackets")]
    [InlineData("http://[::1:80", "the bracket of the IPv6 address is not closed")]
    [InlineData("http://[]:80", "'' is not an IPv6 address")]
    [InlineData("http://[127.0.0.1]:80", "'127.0.0.1' is not an IPv6 address")]
    [InlineData("http://[::ffff:127.0.0.1]:80", "an IPv6 socket takes no IPv4 here; write http://127.0.0.1:80")]
    [InlineData("http://[fe80::1]:80", "needs its interface, for example http://[fe80::1%eth0]:8080")]
    [InlineData("unix:", "a path or an abstract name is missing")]
    [InlineData("unix:/", "a path or an abstract name is missing")]
    [InlineData("http://[fe80::1%nowhere0]:80", "this machine has no interface 'nowhere0'")]
    [InlineData("http://[2001:db8::1%nowhere0]:80", "this machine has no interface 'nowhere0'")]
    [InlineData("http://[fe80::1%]:80", "this machine has no interface ''")]
    [InlineData("fd:", "behind fd: stands the number of a listening socket (fd:3)")]
    [InlineData("fd:-3", "behind fd: stands the number")]
    [InlineData("fd:65536", "behind fd: stands the number")]
    [InlineData("fd:three", "behind fd: stands the number")]
    [InlineData("fd:listen:", "behind fd: stands the number")]
    [InlineData("fd://3", "behind fd: stands the number")]
    [InlineData("unix://run/x", "a socket's path has no host")]
    [InlineData("https+unix:", "a path or an abstract name is missing")]
    [InlineData("https+fd:x", "behind fd: stands the number")]
    [InlineData("https+http://127.0.0.1", "the scheme 'https+http' is not supported")]
    [InlineData("http+unix:/run/x", "must start with http://, https://, unix: or fd:")]
    [InlineData("https+", "must start with http://, https://, unix: or fd:")]
    public void A_bad_address_is_refused_with_its_text_the_rule_and_an_example(string? text, string rule)
    {
        Assert.False(Endpoint.TryParse(text, out _, out string problem));
        Assert.StartsWith($"The address '{text}' is not usable: ", problem, StringComparison.Ordinal);
        Assert.Contains(rule, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_as_long_as_a_socket_allows_and_no_longer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit of 107 bytes is Linux's.");
        Assert.True(Endpoint.TryParse("unix:/" + new string('x', 106), out _, out _));
        Assert.False(Endpoint.TryParse("unix:/" + new string('x', 107), out _, out string problem));
        Assert.Contains("the path is too long", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_abstract_name_starts_with_a_zero_byte_for_the_kernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Abstract names exist on Linux only.");
        Assert.True(Endpoint.TryParse("unix:@app", out Endpoint endpoint, out _));
        Assert.Equal("unix:@app", endpoint.ToString());
        Assert.Equal(new UnixDomainSocketEndPoint("\0app"), endpoint.ToEndPoint());
    }

    [Fact]
    public void A_scope_is_kept()
    {
        Assert.True(Endpoint.TryParse("http://[fe80::1%3]:5", out Endpoint endpoint, out _));
        Assert.Equal(3, Assert.IsType<IPEndPoint>(endpoint.ToEndPoint()).Address.ScopeId);
    }
}
