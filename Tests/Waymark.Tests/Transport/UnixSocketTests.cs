using System.Net.Sockets;
using Waymark.Tests.Support;
using Waymark.Transport;

namespace Waymark.Tests.Transport;

public sealed class UnixSocketTests : IDisposable
{
    private readonly string _path = Listening.NewPath();

    private string Address => "unix:" + _path;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_socket_has_a_file_while_it_is_open()
    {
        List<Listener> listeners = Listening.Bind(Address);
        Assert.Equal(Address, listeners[0].Endpoint.ToString());
        Assert.True(File.Exists(_path));
        using (await Peer.ConnectAsync(Address))
            await (await listeners[0].AcceptAsync())!.DisposeAsync();

        await Listening.CloseAsync(listeners);
        Assert.False(File.Exists(_path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_running_servers_socket_is_never_taken(bool removesStale)
    {
        List<Listener> listeners = Listening.Bind(Address);
        var options = new ListenOptions { RemovesStaleSocket = removesStale };
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind(options, Address));
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketError);
        Assert.Equal(
            $"Cannot listen on {Address}: another server listens on it. Stop it, or choose another path.", e.Message);
        using (await Peer.ConnectAsync(Address))
        {
            // The look at it is a connection without a word.
            await (await listeners[0].AcceptAsync())!.DisposeAsync();
            await (await listeners[0].AcceptAsync())!.DisposeAsync();
        }

        await Listening.CloseAsync(listeners);
    }

    [Fact]
    public async Task A_server_with_a_full_queue_is_seen_to_be_running()
    {
        using var full = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        full.Bind(new UnixDomainSocketEndPoint(_path));
        full.Listen(0);
        using Peer first = await Peer.ConnectAsync(Address);
        var options = new ListenOptions { RemovesStaleSocket = true };
        Assert.Contains("another server listens on it", Assert.Throws<ServerStartupException>(
            () => Listening.Bind(options, Address)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stale_file_is_an_error_that_says_so()
    {
        LeaveStaleSocket();
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind(Address));
        Assert.Equal(SocketError.AddressAlreadyInUse, e.SocketError);
        Assert.Contains("a socket file on which nobody listens is in the way", e.Message, StringComparison.Ordinal);
        Assert.Contains("ListenOptions.RemovesStaleSocket", e.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_path));
    }

    [Fact]
    public async Task A_stale_file_is_removed_when_the_options_say_so()
    {
        LeaveStaleSocket();
        List<Listener> listeners = Listening.Bind(new ListenOptions { RemovesStaleSocket = true }, Address);
        using (await Peer.ConnectAsync(Address))
            await (await listeners[0].AcceptAsync())!.DisposeAsync();

        await Listening.CloseAsync(listeners);
        Assert.False(File.Exists(_path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_kind_of_file_is_never_removed(bool isLink)
    {
        string target = _path;
        if (isLink)
        {
            target = Listening.NewPath();
            File.CreateSymbolicLink(_path, target);
        }

        await File.WriteAllTextAsync(target, "precious", TestContext.Current.CancellationToken);
        var options = new ListenOptions { RemovesStaleSocket = true };
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind(options, Address));
        Assert.Equal(
            $"Cannot listen on {Address}: a file that is no socket stands there. Choose another path.", e.Message);
        Assert.Equal("precious", await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken));
        File.Delete(target);
    }

    [Fact]
    public async Task The_file_gets_the_mode_of_the_options()
    {
        const UnixFileMode Mode =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        List<Listener> listeners = Listening.Bind(new ListenOptions { UnixSocketMode = Mode }, Address);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(Mode, File.GetUnixFileMode(_path));
        await Listening.CloseAsync(listeners);
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_named_as_the_cause()
    {
        var e = Assert.Throws<ServerStartupException>(() => Listening.Bind($"unix:{_path}/x.sock"));
        Assert.Contains("the directory does not exist", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abstract_socket_binds_and_is_gone_afterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Abstract names exist on Linux only.");
        string address = $"unix:@wm-{Guid.NewGuid():N}";
        List<Listener> listeners = Listening.Bind(address);
        using (await Peer.ConnectAsync(address))
            await (await listeners[0].AcceptAsync())!.DisposeAsync();

        Assert.Contains("another server listens under this name", Assert.Throws<ServerStartupException>(
            () => Listening.Bind(address)).Message, StringComparison.Ordinal);
        await Listening.CloseAsync(listeners);
        await Listening.CloseAsync(Listening.Bind(address));
    }

    // What a crash leaves: .NET removes the file of a socket that it disposes, but not under another name.
    private void LeaveStaleSocket()
    {
        string name = Listening.NewPath();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(name));
        File.Move(name, _path);
    }
}
