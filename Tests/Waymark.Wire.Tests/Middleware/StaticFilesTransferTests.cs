using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Large files through real sockets, over both transports: flat memory, files that change.</summary>
[Collection(nameof(TemporaryFileTests))]
public sealed class StaticFilesTransferTests : IDisposable
{
    private const long FourGigabytes = 1L << 32;
    private const int MemoryBytesMax = 64 << 20;

    private readonly StaticSite _site = new();

    public static TheoryData<ServerTransport> Transports =>
        OperatingSystem.IsLinux() ? [ServerTransport.Epoll, ServerTransport.Sockets] : [ServerTransport.Sockets];

    public void Dispose() => _site.Dispose();

    /// <summary>
    /// The file has four gigabytes; half a gigabyte of it is taken, or all where WAYMARK_WHOLE_FILES is set.
    /// </summary>
    [Theory]
    [MemberData(nameof(Transports))]
    public async Task H41_Four_gigabytes_need_no_memory(ServerTransport transport)
    {
        const long Length = FourGigabytes + 1;
        bool isWhole = Environment.GetEnvironmentVariable("WAYMARK_WHOLE_FILES") is { Length: > 0 };
        long taken = isWhole ? Length : Length / 8;
        Make("big", Length, (0, 'a'), (1L << 28, 'b'), (FourGigabytes, 'c'));
        await using HttpServer server = await StartAsync(transport);
        using FileClient client = await FileClient.ConnectAsync(server);
        Assert.Equal(1, await client.AskAsync("GET /big", $"Range: bytes={FourGigabytes}-"));
        Assert.Equal("c", Encoding.ASCII.GetString(await client.ReadAsync(1)));

        Assert.Equal(Length, await client.AskAsync("GET /big"));
        long before = Environment.WorkingSet;
        long most = before;
        long count = 0;
        string marks = "";
        for (int piece; count < taken && (piece = await client.ReceiveAsync(taken - count)) > 0; count += piece)
        {
            foreach (long place in (long[])[0, 1L << 28, FourGigabytes])
            {
                if (place >= count && place < count + piece)
                    marks += (char)client.Received[(int)(place - count)];
            }

            if (count >> 26 != (count + piece) >> 26)
                most = Math.Max(most, Environment.WorkingSet);
        }

        Assert.Equal((taken, isWhole ? "abc" : "ab"), (count, marks));
        Assert.True(most - before < MemoryBytesMax, $"{(most - before) >> 20} MiB more than before");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_file_that_becomes_shorter_ends_in_a_reset(ServerTransport transport)
    {
        string path = Make("shrinks", 64 << 20);
        await using HttpServer server = await StartAsync(transport);
        using FileClient client = await FileClient.ConnectAsync(server);
        long length = await client.AskAsync("GET /shrinks");
        await client.ReadAsync(1 << 20);
        using (FileStream file = File.OpenWrite(path))
            file.SetLength(2 << 20);
        long count = 1 << 20;
        try
        {
            for (int piece; (piece = await client.ReceiveAsync(length)) > 0; count += piece)
            {
                // What the kernel holds already still comes.
            }

            Assert.Fail("the end of the connection passes for the end of the file");
        }
        catch (SocketException e)
        {
            Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
        }

        Assert.True(count < length, $"{count} of {length}");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_is_added_to_a_file_meanwhile_is_not_sent(ServerTransport transport)
    {
        string path = Make("grows", 16 << 20);
        await using HttpServer server = await StartAsync(transport);
        using FileClient client = await FileClient.ConnectAsync(server);
        long length = await client.AskAsync("GET /grows");
        await client.ReadAsync(1 << 20);
        await File.AppendAllTextAsync(path, new string('+', 1000), TestContext.Current.CancellationToken);
        byte[] rest = await client.ReadAsync((int)length - (1 << 20));
        Assert.DoesNotContain((byte)'+', rest);

        // The next answer begins where this one ends.
        Assert.Equal(10, await client.AskAsync("GET /a.txt"));
        Assert.Equal("0123456789", Encoding.ASCII.GetString(await client.ReadAsync(10)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_arrives_is_what_the_file_holds(ServerTransport transport)
    {
        byte[] content = new byte[9_000_001];
        new Random(41).NextBytes(content);
        string path = Path.Combine(_site.Root, "random");
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        await using HttpServer server = await StartAsync(transport);
        using FileClient client = await FileClient.ConnectAsync(server, receiveBufferBytes: 4096);
        Assert.Equal(content.Length, await client.AskAsync("GET /random"));
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await client.ReadAsync(content.Length)));

        Assert.Equal(8_000_000, await client.AskAsync("GET /random", "Range: bytes=1000000-8999999"));
        Assert.Equal(
            SHA256.HashData(content.AsSpan(1_000_000, 8_000_000)), SHA256.HashData(await client.ReadAsync(8_000_000)));

        long length = await client.AskAsync("GET /random", "Range: bytes=0-999999,-1000000");
        byte[] parts = await client.ReadAsync((int)length);
        Assert.True(parts.AsSpan().IndexOf(content.AsSpan(0, 1_000_000)) > 0, "the first part is there");
        Assert.True(parts.AsSpan().IndexOf(content.AsSpan(content.Length - 1_000_000)) > 0, "the last part is there");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_that_leaves_harms_nobody(ServerTransport transport)
    {
        Make("left", 64 << 20);
        await using HttpServer server = await StartAsync(transport);
        for (int round = 0; round < 20; round++)
        {
            using FileClient leaving = await FileClient.ConnectAsync(server);
            await leaving.AskAsync("GET /left");
            await leaving.ReadAsync(1 << 16);
            leaving.Reset();
        }

        using FileClient client = await FileClient.ConnectAsync(server);
        Assert.Equal(10, await client.AskAsync("GET /a.txt"));
    }

    /// <summary>A file without blocks, but for single octets.</summary>
    private string Make(string name, long length, params (long Place, char Octet)[] octets)
    {
        string path = Path.Combine(_site.Root, name);
        using FileStream file = File.Create(path);
        file.SetLength(length);
        foreach ((long place, char octet) in octets)
        {
            file.Position = place;
            file.WriteByte((byte)octet);
        }

        return path;
    }

    private Task<HttpServer> StartAsync(ServerTransport transport) =>
        new HttpServer(new TestTable(), new ServerOptions { Transport = transport, Logger = NullLogger.Instance })
            .Use(StaticFiles.From(new StaticFilesOptions { Root = _site.Root }))
            .StartAsync("http://127.0.0.1:0");

    /// <summary>A client that takes what comes, piece by piece.</summary>
    private sealed class FileClient : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
        private readonly CancellationTokenSource _patience = new(Patience);
        private readonly byte[] _buffer = new byte[1 << 20];

        public ReadOnlySpan<byte> Received => _buffer;

        public static async Task<FileClient> ConnectAsync(HttpServer server, int receiveBufferBytes = 0)
        {
            var client = new FileClient();
            if (receiveBufferBytes > 0)
                client._socket.ReceiveBufferSize = receiveBufferBytes;
            var address = new Uri(server.Endpoints[0]);
            await client._socket.ConnectAsync(IPAddress.Loopback, address.Port, client._patience.Token);
            return client;
        }

        /// <summary>Asks, reads the head octet by octet, and tells the declared length.</summary>
        public async Task<long> AskAsync(string line, string fields = "")
        {
            await _socket.SendAsync(Engine.Bytes(StaticSite.RequestOf(line, fields)), _patience.Token);
            var head = new StringBuilder();
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                head.Append(Encoding.ASCII.GetString(await ReadAsync(1)));
            Assert.StartsWith("HTTP/1.1 20", head.ToString(), StringComparison.Ordinal);
            string length = head.ToString().Split("\r\nContent-Length: ")[1].Split("\r\n")[0];
            return long.Parse(length, System.Globalization.CultureInfo.InvariantCulture);
        }

        public async Task<byte[]> ReadAsync(int count)
        {
            byte[] bytes = new byte[count];
            for (int filled = 0, piece; filled < count; filled += piece)
            {
                piece = await _socket.ReceiveAsync(bytes.AsMemory(filled), _patience.Token);
                Assert.True(piece > 0, $"the connection ended after {filled} of {count}");
            }

            return bytes;
        }

        public ValueTask<int> ReceiveAsync(long countMax) =>
            _socket.ReceiveAsync(_buffer.AsMemory(0, (int)Math.Min(_buffer.Length, countMax)), _patience.Token);

        public void Reset()
        {
            _socket.LingerState = new LingerOption(true, 0);
            _socket.Dispose();
        }

        public void Dispose()
        {
            _socket.Dispose();
            _patience.Dispose();
        }
    }
}
