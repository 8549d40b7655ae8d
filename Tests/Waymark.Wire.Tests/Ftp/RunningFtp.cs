using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.TestSupport;
using Waymark.Wire.Tests.Isolation;

namespace Waymark.Wire.Tests.Ftp;

/// <summary>Samples/Ftp in a process of its own, over a folder of its own.</summary>
internal sealed class RunningFtp : IAsyncDisposable
{
    private readonly RunningServer _server;
    private readonly DirectoryInfo _outer;

    private RunningFtp(RunningServer server, DirectoryInfo outer) => (_server, _outer) = (server, outer);

    /// <summary>The folder that is served.</summary>
    public string Folder => Path.Combine(_outer.FullName, "served");

    /// <summary>The folder around it, which nobody is to reach.</summary>
    public string Outer => _outer.FullName;

    public int Port => _server.Addresses[0].Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"ftp://127.0.0.1:{Port}/");

    /// <param name="arguments">What stands behind address and folder.</param>
    public static async Task<RunningFtp> StartAsync(params string[] arguments)
    {
        DirectoryInfo outer = Directory.CreateTempSubdirectory("waymark-ftp-");
        string folder = Path.Combine(outer.FullName, "served");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(outer.FullName, "secret.txt"), "secret");
        RunningServer server = await RunningServer.StartAsync(
            ["dotnet", IsolationCaseTests.Program("Ftp") + ".dll", "tcp://127.0.0.1:0", folder, .. arguments]);
        return new RunningFtp(server, outer);
    }

    /// <summary>Connects and hears the greeting.</summary>
    public async Task<FtpPeer> ConnectAsync()
    {
        FtpPeer peer = await FtpPeer.ConnectAsync(Port);
        Assert.StartsWith("220 ", await peer.HearAsync(), StringComparison.Ordinal);
        return peer;
    }

    /// <summary>Connects as anybody.</summary>
    public async Task<FtpPeer> LogInAsync()
    {
        FtpPeer peer = await ConnectAsync();
        Assert.StartsWith("331 ", await peer.AskAsync("USER anonymous"), StringComparison.Ordinal);
        Assert.StartsWith("230 ", await peer.AskAsync("PASS x@y"), StringComparison.Ordinal);
        return peer;
    }

    public Task<int> TerminateAsync() => _server.TerminateAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Assert.DoesNotContain("error [", _server.Errors, StringComparison.OrdinalIgnoreCase);
        _outer.Delete(recursive: true);
    }
}

/// <summary>A client that does what a test says.</summary>
internal sealed partial class FtpPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client;
    private readonly StreamReader _reader;

    private FtpPeer(TcpClient client)
    {
        _client = client;
        _reader = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    public static async Task<FtpPeer> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Patience);
        return new FtpPeer(client);
    }

    public async Task SayAsync(string line) =>
        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n")).AsTask().WaitAsync(Patience);

    /// <summary>The next line; null at the end.</summary>
    public Task<string?> HearLineAsync() => _reader.ReadLineAsync().WaitAsync(Patience);

    /// <summary>The next reply, all of its lines parted by |.</summary>
    public async Task<string> HearAsync()
    {
        string line = await HearLineAsync() ?? throw new EndOfStreamException();
        var reply = new StringBuilder(line);
        bool isLast = line[3] == ' ';
        string end = line[..3] + " ";
        while (!isLast)
        {
            line = await HearLineAsync() ?? throw new EndOfStreamException();
            reply.Append('|').Append(line);
            isLast = line.StartsWith(end, StringComparison.Ordinal);
        }

        return reply.ToString();
    }

    public async Task<string> AskAsync(string line)
    {
        await SayAsync(line);
        return await HearAsync();
    }

    /// <summary>The port of the next data connection.</summary>
    public async Task<int> PassiveAsync()
    {
        Match reply = Passive().Match(await AskAsync("EPSV"));
        Assert.True(reply.Success);
        return int.Parse(reply.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Asks for something that comes over a data connection.</summary>
    public async Task<string> GetAsync(string line)
    {
        int port = await PassiveAsync();
        using var data = new TcpClient();
        await data.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Patience);
        Assert.StartsWith("150 ", await AskAsync(line), StringComparison.Ordinal);
        using var reader = new StreamReader(data.GetStream(), Encoding.UTF8);
        string got = await reader.ReadToEndAsync().WaitAsync(Patience);
        data.Close();
        Assert.StartsWith("226 ", await HearAsync(), StringComparison.Ordinal);
        return got;
    }

    /// <summary>Sends something over a data connection.</summary>
    public async Task PutAsync(string line, string content)
    {
        int port = await PassiveAsync();
        using var data = new TcpClient();
        await data.ConnectAsync(IPAddress.Loopback, port).WaitAsync(Patience);
        Assert.StartsWith("150 ", await AskAsync(line), StringComparison.Ordinal);
        await data.GetStream().WriteAsync(Encoding.UTF8.GetBytes(content)).AsTask().WaitAsync(Patience);
        data.Close();
        Assert.StartsWith("226 ", await HearAsync(), StringComparison.Ordinal);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex(@"^229 .*\(\|\|\|(\d+)\|\)$")]
    private static partial Regex Passive();
}
