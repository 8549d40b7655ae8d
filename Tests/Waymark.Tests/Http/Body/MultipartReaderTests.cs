using System.Text;
using Waymark.Http.Parsing;
using static Waymark.Tests.Http.Body.MultipartReading;

namespace Waymark.Tests.Http.Body;

/// <summary>RFC 2046 section 5.1.1 and RFC 7578, at every split point.</summary>
public sealed class MultipartReaderTests
{
    private const string Name = "Content-Disposition: form-data; name=x";

    public static TheoryData<string, string> Rows => new()
    {
        { Part("a", "1") + "--b--", "a()=1" },
        { Part("a", "1") + Part("c", "2") + "--b--\r\n", "a()=1|c()=2" },
        { Part("a", "") + "--b--", "a()=" },
        { "--b--", "" },
        { "--b-- \t\r\nepilogue\r\n--b\r\n", "" },
        { "preamble\r\n--b\r\n--c\r\n" + Part("a", "1") + "--b--", "InvalidPartHeader" },
        { "pre\r\n\r\n" + Part("a", "1") + "--b--", "a()=1" },
        { "\r\n" + Part("a", "1") + "--b--", "a()=1" },
        { "--b \t\r\n" + Name + "\r\n\r\n1\r\n--b--", "x()=1" },
        // Look-alikes of a boundary are data.
        { Part("a", "--b") + "--b--", "a()=|MultipartIncomplete" },
        { Part("a", "x--b") + "--b--", "a()=x--b" },
        { Part("a", "\n--b\r\n") + "--b--", "a()=\n--b\r\n" },
        { Part("a", "\r--b\r\n-b\r\n--\r\n--B") + "--b--", "a()=\r--b\r\n-b\r\n--\r\n--B" },
        { Part("a", "\r\n\r\n\r\r\n") + "--b--", "a()=\r\n\r\n\r\r\n" },
        { Part("a", "\r\n--c\r\nContent-Type: x\r\n\r\n1\r\n--c--\r\n") + "--b--",
            "a()=\r\n--c\r\nContent-Type: x\r\n\r\n1\r\n--c--\r\n" },
        // A part without content: its empty line is that of the delimiter.
        { "--b\r\n" + Name + "\r\n\r\n--b--", "x()=" },
        { "--b\r\n" + Name + "\r\n\r\n--bc", "x()=|InvalidDelimiter" },
        { "--b\r\n" + Name + "\r\n\r\n--c\r\n--b--", "x()=--c" },
        // A line that goes on behind the boundary is nothing that a part may hold.
        { Part("a", "1\r\n--bc") + "--b--", "a()=1|InvalidDelimiter" },
        { Part("a", "1") + "--b-", "a()=1|MultipartIncomplete" },
        { Part("a", "1") + "--b-x", "a()=1|InvalidDelimiter" },
        { Part("a", "1") + "--b --", "a()=1|InvalidDelimiter" },
        { Part("a", "1") + "--b--x", "a()=1|InvalidDelimiter" },
        { Part("a", "1") + "--b--\n", "a()=1|InvalidDelimiter" },
        { Part("a", "1") + "--b\n", "a()=1|InvalidDelimiter" },
        // The final boundary is missing.
        { "", "MultipartIncomplete" },
        { "--", "MultipartIncomplete" },
        { "text\r\n", "MultipartIncomplete" },
        { "--b\r\n" + Name, "MultipartIncomplete" },
        { "--b\r\n" + Name + "\r\n\r\n12\r\n--", "MultipartIncomplete" },
        { Part("a", "1"), "MultipartIncomplete" },
        { Part("a", "1") + "--b--\r", "a()=1|MultipartIncomplete" },
        // Header sections.
        { "--b\r\n\r\n1\r\n--b--", "InvalidDisposition" },
        { "--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--", "InvalidDisposition" },
        { "--b\r\n" + Name + "\r\n" + Name + "\r\n\r\n1\r\n--b--", "InvalidDisposition" },
        { "--b\r\n" + Name + "\r\n folded\r\n\r\n1\r\n--b--", "InvalidPartHeader" },
        { "--b\r\n" + Name + "\n\n1\r\n--b--", "InvalidPartHeader" },
        { "--b\r\n" + Name + "\r\r\n1\r\n--b--", "InvalidPartHeader" },
        { "--b\r\n" + Name + "\0\r\n\r\n1\r\n--b--", "InvalidPartHeader" },
        { "--b\r\nno colon\r\n\r\n1\r\n--b--", "InvalidPartHeader" },
        { "--b\r\n: x\r\n\r\n1\r\n--b--", "InvalidPartHeader" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_body_is_read_the_same_at_every_split_point(string text, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        string[] lines = expected.Length == 0 ? [] : expected.Split('|');
        for (int split = 0; split <= bytes.Length; split++)
            Assert.Equal(lines, await ReadAsync([bytes[..split], bytes[split..]], readBytes: 1 + (split % 9)));
        Assert.Equal(lines, await ReadAsync([.. bytes.Select(one => new[] { one })]));
        Assert.Equal(lines, MultipartTwin.Parse(text, "b"));
    }

    [Fact]
    public async Task Random_bodies_are_read_as_the_twin_reads_them()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] atoms =
        [
            "\r\n", "\r\n--b\r\n", "--b", "--b--", "--", "-", "b", " ", "\r", "\n", "a", "\r\n\r\n", ":", "\t",
            Name + "\r\n", Name + "; filename=f\r\n\r\n", "Content-Disposition: form-data; name=\"a\\\"\\z\";\r\n",
            "Content-Disposition: form-data\r\n", "X: y\r\n", "\r\n--b--", Part("p", "q"),
        ];
        for (int round = 0; round < 20_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.GetItems(atoms, 1)[0]));
            text = random.Next(2) == 0 ? text : $"--b\r\n{Name}\r\n\r\n{text}\r\n--b--";
            byte[] bytes = Encoding.Latin1.GetBytes(text);
            int first = random.Next(bytes.Length + 1);
            int second = random.Next(first, bytes.Length + 1);
            List<string> seen = await ReadAsync(
                [bytes[..first], bytes[first..second], bytes[second..]], readBytes: random.Next(1, 9));
            Assert.True(
                MultipartTwin.Parse(text, "b").SequenceEqual(seen),
                $"seed {seed}, round {round}: {Uri.EscapeDataString(text)}: {string.Join('|', seen)}");
        }
    }

    [Theory]
    [InlineData(70)]
    [InlineData(1)]
    public async Task Content_longer_than_any_buffer_is_read_whole(int boundaryLength)
    {
        string boundary = new('b', boundaryLength);
        byte[] content = new byte[200_000];
        // Few octets and many line ends: full of beginnings of a delimiter.
        var random = new Random(5);
        for (int index = 0; index < content.Length; index++)
            content[index] = random.GetItems("\r\n-b"u8.ToArray(), 1)[0];
        byte[] tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--");
        string text = Encoding.Latin1.GetString(content).Replace($"\r\n--{boundary}", "", StringComparison.Ordinal);
        byte[] bytes = [.. Encoding.Latin1.GetBytes($"--{boundary}\r\n{Name}\r\n\r\n{text}"), .. tail];
        Assert.Equal([$"x()={text}"], await ReadAsync([.. bytes.Chunk(997)], boundary));
        Assert.Equal([$"x()={text}"], await ReadAsync([.. bytes.Chunk(65_536)], boundary, 100_000));
    }

    [Fact]
    public async Task Going_on_skips_what_is_left_of_a_part()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(
            Part("a", new string('x', 100_000)) + Part("c", "12345") + Part("d", "") + "--b--");
        using var source = new FakeBodySource([.. bytes.Chunk(1000)]);
        MultipartReader reader = Open(BodyReading.Begin(source, int.MaxValue, bytes.Length));
        FormPart first = (await reader.ReadNextAsync())!;
        byte[] buffer = new byte[10];
        Assert.Equal(10, await first.ReadAsync(buffer));
        FormPart second = (await reader.ReadNextAsync())!;
        Assert.Equal("c", second.Name);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await first.ReadAsync(buffer));
        Assert.Equal(5, await second.ReadAsync(buffer));
        Assert.Equal(0, await second.ReadAsync(buffer));
        Assert.Equal("d", (await reader.ReadNextAsync())!.Name);
        Assert.Equal(0, await second.ReadAsync(buffer));
        Assert.Null(await reader.ReadNextAsync());
        Assert.Null(await reader.ReadNextAsync());
        reader.Release();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await reader.ReadNextAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await second.ReadAsync(buffer));
    }

    [Fact]
    public async Task A_part_shows_its_head_and_its_content_as_a_stream()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(
            "--b\r\ncontent-disposition: Form-Data; filename=\"C:\\tmp\\\u00fc \\\"1\\\".txt\"; "
            + "NAME=\"f\u00fcr\"; filename*=UTF-8''evil\r\n"
            + "Content-Type: text/x\r\nX-Y: z\r\n\r\nhello\r\n--b--");
        using var source = new FakeBodySource(bytes);
        MultipartReader reader = Open(BodyReading.Begin(source, length: bytes.Length));
        FormPart part = (await reader.ReadNextAsync())!;
        Assert.Equal("f\u00fcr", part.Name);
        Assert.Equal("C:\\tmp\\\u00fc \"1\".txt", part.FileName);
        Assert.Equal("\u00fc _1_.txt", part.SafeFileName);
        Assert.Equal("text/x", part.ContentType);
        Assert.Equal(("z", 3), (part.Headers["x-y"], part.Headers.Count));
        Stream stream = part.AsStream();
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal("hello"u8.ToArray(), copy.ToArray());
        Assert.Throws<NotSupportedException>(() => stream.ReadByte());
        reader.Release();
    }

    [Theory]
    [InlineData(8191, "InvalidDisposition")]
    [InlineData(8192, "InvalidDisposition")]
    [InlineData(8193, "PartHeadersTooLarge")]
    public async Task The_header_section_of_a_part_has_a_limit(int length, string expected)
    {
        string section = "A: " + new string('a', length - 7) + "\r\n\r\n";
        await AssertEverywhereAsync($"--b\r\n{section}\r\n--b--", expected, 8000);
    }

    [Theory]
    [InlineData(31, "x()=")]
    [InlineData(32, "x()=")]
    [InlineData(33, "PartHeadersTooLarge")]
    public async Task The_number_of_header_fields_of_a_part_has_a_limit(int count, string expected)
    {
        string more = string.Concat(Enumerable.Repeat("A: b\r\n", count - 1));
        await AssertEverywhereAsync($"--b\r\n{more}{Name}\r\n\r\n\r\n--b--", expected);
    }

    [Theory]
    [InlineData(1023, "")]
    [InlineData(1024, "")]
    [InlineData(1025, "TooManyParts")]
    public async Task The_number_of_parts_has_a_limit(int count, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(Part("a", "1"), count)) + "--b--");
        List<string> seen = await ReadAsync([bytes]);
        Assert.Equal(Math.Min(count, 1024), seen.Count(one => one == "a()=1"));
        Assert.Equal(expected, seen[^1] == "a()=1" ? "" : seen[^1]);
    }

    [Theory]
    [InlineData(8191, "x()=1", "x()=1")]
    [InlineData(8192, "x()=1", "x()=1")]
    [InlineData(8193, "PreambleTooLong", "x()=1|EpilogueTooLong")]
    public async Task Preamble_and_epilogue_have_a_limit(int length, string before, string behind)
    {
        string fill = new('f', length);
        string part = $"--b\r\n{Name}\r\n\r\n1\r\n--b--";
        await AssertEverywhereAsync($"{fill}\r\n{part}", before, length - 5);
        await AssertEverywhereAsync($"{part}\r\n{fill}", behind, length);
    }

    [Theory]
    [InlineData(255, "x()=1")]
    [InlineData(256, "x()=1")]
    [InlineData(257, "InvalidDelimiter")]
    public async Task The_padding_behind_a_boundary_has_a_limit(int length, string expected) =>
        await AssertEverywhereAsync($"--b{new string(' ', length)}\r\n{Name}\r\n\r\n1\r\n--b--", expected);

    [Fact]
    public async Task A_connection_that_breaks_off_is_no_end_of_a_part()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Part("a", "12"));
        using var source = new FakeBodySource(bytes);
        MultipartReader reader = Open(BodyReading.Begin(source, length: bytes.Length + 5));
        FormPart part = (await reader.ReadNextAsync())!;
        var copy = new MemoryStream();
        var e = await Assert.ThrowsAsync<BadRequestException>(
            () => part.AsStream().CopyToAsync(copy, TestContext.Current.CancellationToken));
        Assert.Equal(RequestRejection.BodyIncomplete, e.Rejection);
        reader.Release();
    }

    /// <summary>Whole, cut in two at places from a start on, and octet by octet.</summary>
    private static async Task AssertEverywhereAsync(string text, string expected, int splitMin = 0)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        Assert.Equal(expected, string.Join('|', await ReadAsync([bytes])));
        for (int split = splitMin; split < Math.Min(bytes.Length, splitMin + 300); split++)
            Assert.Equal(expected, string.Join('|', await ReadAsync([bytes[..split], bytes[split..]])));
        Assert.Equal(expected, string.Join('|', await ReadAsync([.. bytes.Select(one => new[] { one })])));
    }
}
