using System.Text;
using Waymark.Http.Body;

namespace Waymark.Tests.Http.Body;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("\u00fcber \U0001F600.png", "\u00fcber \U0001F600.png")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\win.ini", "win.ini")]
    [InlineData("C:evil.exe", "evil.exe")]
    [InlineData("a.txt:stream", "stream")]
    [InlineData("a/", "file")]
    [InlineData("..", "file")]
    [InlineData(".", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData(" . . ", "file")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("a.exe. .", "a.exe")]
    [InlineData("a\0b\nc\u007f\u0085", "a_b_c__")]
    [InlineData("<a>\"|?*", "_a_____")]
    [InlineData("gpj.\u202Eexe", "gpj._exe")]
    [InlineData("con", "_con")]
    [InlineData("NUL.tar.gz", "_NUL.tar.gz")]
    [InlineData("com1 .txt", "_com1 .txt")]
    [InlineData("COM10", "COM10")]
    [InlineData("console", "console")]
    public void A_name_is_the_last_part_and_safe(string? fileName, string safe) =>
        Assert.Equal(safe, FileNames.MakeSafe(fileName));

    [Theory]
    [InlineData(199, 199)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    public void A_name_has_a_length(int length, int expected) =>
        Assert.Equal(new string('a', expected), FileNames.MakeSafe(new string('a', length)));

    [Fact]
    public void Half_a_character_is_never_left()
    {
        Assert.Equal(198, Encoding.UTF8.GetByteCount(FileNames.MakeSafe(new string('\u20AC', 100))));
        Assert.Equal("\uFFFDa", FileNames.MakeSafe("\uD800a"));
    }
}
