using Waymark.Hosting;
using Waymark.Transport;

namespace Waymark.Tests.Hosting;

public sealed class AddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:1")]
    [InlineData(null, "http://127.0.0.1:2; http://127.0.0.1:3;", "http://127.0.0.1:2 http://127.0.0.1:3")]
    [InlineData(null, "", "http://localhost:8080")]
    [InlineData(null, " ; ", "http://localhost:8080")]
    [InlineData(null, null, "http://localhost:8080")]
    public void Arguments_win_over_the_environment_and_that_over_the_default(
        string? argument, string? variable, string expected)
    {
        var endpoints = Resolve(
            argument is null ? [] : [argument], name => name == "WAYMARK_URLS" ? variable : null, 1);
        Assert.Equal(expected, string.Join(' ', endpoints));
    }

    [Fact]
    public void All_bad_addresses_are_listed_at_once()
    {
        var e = Assert.Throws<OptionsException>(
            () => Resolve(["https://a", "http://127.0.0.1:80", "http://b:1"], _ => null, 1));
        Assert.Equal(2, e.Problems.Count);
        Assert.StartsWith(
            "2 problems:\n  - The address 'https://a' is not usable", e.Message, StringComparison.Ordinal);
        Assert.Contains("\n  - The address 'http://b:1' is not usable", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_address_in_the_environment_names_the_variable()
    {
        var e = Assert.Throws<OptionsException>(() => Resolve([], _ => "8080", 1));
        Assert.StartsWith("WAYMARK_URLS: The address '8080' is not usable", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "7", "2", null, "fd:3 fd:4")]
    [InlineData(null, null, "7", "2", "web:admin", "fd:3 (web) fd:4 (admin)")]
    [InlineData(null, null, "8", "2", null, "http://localhost:8080")]
    [InlineData(null, null, null, "2", null, "http://localhost:8080")]
    [InlineData(null, null, "7", "0", null, "http://localhost:8080")]
    [InlineData(null, null, "7", "", null, "http://localhost:8080")]
    [InlineData(null, "http://127.0.0.1:2", "7", "2", null, "http://127.0.0.1:2")]
    [InlineData("http://127.0.0.1:1", null, "7", "2", null, "http://127.0.0.1:1")]
    [InlineData("fd:listen", null, "7", "1", null, "fd:3")]
    [InlineData("fd:listen:admin", null, "7", "3", "web:admin:admin", "fd:4 (admin) fd:5 (admin)")]
    [InlineData("https+fd:listen:web", null, "7", "2", "web:admin", "https+fd:3 (web)")]
    [InlineData("https+fd:listen", null, "7", "2", null, "https+fd:3 https+fd:4")]
    [InlineData("fd:9", null, "7", "2", null, "fd:9")]
    public void Passed_sockets_are_used_when_they_are_asked_for_or_nothing_else_is_said(
        string? argument, string? urls, string? pid, string? count, string? names, string expected)
    {
        var endpoints = Resolve(argument is null ? [] : [argument], Variables(urls, pid, count, names), 7);
        Assert.Equal(expected, string.Join(' ', endpoints));
    }

    [Theory]
    [InlineData("fd:listen", null, null, null, "no sockets were passed (LISTEN_FDS is not set). Start the program")]
    [InlineData("fd:listen", "8", "1", null, "those passed are for another process (LISTEN_PID is '8', this one is 7)")]
    [InlineData("fd:listen", "7", "x", null, "LISTEN_FDS is 'x', which is no number from 1 to 1024")]
    [InlineData("fd:listen", "7", "1025", null, "LISTEN_FDS is '1025'")]
    [InlineData("fd:listen:web", "7", "1", "adm", "no socket named 'web' was passed (LISTEN_FDNAMES is 'adm')")]
    public void Sockets_that_were_not_passed_are_a_startup_error(
        string address, string? pid, string? count, string? names, string cause)
    {
        var e = Assert.Throws<ServerStartupException>(
            () => Resolve([address], Variables(null, pid, count, names), 7));
        Assert.Equal(address, e.Endpoint);
        Assert.StartsWith($"Cannot listen on {address}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:1", "tcp://127.0.0.1:1")]
    [InlineData("tls://[::1]:1", "tls://[::1]:1")]
    [InlineData("tcp://*:0", "tcp://*:0")]
    [InlineData("tls+unix:/x", "tls+unix:/x")]
    [InlineData("tls+fd:listen", "tls+fd:3 tls+fd:4")]
    [InlineData(null, "fd:3 fd:4")]
    public void Addresses_of_TCP_are_named_by_tcp_and_tls(string? argument, string expected)
    {
        var endpoints = Addresses.Resolve(
            argument is null ? [] : [argument], AddressScheme.Tcp, null,
            Environment(Variables("http://127.0.0.1:9", "7", "2", null), 7));
        Assert.Equal(expected, string.Join(' ', endpoints));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "the scheme 'http' is not supported; use tcp://, tls://, unix: or fd:")]
    [InlineData("127.0.0.1:1", "it must start with tcp://, tls://, unix: or fd:, for example tcp://127.0.0.1:8080")]
    [InlineData("tcp://127.0.0.1", "the port is missing (0 picks a free one), for example tcp://127.0.0.1:8080")]
    [InlineData("tls://localhost", "the port is missing")]
    [InlineData("https+unix:/x", "it must start with tcp://")]
    [InlineData(null, "There is no address to listen on: write for example tcp://localhost:7000.")]
    public void What_is_no_address_of_TCP_is_told(string? address, string expected)
    {
        var e = Assert.Throws<OptionsException>(() => Addresses.Resolve(
            address is null ? [] : [address], AddressScheme.Tcp, null, Environment(_ => null, 7)));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_descriptor_is_given_once()
    {
        var e = Assert.Throws<OptionsException>(
            () => Resolve(["fd:listen", "fd:4"], Variables(null, "7", "2", null), 7));
        Assert.Equal("Descriptor 4 is given twice; once is enough.", e.Message);
    }

    private static List<Endpoint> Resolve(string[] addresses, Func<string, string?> getVariable, int processId) =>
        Addresses.Resolve(addresses, AddressScheme.Http, Addresses.Default, Environment(getVariable, processId));

    private static HostEnvironment Environment(Func<string, string?> getVariable, int processId) =>
        new() { GetVariable = getVariable, ProcessId = processId };

    private static Func<string, string?> Variables(string? urls, string? pid, string? count, string? names) =>
        name => name switch
        {
            "WAYMARK_URLS" => urls,
            "LISTEN_PID" => pid,
            "LISTEN_FDS" => count,
            "LISTEN_FDNAMES" => names,
            _ => null,
        };
}
