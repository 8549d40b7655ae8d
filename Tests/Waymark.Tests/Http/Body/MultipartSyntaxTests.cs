using System.Text;
using Waymark.Http.Body;

namespace Waymark.Tests.Http.Body;

public sealed class MultipartSyntaxTests
{
    public static TheoryData<string, string?> Boundaries => new()
    {
        { "multipart/form-data; boundary=b", "b" },
        { "multipart/form-data;BOUNDARY=\"a b\"", "a b" },
        { "multipart/form-data; charset=x ; boundary=b;", "b" },
        { "multipart/form-data; boundary=----WebKitForm7MA4YWxkTrZu0gW", "----WebKitForm7MA4YWxkTrZu0gW" },
        { "multipart/form-data; boundary=\"'()+_,-./:=?\"", "'()+_,-./:=?" },
        { $"multipart/form-data; boundary={new string('b', 69)}", new string('b', 69) },
        { $"multipart/form-data; boundary={new string('b', 70)}", new string('b', 70) },
        { $"multipart/form-data; boundary={new string('b', 71)}", null },
        { "multipart/form-data", null },
        { "multipart/form-data; boundary", null },
        { "multipart/form-data; boundary=", null },
        { "multipart/form-data; boundary=\"\"", null },
        { "multipart/form-data; boundary=\"b ", null },
        { "multipart/form-data; boundary=\"b \"", null },
        { "multipart/form-data; boundary=b b", null },
        { "multipart/form-data; boundary=b/b", null },
        { "multipart/form-data; boundary=\"b!\"", null },
        { "multipart/form-data; boundary=\"b\\\"\"", null },
        { "multipart/form-data; boundary=b; boundary=b", null },
        { "multipart/form-data; boundary=b; =", null },
        { "multipart/form-data; boundary =b", null },
        { "multipart/form-data boundary=b", null },
    };

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void A_boundary_is_read_strictly(string contentType, string? boundary)
    {
        bool isRead = MultipartSyntax.TryReadBoundary(Encoding.Latin1.GetBytes(contentType), out byte[] delimiter);
        Assert.Equal(boundary is not null, isRead);
        Assert.Equal(boundary is null ? "" : "\r\n--" + boundary, Encoding.Latin1.GetString(delimiter));
    }

    public static TheoryData<string, string?, string?> Dispositions => new()
    {
        { "form-data; name=a", "a", null },
        { "FORM-DATA;Name=\"a\"", "a", null },
        { "form-data; name=\"\"", "", null },
        { "form-data; name=a; filename=\"\"", "a", "" },
        { "form-data ; filename=\"x; name=b\" ; name=\"a\" ;", "a", "x; name=b" },
        { "form-data; name=\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d", null },
        { "form-data; name=a; filename=\"C:\\dir\\f.txt\"", "a", "C:\\dir\\f.txt" },
        { "form-data; name=a; filename=\"100%22\"", "a", "100%22" },
        { "form-data; name=a; filename=f; filename*=UTF-8''e%2F", "a", "f" },
        { "form-data; name=a; filename*=UTF-8''e", "a", null },
        { "form-data; name=\"\u00fc\"", "\u00fc", null },
        { "form-data", null, null },
        { "form-data; filename=f", null, null },
        { "form-data; name*=UTF-8''a", null, null },
        { "attachment; name=a", null, null },
        { "form-data; name=a; name=a", null, null },
        { "form-data; name=a; filename=b; filename=b", null, null },
        { "form-data; name=a b", null, null },
        { "form-data; name=\"a", null, null },
        { "form-data; name=\"a\\\"", null, null },
        { "form-data; name=\"a\"b", null, null },
        { "form-data; name=", null, null },
        { "form-data; name", null, null },
        { "form-data; =a; name=a", null, null },
        { "form-data, name=a", null, null },
        { "", null, null },
    };

    [Theory]
    [MemberData(nameof(Dispositions))]
    public void A_disposition_is_read_strictly(string value, string? name, string? fileName)
    {
        bool isRead = MultipartSyntax.TryReadDisposition(
            Encoding.UTF8.GetBytes(value), out string? readName, out string? readFile);
        Assert.Equal(name is not null, isRead);
        if (isRead)
            Assert.Equal((name, fileName), (readName, readFile));
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_refused()
    {
        byte[] value = [.. "form-data; name=\""u8, 0xC3, .. "\""u8];
        Assert.False(MultipartSyntax.TryReadDisposition(value, out _, out _));
    }

    [Fact]
    public void A_delimiter_is_found_and_never_missed_at_any_cut()
    {
        byte[] delimiter = "\r\n--"u8.ToArray();
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] input = random.GetItems("\r\n-x"u8.ToArray(), random.Next(12));
            int count = MultipartSyntax.FindDelimiter(input, delimiter, out bool isFound);
            Assert.True(Twin(input, delimiter) == (count, isFound), $"seed {seed}, round {round}: {count}, {isFound}");
        }
    }

    /// <summary>The first offset where the delimiter, or what is there of it, stands.</summary>
    private static (int Count, bool IsFound) Twin(byte[] input, byte[] delimiter)
    {
        for (int offset = 0; offset < input.Length; offset++)
        {
            int length = Math.Min(delimiter.Length, input.Length - offset);
            if (input.AsSpan(offset, length).SequenceEqual(delimiter.AsSpan(0, length)))
                return (offset, length == delimiter.Length);
        }

        return (input.Length, false);
    }
}
