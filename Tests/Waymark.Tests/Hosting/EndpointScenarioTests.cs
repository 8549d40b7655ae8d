using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Waymark.Hosting;
using Waymark.Tests.Support;
using Waymark.Transport;

namespace Waymark.Tests.Hosting;

/// <summary>The scenarios about addresses, with their numbers.</summary>
public sealed class EndpointScenarioTests
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly ListLogger _logger = new();

    [Fact]
    public async Task A01_a_server_that_runs_answers_hello()
    {
        var server = new HttpServer(new FixedTable(), new ServerOptions { Logger = _logger, ShowBanner = false })
            .Use(_ => exchange =>
            {
                Assert.Equal("/", exchange.Request.Path);
                exchange.Response.Write("Hello, World!");
                return ValueTask.CompletedTask;
            });
        Task<int> run = server.RunAsync(AnyPort);
        await server.Ready.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        using (HttpPeer peer = await HttpPeer.ConnectAsync(server))
        {
            string answer = await peer.AskAsync();
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\nHello, World!", answer, StringComparison.Ordinal);
        }

        await server.StopAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task A02_H37_an_occupied_port_is_a_startup_error_that_names_endpoint_and_cause()
    {
        await using HttpServer first = await New().StartAsync(AnyPort);
        string address = first.Endpoints[0];
        foreach (Func<HttpServer, Task> start in new Func<HttpServer, Task>[]
            { s => s.RunAsync(address), s => s.StartAsync(address), s => s.BindAsync(address) })
        {
            var e = await Assert.ThrowsAsync<ServerStartupException>(() => start(New()));
            Assert.Equal(address, e.Endpoint);
            Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketError);
            Assert.StartsWith(
                $"Cannot listen on {address}: the address is in use. Stop the process",
                e.Message,
                StringComparison.Ordinal);
        }

        // The first one is not harmed by the attempts.
        Assert.Equal("still here", await AskAsync(address));
    }

    [Theory]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://127.0.0.1:65536")]
    public async Task A03_a_port_out_of_range_is_refused_before_any_socket_exists(string address)
    {
        await using HttpServer server = New();
        await Assert.ThrowsAsync<OptionsException>(() => server.BindAsync(AnyPort, address));
        Assert.Empty(server.Endpoints);
    }

    [Fact]
    public async Task A03_no_table_is_refused_and_port_0_reports_the_port()
    {
        Assert.Throws<ArgumentNullException>(() => new HttpServer(null!));
        Assert.Throws<ArgumentNullException>(() => { _ = New().BindAsync(null!); });
        await using HttpServer server = await New().StartAsync(AnyPort);
        Assert.NotEqual(0, new Uri(server.Endpoints[0]).Port);
    }

    [Fact]
    public async Task A04_when_the_second_address_fails_the_first_is_closed_again()
    {
        await using HttpServer taken = await New().StartAsync(AnyPort);
        string path = Listening.NewPath();
        await using HttpServer server = New();
        await Assert.ThrowsAsync<ServerStartupException>(
            () => server.StartAsync("unix:" + path, taken.Endpoints[0]));
        Assert.Empty(server.Endpoints);
        Assert.False(File.Exists(path));
        await Assert.ThrowsAnyAsync<SocketException>(() => Peer.ConnectAsync("unix:" + path));
    }

    [Fact]
    public async Task H38_a_restart_within_TIME_WAIT_works()
    {
        HttpServer server = await New(new LambdaHandler(_ => Task.CompletedTask)).StartAsync(AnyPort);
        string address = server.Endpoints[0];
        using (Peer peer = await Peer.ConnectAsync(address))
            Assert.Equal("", await peer.ReceiveAsync());

        await server.StopAsync();
        await using HttpServer again = await New().StartAsync(address);
        Assert.Equal("back", await AskAsync(address, "back"));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("[::]", "[::1]")]
    public async Task D02_port_0_binds_the_family_that_was_asked_for_without_flow_or_scope(string host, string to)
    {
        Assert.SkipUnless(Listening.HasIPv6 || !host.Contains('['), "This machine has no IPv6.");
        await using HttpServer server = await New().StartAsync($"http://{host}:0");
        Assert.True(Endpoint.TryParse(Assert.Single(server.Endpoints), out Endpoint bound, out _));
        var endPoint = Assert.IsType<IPEndPoint>(bound.ToEndPoint());
        Assert.NotEqual(0, endPoint.Port);
        Assert.Equal(IPAddress.Parse(host).AddressFamily, endPoint.AddressFamily);
        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // sockaddr_in6: family, port, flowinfo (4 bytes), address (16), scope (4).
            byte[] raw = endPoint.Serialize().Buffer.ToArray();
            Assert.Equal(0, BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(4)));
            Assert.Equal(0, BinaryPrimitives.ReadInt32LittleEndian(raw.AsSpan(24)));
            Assert.Equal(0, endPoint.Address.ScopeId);
        }

        Assert.Equal("hello", await AskAsync(server.Endpoints[0].Replace(host, to, StringComparison.Ordinal), "hello"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task D03_a_link_local_address_keeps_its_scope_and_the_handler_sees_it(bool isByName)
    {
        IPAddress? local = Listening.LinkLocal();
        Assert.SkipWhen(local is null, "This machine has no link-local address.");
        string host = local.ToString();
        if (isByName)
            host = $"{host[..host.IndexOf('%')]}%{NameOf(local.ScopeId)}";

        var seen = new TaskCompletionSource<EndPoint?>();
        await using HttpServer server = await New(new LambdaHandler(context =>
        {
            seen.SetResult(context.Info.RemoteEndPoint);
            return Task.CompletedTask;
        })).StartAsync($"http://[{host}]:0");
        Assert.StartsWith($"http://[{local}]:", Assert.Single(server.Endpoints), StringComparison.Ordinal);
        Assert.True(Endpoint.TryParse(server.Endpoints[0], out Endpoint bound, out _));
        using Peer peer = await Peer.ConnectAsync(bound.ToEndPoint());
        var remote = Assert.IsType<IPEndPoint>(await seen.Task);
        Assert.Equal(local.ScopeId, remote.Address.ScopeId);
        Assert.NotEqual(0, remote.Address.ScopeId);
    }

    [Fact]
    public async Task D04_a_link_local_address_without_a_scope_is_an_error_that_says_what_is_missing()
    {
        var e = await Assert.ThrowsAsync<OptionsException>(() => New().BindAsync("http://[fe80::1]:80"));
        Assert.Equal(
            "The address 'http://[fe80::1]:80' is not usable: a link-local address needs its interface, for example "
            + "http://[fe80::1%eth0]:8080.",
            e.Message);
    }

    [Theory]
    [InlineData("127.0.0.1:80")]
    [InlineData("http://example.com:80")]
    [InlineData("http://::1:80")]
    [InlineData("http://127.1:80")]
    [InlineData("udp://127.0.0.1:80")]
    [InlineData("fd:x")]
    [InlineData("unix:")]
    public async Task D05_unsupported_shapes_of_addresses_are_refused_before_anything_is_bound(string address)
    {
        await using HttpServer server = New();
        var e = await Assert.ThrowsAsync<OptionsException>(() => server.BindAsync(AnyPort, address));
        Assert.StartsWith(
            $"The address '{address}' is not usable: ", Assert.Single(e.Problems), StringComparison.Ordinal);
        Assert.Empty(server.Endpoints);
    }

    [Theory]
    [InlineData("path")]
    [InlineData("abstract")]
    [InlineData("auto")]
    public async Task D06_a_unix_socket_reports_a_usable_name_and_the_peers_credentials(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Abstract names and SO_PEERCRED are Linux's.");
        string address = kind switch
        {
            "path" => "unix:" + Listening.NewPath(),
            "abstract" => $"unix:@wm-{Guid.NewGuid():N}",
            _ => "unix:@",
        };
        var seen = new TaskCompletionSource<PeerCredentials?>();
        var closed = new TaskCompletionSource<ConnectionInfo>();
        await using HttpServer server = await New(new LambdaHandler(context =>
        {
            seen.SetResult(context.Info.PeerCredentials);
            closed.SetResult(context.Info);
            return Task.CompletedTask;
        })).StartAsync(address);
        string reported = Assert.Single(server.Endpoints);
        Assert.Matches(kind == "auto" ? "^unix:@[0-9a-f]{5}$" : "^" + address + "$", reported);
        using Peer peer = await Peer.ConnectAsync(reported);
        (uint user, uint group) = Listening.OwnIds();
        Assert.Equal(new PeerCredentials(Environment.ProcessId, user, group), await seen.Task);
        Assert.Equal("", await peer.ReceiveToEndAsync());
        Assert.Null((await closed.Task).PeerCredentials);
    }

    [Fact]
    public async Task D06_a_peer_that_comes_by_IP_has_no_credentials()
    {
        var seen = new TaskCompletionSource<PeerCredentials?>();
        await using HttpServer server = await New(new LambdaHandler(context =>
        {
            seen.SetResult(context.Info.PeerCredentials);
            return Task.CompletedTask;
        })).StartAsync(AnyPort);
        using Peer peer = await Peer.ConnectAsync(server.Endpoints[0]);
        Assert.Null(await seen.Task);
    }

    [Fact]
    public async Task D06_a_stale_file_is_a_startup_error_and_removed_only_by_option()
    {
        string path = Listening.NewPath();
        string born = Listening.NewPath();
        using (var crashed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            crashed.Bind(new UnixDomainSocketEndPoint(born));
            File.Move(born, path);
        }

        var e = await Assert.ThrowsAsync<ServerStartupException>(() => New().StartAsync("unix:" + path));
        Assert.Contains("nobody listens", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(path));
        var options = new ServerOptions { Listen = new ListenOptions { RemovesStaleSocket = true } };
        await using HttpServer server = await New(options: options).StartAsync("unix:" + path);
        Assert.Equal("mine", await AskAsync(server.Endpoints[0], "mine"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task D07_IPv6_any_takes_IPv4_only_when_it_is_asked_to(bool isDual)
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        var options = new ServerOptions { Listen = new ListenOptions { DualStack = isDual } };
        await using HttpServer server = await New(options: options).StartAsync("http://[::]:0");
        string ipv4 = Assert.Single(server.Endpoints).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        if (isDual)
        {
            Assert.Equal("four", await AskAsync(ipv4, "four"));
        }
        else
        {
            var e = await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectAsync(ipv4));
            Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
        }
    }

    [Fact]
    public async Task D07_every_address_is_two_sockets_also_with_the_option()
    {
        Assert.SkipUnless(Listening.HasIPv6, "This machine has no IPv6.");
        var options = new ServerOptions { Listen = new ListenOptions { DualStack = true } };
        await using HttpServer server = await New(options: options).StartAsync("http://*:0");
        Assert.Equal(2, server.Endpoints.Count);
    }

    [Fact]
    public async Task Two_servers_share_a_port_only_when_both_ask_for_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SO_REUSEPORT.");
        var sharing = new ServerOptions { Listen = new ListenOptions { ReusePort = true } };
        HttpServer first = await New(options: sharing).StartAsync(AnyPort);
        string address = first.Endpoints[0];
        await Assert.ThrowsAsync<ServerStartupException>(() => New().StartAsync(address));
        await using HttpServer second = await New(options: sharing).StartAsync(address);
        await first.StopAsync();

        // The second has the port for itself: every connection is its.
        for (int i = 0; i < 20; i++)
            Assert.Equal($"{i}", await AskAsync(address, $"{i}"));
        Assert.DoesNotContain(_logger.Events, e => e.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Passed_sockets_that_no_address_names_are_told_of()
    {
        await using HttpServer server = New(getVariable: name => name switch
        {
            "LISTEN_PID" => $"{Environment.ProcessId}",
            "LISTEN_FDS" => "2",
            _ => null,
        });
        await server.BindAsync(AnyPort);
        Assert.Contains(
            "2 listening socket(s) were passed", Assert.Single(_logger.Events).Message, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(string address, string text = "still here")
    {
        using Peer peer = await Peer.ConnectAsync(address);
        await peer.SendAsync(text);
        return await peer.ReceiveAsync();
    }

    private static string NameOf(long scope) => System.Net.NetworkInformation.NetworkInterface
        .GetAllNetworkInterfaces().First(i => i.GetIPProperties().GetIPv6Properties().Index == scope).Name;

    private HttpServer New(
        LambdaHandler? protocol = null, ServerOptions? options = null, Func<string, string?>? getVariable = null) =>
        new(
            new FixedTable(),
            (options ?? new ServerOptions()) with { Logger = _logger },
            new HostEnvironment
            {
                CreateProtocol = (_, _, _, _) => protocol ?? LambdaHandler.Echo,
                GetVariable = getVariable ?? (_ => null),
            });
}
