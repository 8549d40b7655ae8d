using Waymark.Answers;

namespace Waymark.Tests.Answers;

/// <summary>File names for clients old and new: RFC 6266, RFC 8187.</summary>
public sealed class ContentDispositionTests
{
    [Theory]
    [InlineData("report.pdf", false, "attachment; filename=\"report.pdf\"")]
    [InlineData("a b;c.txt", true, "inline; filename=\"a b;c.txt\"")]
    [InlineData("naïve €.txt", false, "attachment; filename=\"na_ve _.txt\"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt")]
    [InlineData("a\"b.txt", false, "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt")]
    [InlineData("50%.txt", false, "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt")]
    [InlineData("../etc/passwd", false, "attachment; filename=\".._etc_passwd\"; filename*=UTF-8''.._etc_passwd")]
    [InlineData("a\\b", false, "attachment; filename=\"a_b\"; filename*=UTF-8''a_b")]
    [InlineData("a\r\nSet-Cookie: b", false, "attachment; filename=\"a__Set-Cookie: b\"; filename*=UTF-8''a__Set-Cookie%3A%20b")]
    public void A_name_is_written(string name, bool isInline, string expected) =>
        Assert.Equal(expected, ContentDisposition.Format(name, isInline));

    [Theory]
    [InlineData("a.html", "text/html; charset=utf-8")]
    [InlineData("A.PNG", "image/png")]
    [InlineData("/x.y/z.tar.gz", "application/gzip")]
    [InlineData("/x.html/readme", "application/octet-stream")]
    [InlineData("a.unknown", "application/octet-stream")]
    [InlineData(null, "application/octet-stream")]
    public void A_name_says_its_media_type(string? name, string expected) =>
        Assert.Equal(expected, MediaTypes.Of(name));
}
