using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Waymark.Wire.Tests.Ftp;

/// <summary>Samples/Ftp: what the control connection answers, and what goes over the others.</summary>
public sealed class FtpSampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_session_goes_from_the_greeting_to_the_goodbye()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        using FtpPeer peer = await ftp.ConnectAsync();
        Assert.Equal("200 Okay.", await peer.AskAsync("NOOP"));
        Assert.Equal("200 Okay.", await peer.AskAsync("nOoP"));
        Assert.StartsWith("530 ", await peer.AskAsync("STOR x"), StringComparison.Ordinal);
        Assert.StartsWith("500 ", await peer.AskAsync("UNKNOWN command"), StringComparison.Ordinal);
        Assert.StartsWith("501 ", await peer.AskAsync("USER"), StringComparison.Ordinal);
        Assert.StartsWith("503 ", await peer.AskAsync("PASS x"), StringComparison.Ordinal);
        Assert.StartsWith("331 ", await peer.AskAsync("USER root"), StringComparison.Ordinal);
        Assert.StartsWith("530 ", await peer.AskAsync("PASS toor"), StringComparison.Ordinal);
        Assert.StartsWith("331 ", await peer.AskAsync("USER Anonymous"), StringComparison.Ordinal);
        Assert.StartsWith("230 ", await peer.AskAsync("PASS"), StringComparison.Ordinal);
        Assert.StartsWith("215 UNIX", await peer.AskAsync("SYST"), StringComparison.Ordinal);
        Assert.Equal("211-Features:| EPSV| MDTM| SIZE| TVFS| UTF8|211 End", await peer.AskAsync("FEAT"));
        Assert.Contains(" STOR ", await peer.AskAsync("HELP"), StringComparison.Ordinal);
        Assert.StartsWith("504 ", await peer.AskAsync("TYPE E"), StringComparison.Ordinal);
        Assert.StartsWith("504 ", await peer.AskAsync("MODE B"), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await peer.AskAsync("STRU F"), StringComparison.Ordinal);
        Assert.StartsWith("502 ", await peer.AskAsync("PORT 127,0,0,1,0,80"), StringComparison.Ordinal);
        Assert.StartsWith("425 ", await peer.AskAsync("LIST"), StringComparison.Ordinal);
        Assert.StartsWith("221 ", await peer.AskAsync("QUIT"), StringComparison.Ordinal);
        Assert.Null(await peer.HearLineAsync());
        Assert.Equal(0, await ftp.TerminateAsync());
    }

    [Fact]
    public async Task A_stop_that_the_client_does_not_expect_is_told_by_421()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        using FtpPeer peer = await ftp.LogInAsync();
        Task<int> end = ftp.TerminateAsync();
        Assert.StartsWith("421 ", await peer.HearAsync(), StringComparison.Ordinal);
        Assert.Null(await peer.HearLineAsync());
        Assert.Equal(0, await end);
    }

    [Fact]
    public async Task Only_the_user_that_was_named_comes_in()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync("me:my word");
        using FtpPeer peer = await ftp.ConnectAsync();
        foreach ((string user, string password, string code) in new[]
        {
            ("anonymous", "x", "530 "), ("me", "my", "530 "), ("you", "my word", "530 "), ("me", "my word", "230 "),
        })
        {
            await peer.AskAsync("USER " + user);
            Assert.StartsWith(code, await peer.AskAsync("PASS " + password), StringComparison.Ordinal);
            Assert.StartsWith(code == "230 " ? "257 " : "530 ", await peer.AskAsync("PWD"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Files_and_folders_are_made_renamed_and_removed()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        using FtpPeer peer = await ftp.LogInAsync();
        Assert.StartsWith("257 \"/a b\"", await peer.AskAsync("MKD a b"), StringComparison.Ordinal);
        Assert.StartsWith("550 ", await peer.AskAsync("MKD a b"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await peer.AskAsync("CWD a b"), StringComparison.Ordinal);
        Assert.StartsWith("257 \"/a b/q\"\"q\"", await peer.AskAsync("MKD q\"q"), StringComparison.Ordinal);
        await peer.PutAsync("STOR one", "content");
        Assert.StartsWith("550 ", await peer.AskAsync("SIZE one"), StringComparison.Ordinal); // Not in TYPE A.
        Assert.StartsWith("200 ", await peer.AskAsync("TYPE I"), StringComparison.Ordinal);
        Assert.Equal("213 7", await peer.AskAsync("SIZE one"));
        File.SetLastWriteTimeUtc(Path.Combine(ftp.Folder, "a b", "one"), new DateTime(2020, 2, 29, 1, 2, 3));
        Assert.Equal("213 20200229010203", await peer.AskAsync("MDTM one"));
        Assert.StartsWith("503 ", await peer.AskAsync("RNTO two"), StringComparison.Ordinal);
        Assert.StartsWith("350 ", await peer.AskAsync("RNFR one"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await peer.AskAsync("RNTO ../two"), StringComparison.Ordinal);
        Assert.Equal("q\"q\r\n", await peer.GetAsync("NLST"));
        Assert.StartsWith("250 ", await peer.AskAsync("CDUP"), StringComparison.Ordinal);
        Assert.Equal("a b\r\ntwo\r\n", await peer.GetAsync("NLST -a"));
        string list = await peer.GetAsync("LIST");
        Assert.Matches("^drwxr-xr-x 1 ftp ftp +4096 [A-Z][a-z]{2} [0-9]{2} [0-9]{2}:[0-9]{2} a b\r\n", list);
        Assert.EndsWith("-rw-r--r-- 1 ftp ftp            7 Feb 29  2020 two\r\n", list, StringComparison.Ordinal);
        Assert.StartsWith("550 ", await peer.AskAsync("RMD a b"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await peer.AskAsync("RMD a b/q\"q"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await peer.AskAsync("RMD a b"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await peer.AskAsync("DELE two"), StringComparison.Ordinal);
        Assert.StartsWith("550 ", await peer.AskAsync("DELE two"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(ftp.Folder));
    }

    [Fact]
    public async Task Lines_end_as_the_type_of_the_transfer_says()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        using FtpPeer peer = await ftp.LogInAsync();
        await peer.PutAsync("STOR text", "one\r\ntwo\rthree\r\r\n\r");
        Assert.Equal(
            "one\ntwo\rthree\r\n\r", await File.ReadAllTextAsync(Path.Combine(ftp.Folder, "text"), Stop));
        await File.WriteAllTextAsync(Path.Combine(ftp.Folder, "text"), "one\ntwo\r\nthree\r", Stop);
        Assert.Equal("one\r\ntwo\r\nthree\r", await peer.GetAsync("RETR text"));
        await peer.AskAsync("TYPE I");
        Assert.Equal("one\ntwo\r\nthree\r", await peer.GetAsync("RETR text"));
        await peer.PutAsync("STOR text", "one\r\n");
        Assert.Equal("one\r\n", await File.ReadAllTextAsync(Path.Combine(ftp.Folder, "text"), Stop));
    }

    [Fact]
    public async Task Nothing_outside_of_the_folder_is_reached()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        File.CreateSymbolicLink(Path.Combine(ftp.Folder, "link.txt"), Path.Combine(ftp.Outer, "secret.txt"));
        File.CreateSymbolicLink(Path.Combine(ftp.Folder, "up"), ftp.Outer);
        using FtpPeer peer = await ftp.LogInAsync();
        await peer.AskAsync("TYPE I");
        foreach (string path in new[]
        {
            "../secret.txt", "/../secret.txt", "../../../../etc/passwd", "/etc/passwd", "x/../../secret.txt",
            "link.txt", "up/secret.txt", "up/served/../secret.txt", ftp.Outer + "/secret.txt", "..\\secret.txt",
        })
        {
            foreach (string verb in new[] { "SIZE", "MDTM", "DELE", "RNFR", "CWD", "RMD" })
                Assert.StartsWith("550 ", await peer.AskAsync($"{verb} {path}"), StringComparison.Ordinal);
            await peer.PassiveAsync();
            Assert.StartsWith("550 ", await peer.AskAsync("RETR " + path), StringComparison.Ordinal);
        }

        foreach (string path in new[] { "up/new", "link.txt", "up" })
        {
            await peer.PassiveAsync();
            Assert.StartsWith("550 ", await peer.AskAsync("STOR " + path), StringComparison.Ordinal);
            Assert.StartsWith("550 ", await peer.AskAsync("MKD " + path), StringComparison.Ordinal);
        }

        await peer.AskAsync("CWD ..");
        Assert.StartsWith("257 \"/\"", await peer.AskAsync("PWD"), StringComparison.Ordinal);
        Assert.Equal("", await peer.GetAsync("LIST"));
        await peer.PutAsync("STOR ../../climber", "stays");
        Assert.Equal("stays", await File.ReadAllTextAsync(Path.Combine(ftp.Folder, "climber"), Stop));
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(ftp.Outer, "secret.txt"), Stop));
        Assert.Equal(2, Directory.GetFileSystemEntries(ftp.Outer).Length);
    }

    [Fact]
    public async Task Who_comes_from_another_address_gets_no_data()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has all of 127.0.0.0/8.");
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(ftp.Folder, "mine"), "mine", Stop);
        using FtpPeer peer = await ftp.LogInAsync();
        int port = await peer.PassiveAsync();
        using var thief = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        thief.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await thief.ConnectAsync(IPAddress.Loopback, port, Stop).AsTask().WaitAsync(Patience, Stop);
        Assert.StartsWith("150 ", await peer.AskAsync("RETR mine"), StringComparison.Ordinal);
        Assert.Equal(0, await thief.ReceiveAsync(new byte[16], Stop).AsTask().WaitAsync(Patience, Stop));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Stop).AsTask().WaitAsync(Patience, Stop);
        using var reader = new StreamReader(client.GetStream());
        Assert.Equal("mine", await reader.ReadToEndAsync(Stop).WaitAsync(Patience, Stop));
        client.Close();
        Assert.StartsWith("226 ", await peer.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_breaks_off_leaves_what_was_there()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(ftp.Folder, "file"), "old", Stop);
        using FtpPeer peer = await ftp.LogInAsync();
        int port = await peer.PassiveAsync();
        using (var data = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await data.ConnectAsync(IPAddress.Loopback, port, Stop).AsTask().WaitAsync(Patience, Stop);
            Assert.StartsWith("150 ", await peer.AskAsync("STOR file"), StringComparison.Ordinal);
            await data.SendAsync("new"u8.ToArray(), Stop);
            data.LingerState = new LingerOption(true, 0); // A reset.
        }

        Assert.StartsWith("426 ", await peer.HearAsync(), StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(ftp.Folder, "file"), Stop));
        Assert.Single(Directory.GetFileSystemEntries(ftp.Folder));
        Assert.Equal("200 Okay.", await peer.AskAsync("NOOP"));
    }

    [Fact]
    public async Task Passive_mode_tells_the_address_that_the_client_has_reached()
    {
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        using FtpPeer peer = await ftp.LogInAsync();
        Match passive = Regex.Match(await peer.AskAsync("PASV"), @"^227 .*\(127,0,0,1,(\d+),(\d+)\)\.$");
        Assert.True(passive.Success);
        int[] octets =
            [.. passive.Groups.Values.Skip(1).Select(part => int.Parse(part.Value, CultureInfo.InvariantCulture))];
        using (var data = new TcpClient())
            await data.ConnectAsync(IPAddress.Loopback, (256 * octets[0]) + octets[1], Stop);
        Assert.StartsWith("229 ", await peer.AskAsync("EPSV 1"), StringComparison.Ordinal);
        Assert.EndsWith("use (1)", await peer.AskAsync("EPSV 2"), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await peer.AskAsync("EPSV ALL"), StringComparison.Ordinal);
        Assert.StartsWith("503 ", await peer.AskAsync("PASV"), StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
