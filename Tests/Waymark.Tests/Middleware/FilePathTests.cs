using System.Text;
using Waymark.Middleware;

namespace Waymark.Tests.Middleware;

/// <summary>H41: what a path may say to name a file, and what it may not.</summary>
public sealed class FilePathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a.txt", "a.txt")]
    [InlineData("sub/b.txt", "sub/b.txt")]
    [InlineData("sub/", "sub")]
    [InlineData("a%20b", "a b")]
    [InlineData("caf%C3%A9", "caf\u00e9")]
    [InlineData("%2525", "%25")] // Decoded once: the name "%25" is a name.
    [InlineData("%252e%252e/secret.txt", "%2e%2e/secret.txt")]
    [InlineData("%252fetc", "%2fetc")]
    [InlineData("a..b", "a..b")]
    [InlineData("a...", "a...")]
    [InlineData("ab:c", "ab:c")]
    [InlineData("+", "+")]
    [InlineData("~root", "~root")]
    [InlineData("$HOME", "$HOME")]
    public void A_path_is_cut_and_decoded_once(string raw, string expected) =>
        Assert.Equal(expected, Read(raw, isDotServed: false));

    [Theory]
    [InlineData("..")]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("sub/..")]
    [InlineData("./a.txt")]
    [InlineData("sub/./b.txt")]
    [InlineData("%2e%2e/secret.txt")]
    [InlineData("%2E%2E/secret.txt")]
    [InlineData(".%2e/secret.txt")]
    [InlineData("%2e./secret.txt")]
    [InlineData("..%2fsecret.txt")]
    [InlineData("..%2Fsecret.txt")]
    [InlineData("%2e%2e%2fsecret.txt")]
    [InlineData("sub%2fb.txt")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("sub//b.txt")]
    [InlineData("sub//")]
    [InlineData("..\\secret.txt")]
    [InlineData("..%5csecret.txt")]
    [InlineData("sub%5Cb.txt")]
    [InlineData("\\\\server\\share")]
    [InlineData("a.txt%00")]
    [InlineData("a.txt%00.png")]
    [InlineData("a%0ab")]
    [InlineData("a%0d%0aX: y")]
    [InlineData("a%7f")]
    [InlineData("%c0%ae%c0%ae/secret.txt")] // Overlong forms of "." and "/".
    [InlineData("%c0%afetc")]
    [InlineData("%e0%80%ae%e0%80%ae/secret.txt")]
    [InlineData("%f0%80%80%ae")]
    [InlineData("%ed%a0%80")] // Half of a surrogate pair.
    [InlineData("%ff")]
    [InlineData("c:")]
    [InlineData("C:/windows/win.ini")]
    [InlineData("c%3a/windows")]
    [InlineData("C:secret.txt")]
    [InlineData("sub/c:")]
    public void A_path_that_leads_elsewhere_names_nothing(string raw)
    {
        Assert.Null(Read(raw, isDotServed: false));
        Assert.Null(Read(raw, isDotServed: true));
    }

    [Theory]
    [InlineData(".env")]
    [InlineData(".git/config")]
    [InlineData("sub/.htpasswd")]
    [InlineData("%2eenv")]
    [InlineData("...")]
    public void A_name_that_begins_with_a_dot_has_to_be_asked_for(string raw)
    {
        Assert.Null(Read(raw, isDotServed: false));
        Assert.NotNull(Read(raw, isDotServed: true));
    }

    [Theory]
    [InlineData("a.txt", true)]
    [InlineData("a.txt::$DATA", false)]
    [InlineData("a.txt.", false)]
    [InlineData("a.txt ", false)]
    [InlineData("con", false)]
    [InlineData("CON.txt", false)]
    [InlineData("Nul .txt", false)]
    [InlineData("com1", false)]
    [InlineData("LPT9.log", false)]
    [InlineData("CONIN$", false)]
    [InlineData("console", true)]
    [InlineData("compare.js", true)]
    [InlineData("a?b", false)]
    [InlineData("a|b", false)]
    public void Windows_reads_some_names_as_something_else(string name, bool isName) =>
        Assert.Equal(isName, FilePath.IsNameOnWindows(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void A_path_that_no_system_can_open_is_not_decoded()
    {
        Assert.NotNull(Read(new string('a', 4000), isDotServed: false));
        Assert.Null(Read(new string('a', 4001), isDotServed: false));
    }

    [Theory]
    [InlineData("app.3fa9c21b.js", true)]
    [InlineData("css/app-B4dGhP2x.css", true)]
    [InlineData("app.min.js", false)]
    [InlineData("photo-20240101.jpg", false)]
    [InlineData("app.3fa9c21.js", false)]
    [InlineData("app-abcdefgh.js", false)]
    [InlineData("3fa9c21b.js", false)]
    [InlineData("3fa9c21b/app.js", false)]
    [InlineData("app.3fa9c21b", false)]
    [InlineData(".3fa9c21b", false)]
    [InlineData("app.3fa9c2+b.js", false)]
    public void A_hash_in_a_name_is_seen(string path, bool isHashed) => Assert.Equal(isHashed, HashedName.IsIn(path));

    private static string? Read(string raw, bool isDotServed)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(raw);
        byte[] path = new byte[bytes.Length];
        return FilePath.TryRead(bytes, isDotServed, path, out int length)
            ? Encoding.UTF8.GetString(path, 0, length)
            : null;
    }
}
