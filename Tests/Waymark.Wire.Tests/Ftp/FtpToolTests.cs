using System.Globalization;
using Waymark.TestSupport;

namespace Waymark.Wire.Tests.Ftp;

/// <summary>Samples/Ftp with the clients that people use.</summary>
public sealed class FtpToolTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Curl_lists_gets_and_puts()
    {
        Tool.Need("curl");
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        byte[] large = new byte[5_000_000];
        new Random(1).NextBytes(large);
        string local = Path.Combine(ftp.Outer, "local");
        string back = Path.Combine(ftp.Outer, "back");
        await File.WriteAllBytesAsync(local, large, Stop);
        await CurlAsync("-T", local, ftp.Url + "sub/large", "--ftp-create-dirs");
        Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(ftp.Folder, "sub", "large"), Stop));
        await CurlAsync("-o", back, ftp.Url + "sub/large");
        Assert.Equal(large, await File.ReadAllBytesAsync(back, Stop));
        Assert.Equal("large\n", (await CurlAsync("-l", ftp.Url + "sub/")).ReplaceLineEndings("\n"));
        Assert.Matches("^-rw-r--r-- .* 5000000 .* large\r?\n$", await CurlAsync(ftp.Url + "sub/"));

        // PASV instead of EPSV; a head: SIZE and MDTM.
        Assert.Equal("large\n", (await CurlAsync("--disable-epsv", "-l", ftp.Url + "sub/")).ReplaceLineEndings("\n"));
        Assert.Contains(
            "Content-Length: 5000000", await CurlAsync("-I", ftp.Url + "sub/large"), StringComparison.Ordinal);
        (int exitCode, _) = await Tool.RunAsync("curl", "-sS", "-m", "60", ftp.Url + "nothing");
        Assert.Equal(78, exitCode); // The file is not there.
        (exitCode, _) = await Tool.RunAsync("curl", "-sS", "-m", "60", "-u", "root:x", ftp.Url);
        Assert.Equal(67, exitCode); // The login is refused.
    }

    [Fact]
    public async Task Tnftp_lists_gets_and_puts()
    {
        Tool.Need("tnftp");
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        string local = Path.Combine(ftp.Outer, "local");
        string back = Path.Combine(ftp.Outer, "back");
        await File.WriteAllTextAsync(local, "a text\nof two lines\n", Stop);
        (int exitCode, string output) = await Tool.RunWithInputAsync(
            $"user anonymous x@y\nbinary\nmkdir sub\ncd sub\nput {local} there\nls\nsize there\nrename there moved\n"
            + $"get moved {back}\ndelete moved\ncdup\nrmdir sub\nbye\n",
            "tnftp", "-n", "-v", "127.0.0.1", ftp.Port.ToString(CultureInfo.InvariantCulture));
        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(back), output);
        Assert.Equal("a text\nof two lines\n", await File.ReadAllTextAsync(back, Stop));
        Assert.Matches("-rw-r--r-- 1 ftp ftp +20 .* there", output);
        Assert.Contains("221 ", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(ftp.Folder));
    }

    [Fact]
    public async Task Lftp_mirrors_a_folder_there_and_back()
    {
        Tool.Need("lftp");
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        string local = Path.Combine(ftp.Outer, "local");
        string back = Path.Combine(ftp.Outer, "back");
        Directory.CreateDirectory(Path.Combine(local, "deep", "er"));
        for (int i = 0; i < 20; i++)
            await File.WriteAllTextAsync(Path.Combine(local, "deep", "er", $"file {i}"), new string('x', i), Stop);
        (int exitCode, string output) = await Tool.RunAsync(
            "lftp", "-c",
            $"set net:max-retries 1; set net:timeout 20; open {ftp.Url}; mirror -R {local} copy; mirror copy {back}");
        Assert.True(exitCode == 0, output);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(
                new string('x', i), await File.ReadAllTextAsync(Path.Combine(back, "deep", "er", $"file {i}"), Stop));
        }
    }

    [Fact]
    public async Task Netcat_gets_a_reply_for_each_line()
    {
        Tool.Need("nc");
        await using RunningFtp ftp = await RunningFtp.StartAsync();
        (int exitCode, string output) = await Tool.RunWithInputAsync(
            "NOOP\r\nnOoP\r\nWHAT\r\nQUIT\r\nNOOP\r\n", "nc", "-w", "20", "127.0.0.1",
            ftp.Port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, exitCode);
        Assert.Equal(
            ["220", "200", "200", "500", "221"], output.Split("\r\n")[..^1].Select(line => line[..3]));
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        (int exitCode, string output) = await Tool.RunAsync("curl", ["-sS", "-m", "60", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
