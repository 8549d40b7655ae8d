using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.CompilerServices;
using Waymark.Wire.Tests.Support;
using static Waymark.Wire.Tests.Support.FormAnswer;

namespace Waymark.Wire.Tests;

/// <summary>Forms as handlers bind them: url-encoded, multipart, files streamed and spooled.</summary>
[Collection(nameof(TemporaryFileTests))]
public sealed class FormTests
{
    private const string Encoded = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("a=1&b=2", "[a=1][b=2]")]
    [InlineData("b=x+y%20z%2B%26&a=%C3%BC", "[a=\u00fc][b=x y z+&]")]
    [InlineData("&a&&=x&b=&c=3&", "[a=][b=]")]
    [InlineData("b=1&a=1&b=2&a=2", "[a=1][a=2][b=1][b=2]")]
    [InlineData("a=1=2&%62=100%", "[a=1=2][b=100%]")]
    [InlineData("a=%zz%2", "[a=%zz%2]")]
    [InlineData("", "")]
    public async Task A_url_encoded_form_is_decoded_once(string body, string expected)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Post(Encoded + "; charset=x", body), handler: new FormAnswer("a b", "").HandleAsync);
        Assert.Equal("200", answer.Statuses);
        Assert.Equal(expected, Encoding.UTF8.GetString(Engine.Bytes(BodyOf(answer))));
    }

    [Theory]
    [InlineData("a=%C3", "A name or a value of the form is not UTF-8.")]
    [InlineData("a=%ED%A0%80", "A name or a value of the form is not UTF-8.")]
    [InlineData("%FF=a", "A name or a value of the form is not UTF-8.")]
    public async Task A_form_that_is_not_UTF_8_gets_400_and_keeps_the_connection(string body, string detail)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Post(Encoded, body) + Post(Encoded, "a=1"), handler: new FormAnswer("a", "").HandleAsync);
        Assert.Equal("400 200", answer.Statuses);
        Assert.Contains(detail, answer.Text, StringComparison.Ordinal);
        Assert.False(answer.SaysClose);
    }

    [Theory]
    [InlineData(19, "200")]
    [InlineData(20, "200")]
    [InlineData(21, "413")]
    public async Task A_form_has_a_limit_of_bytes(int length, string status)
    {
        var limits = new ServerLimits { FormBytesMax = 20 };
        Handler handler = new FormAnswer("a b", "").HandleAsync;
        string body = "a=" + new string('v', length - 2);
        string chunked = $"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: {Encoded}\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{length:x}\r\n{body}\r\n0\r\n\r\n";
        foreach (string request in (string[])[
            Post(Encoded, body), chunked, Multipart("a=" + new string('v', length - 5), "b=12345", "c=" + body)])
        {
            WireAnswer answer = await Engine.PlayAtEverySplitAsync(request, limits, handler);
            Assert.Equal(status, answer.Statuses);
            Assert.Equal(status == "413", answer.SaysClose);
            Assert.Equal(
                status == "413",
                answer.Text.Contains("The fields of the form are too large.", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(2, "200")]
    [InlineData(3, "200")]
    [InlineData(4, "400")]
    public async Task A_form_has_a_limit_of_fields(int count, string status)
    {
        var limits = new ServerLimits { FormKeysMax = 3 };
        Handler handler = new FormAnswer("a", "").HandleAsync;
        WireAnswer encoded = await Engine.PlayAtEverySplitAsync(
            Post(Encoded, string.Join('&', Enumerable.Repeat("x=1", count))), limits, handler);
        WireAnswer multipart = await Engine.PlayAtEverySplitAsync(
            Multipart([.. Enumerable.Repeat("x=1", count), "f:f=1", "f:f=1"]), limits, handler);
        Assert.Equal((status, status), (encoded.Statuses, multipart.Statuses));
    }

    [Theory]
    [InlineData("f*", "f", 2, "200")]
    [InlineData("f*", "f", 3, "200")]
    [InlineData("f*", "f", 4, "400")]
    [InlineData("g", "unwanted", 4, "400")]
    public async Task A_form_has_a_limit_of_files(string files, string name, int count, string status)
    {
        var limits = new ServerLimits { FormFilesMax = 3 };
        var form = new FormAnswer("a", files);
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Multipart([.. Enumerable.Repeat($"{name}:n=1", count), "a=1"]) + Post(Encoded, "a=1"), limits,
            form.HandleAsync);
        Assert.Equal($"{status} 200", answer.Statuses);
        Assert.Equal(status == "400", answer.Text.Contains("malformed-form", StringComparison.Ordinal));
        Assert.Equal(status == "400", answer.Text.Contains("The form has too many files.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_repeated_endlessly_does_not_become_that_many_files()
    {
        int count = 0;
        WireAnswer answer = await Engine.PlayAsync(
            Multipart([.. Enumerable.Repeat("f:n=1", 100_000)]),
            handler: async exchange =>
            {
                try
                {
                    await Bind.FormAsync(exchange, new FormPlan([], [new FormEntry("f", IsRepeated: true)]));
                }
                finally
                {
                    count = exchange.DisposableCount;
                }
            });
        Assert.Equal("400", answer.Statuses);
        Assert.Equal(100, count);
        Assert.Empty(TemporaryFiles());
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\nContent-Length: 3\r\n\r\na=1", "415")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\r\nContent-Length: 5\r\n\r\n--b--", "415")]
    [InlineData("Content-Length: 3\r\n\r\na=1", "415")]
    [InlineData("Content-Type: multipart/form-data\r\nContent-Length: 5\r\n\r\n--b--", "400")]
    [InlineData("Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 4\r\n\r\n--b-", "400")]
    [InlineData("Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5\r\n\r\n--b--", "200")]
    [InlineData("Content-Length: 0\r\n\r\n", "200")]
    [InlineData("\r\n", "200")]
    public async Task What_is_no_form_is_refused_and_keeps_the_connection(string rest, string status)
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            $"POST / HTTP/1.1\r\nHost: x\r\n{rest}{Post(Encoded, "a=1")}",
            handler: new FormAnswer("a", "").HandleAsync);
        Assert.Equal($"{status} 200", answer.Statuses);
        Assert.EndsWith("[a=1]", answer.Text);
    }

    [Theory]
    [InlineData("a=1|f:n.txt=x", "[a=1][f:n.txt streamed x]")]
    [InlineData("f:n.txt=x|a=1", "[a=1][f:n.txt spooled 1 x]")]
    [InlineData("f:n.txt=xyz", "[f:n.txt spooled 3 xyz]")]
    [InlineData("a=1|f:n=x|f:m=y", "[a=1][f:n streamed x]")]
    [InlineData("f:n=x|f:m=y|a=1|a=2", "[a=1][f:n spooled 1 x]")]
    [InlineData("f:=|a=1", "[a=1]")]
    [InlineData("a=1|f:=", "[a=1]")]
    [InlineData("a=1|f:=x", "[a=1][f:file streamed x]")]
    [InlineData("a=1|f=x", "[a=1][f:file streamed x]")]
    [InlineData("z=9|y:y=9|a=1|z=9|f:../n=\r\n--c\r\n", "[a=1][f:n streamed \r\n--c\r\n]")]
    [InlineData("a:n=1|f:n=x", "[a=1][f:n streamed x]")]
    public async Task A_file_is_streamed_where_all_else_has_come_and_spooled_before(string parts, string expected)
    {
        // The end of the first request is that of its form: what the handler leaves is no part of the next one.
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Multipart(parts.Split('|')) + Post(Encoded, "a=7"), handler: new FormAnswer("a", "f").HandleAsync);
        Assert.Equal("200 200", answer.Statuses);
        Assert.Contains($"\r\n\r\n{expected}HTTP/1.1 200", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("[a=7]", answer.Text);
    }

    [Fact]
    public async Task Repeated_files_all_wait_until_the_last_has_come()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Multipart("f:1=x", "t=1", "f:2=yy", "g:3=z", "t=2"), handler: new FormAnswer("t*", "f* g").HandleAsync);
        Assert.Equal("[t=1][t=2][f:1 spooled 1 x][f:2 spooled 2 yy][g:3 spooled 1 z]", BodyOf(answer));
    }

    [Theory]
    [InlineData("n=1&n=2&m=+7%20", "The form field 'm' is not a whole number from -2147483648 to 2147483647: ' 7 '.")]
    [InlineData("m=%2B7&n=x&n=y", "The form field 'm' is not")]
    [InlineData("m=7&n=x", "The form field 'n' is not")]
    [InlineData("n=1", "The form field 'm' is missing; it is")]
    [InlineData("n=1&m=%37&n=%32", "7 of 1 2")]
    public async Task Fields_are_parsed_and_what_is_wrong_is_said(string body, string expected)
    {
        var plan = new FormPlan([new FormEntry("m", true), new FormEntry("n", IsRepeated: true)], []);
        Handler handler = async exchange =>
        {
            BodyValue<BoundForm> form = await Bind.FormAsync(exchange, plan);
            var errors = new BindErrors();
            int m = Bind.Required<int, Int32Parser>(
                RequestValue.Form(form.Value!.Fields, "m"u8, "m"), ref errors);
            int[] n = Bind.FormList<int, Int32Parser>(form.Value!.Fields, "n"u8, "n", ref errors);
            if (errors.IsEmpty)
                exchange.Response.Write($"{m} of {string.Join(' ', n)}");
            else
                await Bind.Reject(exchange, in errors);
        };
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(Post(Encoded, body), handler: handler);
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_not_UTF_8_gets_400()
    {
        WireAnswer answer = await Engine.PlayAtEverySplitAsync(
            Multipart("a=\u00ff"), handler: new FormAnswer("a", "").HandleAsync);
        Assert.Equal("400", answer.Statuses);
    }

    [Fact]
    public async Task A_temporary_file_is_gone_with_its_exchange()
    {
        var form = new FormAnswer("a", "f");
        WireAnswer answer = await Engine.PlayAsync(
            Multipart("f:n=" + new string('x', 100_000), "a=1"), handler: form.HandleAsync);
        Assert.Equal("200", answer.Statuses);
        Assert.Equal([true, true], form.Seen.Select(file => file.Spooled!.IsClosed));
        Assert.Empty(TemporaryFiles());
        await Assert.ThrowsAnyAsync<ObjectDisposedException>(async () => await form.Seen[0].ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task A_streamed_file_cannot_be_read_after_its_exchange()
    {
        var form = new FormAnswer("", "f");
        await Engine.PlayAsync(Multipart("f:n=x"), handler: form.HandleAsync);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await form.Seen[0].ReadAsync(new byte[1]));
    }

    [Theory]
    [InlineData("f:n=")]
    [InlineData("f:n=x|z=")]
    public async Task A_client_that_goes_in_the_middle_of_a_form_leaves_no_file_behind(string parts)
    {
        byte[] request = Engine.Bytes(Multipart([.. (parts + new string('x', 50_000)).Split('|')]));
        SpooledWatch watch = new();
        WireAnswer answer = await Engine.PlayAsync(
            [request.AsMemory(0, request.Length - 20_000)], handler: exchange => watch.BindAsync(exchange));
        Assert.Equal("400", answer.Statuses);
        Assert.True(watch.HasFailed);
        Assert.False(watch.HasDisposables);
        Assert.Empty(TemporaryFiles());
    }

    [Theory]
    [InlineData(Layer.Clear)]
    [InlineData(Layer.Tls)]
    public async Task A_file_is_saved_under_a_path_and_not_over_another(Layer layer)
    {
        string directory = Directory.CreateTempSubdirectory("waymark-test-").FullName;
        string path = Path.Combine(directory, "saved");
        try
        {
            Handler handler = async exchange =>
            {
                BodyValue<BoundForm> form = await Bind.FormAsync(exchange, new FormPlan([], [new FormEntry("f")]));
                FormFile file = form.Value!.File("f")!;
                await file.SaveAsAsync(path, overwrite: file.FileName == "over");
            };
            Task<WireAnswer> PlayAsync(string request) => Engine.PlayOnceAsync(layer, request, handler);
            string text = new('x', 70_000);
            Assert.Equal("200", (await PlayAsync(Multipart("f:n=" + text))).Statuses);
            Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal("500", (await PlayAsync(Multipart("f:n=y"))).Statuses);
            Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            Assert.Equal("200", (await PlayAsync(Multipart("f:over=y"))).Statuses);
            Assert.Equal("y", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

            // Nothing is left of what breaks off.
            string broken = Multipart("f:over=y").Replace("--b--", "--b-x", StringComparison.Ordinal);
            broken = broken.Replace("\r\n--b-x", "", StringComparison.Ordinal);
            Assert.Equal("400", (await PlayAsync(broken)).Statuses);
            Assert.False(File.Exists(path));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_file_of_64_MiB_is_read_with_the_memory_of_a_small_one()
    {
        long small = Measure(1);
        long large = Measure(64);
        // Not nothing, because in a debug build every asynchronous call makes an object.
        Assert.InRange(large - small, long.MinValue, 4 * 1024 * 1024);
    }

    /// <summary>What this thread allocates for a file of so many MiB; everything completes at once on it.</summary>
    private static long Measure(int mebibytes)
    {
        byte[] block = new byte[64 * 1024];
        Array.Fill(block, (byte)'\r');
        byte[] head = Engine.Bytes("--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n");
        byte[] tail = Engine.Bytes("\r\n--b--");
        int count = mebibytes * 16;
        long length = head.Length + ((long)count * block.Length) + tail.Length;
        ReadOnlyMemory<byte>[] pieces =
        [
            Engine.Bytes("POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                + $"Content-Length: {length}\r\n\r\n"),
            head, .. Enumerable.Repeat<ReadOnlyMemory<byte>>(block, count), tail,
        ];
        long seen = 0;
        byte[] buffer = new byte[16 * 1024];
        Handler handler = async exchange =>
        {
            BodyValue<BoundForm> form = await Bind.FormAsync(exchange, new FormPlan([], [new FormEntry("f")]));
            for (int read; (read = await form.Value!.File("f")!.ReadAsync(buffer)) > 0;)
                seen += read;
        };
        var connection = new ScriptedConnection(pieces);
        var limits = new ServerLimits { BodyBytesMax = long.MaxValue };
        long before = GC.GetAllocatedBytesForCurrentThread();
        Task serving = Engine.Serve(connection, limits, handler, NullLogger.Instance);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(serving.IsCompletedSuccessfully);
        Assert.Equal((long)count * block.Length, seen);
        return allocated;
    }

    private static string BodyOf(WireAnswer answer) =>
        answer.Text[(answer.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    private static string[] TemporaryFiles() =>
        Directory.GetFiles(Path.GetTempPath(), $"waymark-{Environment.ProcessId}-*");

    /// <summary>Binds a form that breaks off, and looks at what the exchange holds then and later.</summary>
    private sealed class SpooledWatch
    {
        private Exchange? _exchange;

        public bool HasFailed { get; private set; }

        public bool HasDisposables => _exchange!.DisposableCount > 0;

        public async ValueTask BindAsync(Exchange exchange)
        {
            _exchange = exchange;
            try
            {
                await Bind.FormAsync(exchange, new FormPlan([new FormEntry("z")], [new FormEntry("f")]));
            }
            finally
            {
                HasFailed = exchange.DisposableCount > 0;
            }
        }
    }
}
