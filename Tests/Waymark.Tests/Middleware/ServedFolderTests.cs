using System.Diagnostics;
using System.Text;
using Waymark.Middleware;

namespace Waymark.Tests.Middleware;

/// <summary>H41: what a folder opens, by the kernel's own walk and by the one that every system has.</summary>
public sealed class ServedFolderTests : IDisposable
{
    private readonly string _outer = Directory.CreateTempSubdirectory("waymark-folder").FullName;
    private readonly string _root;

    public ServedFolderTests()
    {
        _root = Path.Combine(_outer, "public");
        Directory.CreateDirectory(Path.Combine(_root, "sub"));
        File.WriteAllText(Path.Combine(_root, "a.txt"), "aaa");
        File.WriteAllText(Path.Combine(_root, "sub", "b.txt"), "b");
        File.WriteAllText(Path.Combine(_root, "empty"), "");
        File.WriteAllText(Path.Combine(_outer, "secret.txt"), "TOP-SECRET");
        Directory.CreateDirectory(Path.Combine(_outer, "public-not"));
        File.WriteAllText(Path.Combine(_outer, "public-not", "c.txt"), "TOP-SECRET");
    }

    public static TheoryData<bool> Ways => OperatingSystem.IsLinux() ? [true, false] : [false];

    public void Dispose() => Directory.Delete(_outer, recursive: true);

    [Theory]
    [MemberData(nameof(Ways))]
    public void Files_and_folders_are_opened(bool isLinux)
    {
        Assert.Equal("file 3", Open(isLinux, "a.txt"));
        Assert.Equal("file 1", Open(isLinux, "sub/b.txt"));
        Assert.Equal("file 0", Open(isLinux, "empty"));
        Assert.Equal("folder a.txt empty sub", Open(isLinux, ""));
        Assert.Equal("folder b.txt", Open(isLinux, "sub"));
        Assert.Equal("", Open(isLinux, "nothing"));
        Assert.Equal("", Open(isLinux, "a.txt/x"));
        Assert.Equal("", Open(isLinux, "sub/nothing"));
        Assert.Equal("", Open(isLinux, new string('n', 300)));
    }

    [Fact]
    public void The_kernel_opens_nothing_outside_even_where_the_path_says_so()
    {
        Assert.SkipUnless(LinuxFolder.IsSupported, "needs openat2 (Linux 5.6)");
        foreach (string path in (string[])
            ["../secret.txt", "sub/../../secret.txt", "..", "/etc/passwd", "../public/a.txt", "../public-not/c.txt"])
        {
            Assert.Equal("", Open(isLinux: true, path));
        }

        // Down and up again inside is inside.
        Assert.Equal("file 3", Open(isLinux: true, "sub/../a.txt"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Links_that_lead_out_are_refused(bool isLinux)
    {
        Link("out", "../secret.txt");
        Link("absolute", Path.Combine(_outer, "secret.txt"));
        Link("etc", "/etc");
        Link("up", "..");
        Link("beside", "../public-not");
        Link("sub/out", "../../secret.txt");
        Link("chain", "chain2");
        Link("chain2", "out");
        Link("through", "sub/up-and-out");
        Link("sub/up-and-out", "../up/secret.txt");
        Link("loop", "loop");
        Link("dangling", "nowhere");
        Link("back", "../public/a.txt"); // Leaves and comes back: refused as well.
        Link("self", "/proc/self/environ");
        Link("cwd", "/proc/self/cwd");
        foreach (string path in (string[])
            [
                "out", "absolute", "etc/passwd", "etc", "up/secret.txt", "up", "beside/c.txt", "sub/out", "chain",
                "through", "loop", "dangling", "back", "self", "cwd/a.txt",
            ])
        {
            Assert.True(Open(isLinux, path).Length == 0, path);
        }
    }

    [Fact]
    public void Links_that_stay_inside_are_followed_where_the_kernel_does_the_walk()
    {
        Assert.SkipUnless(LinuxFolder.IsSupported, "needs openat2 (Linux 5.6)");
        Link("inside", "sub/b.txt");
        Link("folder", "sub");
        Link("sub/up", "../a.txt");
        Assert.Equal("file 1", Open(isLinux: true, "inside"));
        Assert.Equal("file 1", Open(isLinux: true, "folder/b.txt"));
        Assert.Equal("file 3", Open(isLinux: true, "sub/up"));
        Assert.Equal("", Open(isLinux: false, "inside"));
        Assert.Equal("", Open(isLinux: false, "folder/b.txt"));
    }

    [Fact]
    public void What_is_no_regular_file_is_refused_and_blocks_nobody()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a FIFO and looks at devices");
        using (Process made = Process.Start("mkfifo", Path.Combine(_root, "fifo")))
            made.WaitForExit();
        Assert.Equal("", Open(isLinux: true, "fifo"));
        Assert.Equal("file 0", Open(isLinux: false, "fifo")); // Not opened, and nothing of it is read.
        Assert.Equal("", Open(new LinuxFolder("/dev"), "null"));
        Assert.Equal("", Open(new LinuxFolder("/dev"), "zero"));
        Assert.Equal("file 0", Open(new PortableFolder("/dev"), "zero"));
    }

    [Fact]
    public void Another_release_is_served_once_the_root_is_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "makes a link");
        string current = Path.Combine(_outer, "current");
        File.CreateSymbolicLink(current, _root);
        ServedFolder folder = ServedFolder.Of(current);
        Assert.Equal("file 3", Open(folder, "a.txt"));
        File.Delete(current);
        Assert.Equal("", Open(folder, "a.txt"));
        File.CreateSymbolicLink(current, Path.Combine(_outer, "public-not"));
        Assert.Equal("file 10", Open(folder, "c.txt"));
    }

    [Fact]
    public void A_time_before_and_beyond_is_told()
    {
        DateTime old = new(1960, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        string path = Path.Combine(_root, "a.txt");
        foreach (DateTime written in (DateTime[])[old, old.AddYears(130).AddTicks(1234567)])
        {
            File.SetLastWriteTimeUtc(path, written);
            foreach (bool isLinux in Ways.Select(way => way.Data))
            {
                using FolderEntry entry = Open(FolderOf(isLinux), Encoding.UTF8.GetBytes("a.txt"));
                Assert.Equal(File.GetLastWriteTimeUtc(path), entry.File!.LastWrite!.Value.UtcDateTime);
            }
        }
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_root, name), target);

    private ServedFolder FolderOf(bool isLinux) => isLinux ? new LinuxFolder(_root) : new PortableFolder(_root);

    private string Open(bool isLinux, string path) => Open(FolderOf(isLinux), path);

    private static FolderEntry Open(ServedFolder folder, byte[] path)
    {
        byte[] room = new byte[path.Length + 2];
        path.CopyTo(room, 0);
        return folder.Open(room, path.Length);
    }

    private static string Open(ServedFolder folder, string path)
    {
        using FolderEntry entry = Open(folder, Encoding.UTF8.GetBytes(path));
        if (entry.File is not null)
            return $"file {entry.File.Length}";
        return entry.FolderPath is null ? "" : "folder " + string.Join(
            ' ', Directory.EnumerateFileSystemEntries(entry.FolderPath).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
    }
}
