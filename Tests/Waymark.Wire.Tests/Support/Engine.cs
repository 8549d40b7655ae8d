using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Http.Parsing;
using Waymark.Routing;
using Waymark.Transport;

namespace Waymark.Wire.Tests.Support;

/// <summary>Plays octets to the engine and tells what came back.</summary>
internal static partial class Engine
{
    /// <summary>What a test asks <c>{Date}</c> to stand for.</summary>
    private const string DatePlaceholder = "Date: *\r\n";

    /// <summary>
    /// Plays whole input, then the end of the peer's sending; then again over TLS, where the answer has to be the same.
    /// The handler is called for both: see <see cref="Layer"/> for tests that count.
    /// </summary>
    public static Task<WireAnswer> PlayAsync(
        string input, ServerLimits? limits = null, Handler? handler = null, TargetRules rules = TargetRules.Strict) =>
        PlayAsync([Bytes(input)], limits, handler, rules);

    /// <summary>Plays input in pieces, each once the one before has been taken, in the clear and over TLS.</summary>
    public static async Task<WireAnswer> PlayAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> pieces, ServerLimits? limits = null, Handler? handler = null,
        TargetRules rules = TargetRules.Strict)
    {
        HttpConnectionHandler protocol = Protocol(limits, handler, NullLogger.Instance, null, rules);
        WireAnswer answer = await PlayOnceAsync(Layer.Clear, protocol, pieces);
        answer.AssertSame(await PlayOnceAsync(Layer.Tls, protocol, pieces));
        return answer;
    }

    /// <summary>Plays whole input on one layer only.</summary>
    public static Task<WireAnswer> PlayOnceAsync(
        Layer layer, string input, Handler? handler = null, ILogger? logger = null, ServerLimits? limits = null) =>
        PlayOnceAsync(
            layer, Protocol(limits, handler, logger ?? NullLogger.Instance, null, TargetRules.Strict), [Bytes(input)]);

    /// <summary>Plays input in pieces to a protocol on one layer only.</summary>
    public static async Task<WireAnswer> PlayOnceAsync(
        Layer layer, ConnectionHandler protocol, IReadOnlyList<ReadOnlyMemory<byte>> pieces,
        CancellationTokenSource? abort = null)
    {
        if (layer == Layer.Tls)
            return await OverTls.PlayAsync(protocol, pieces, abort);
        var connection = new ScriptedConnection(pieces);
        await protocol.RunAsync(new ConnectionContext(connection, 1, abort?.Token ?? CancellationToken.None));
        return new WireAnswer(
            Encoding.Latin1.GetString(connection.Sent), connection.SendCount, connection.IsAborted);
    }

    /// <summary>Serves a connection with the engine until it ends.</summary>
    public static Task Serve(
        Connection connection, ServerLimits? limits, Handler? handler, ILogger logger, TimeProvider? time = null,
        TargetRules rules = TargetRules.Strict)
    {
        return Protocol(limits, handler, logger, time, rules)
            .RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
    }

    /// <summary>The engine with a handler.</summary>
    public static HttpConnectionHandler Protocol(Handler handler) =>
        Protocol(null, handler, NullLogger.Instance, null, TargetRules.Strict);

    /// <summary>The engine, on the test's routes where no handler is given.</summary>
    public static HttpConnectionHandler Protocol(
        ServerLimits? limits, Handler? handler, ILogger logger, TimeProvider? time, TargetRules rules) => new(
        handler ?? new Router(new TestTable()).HandleAsync,
        limits ?? new ServerLimits(),
        time ?? TimeProvider.System,
        logger,
        detailedErrors: false,
        rules);

    /// <summary>
    /// Plays input at every place where it can be cut in two, and byte by byte; each time the answer is the same, and
    /// over TLS too, where it comes whole and in a record for each byte.
    /// </summary>
    public static async Task<WireAnswer> PlayAtEverySplitAsync(
        string input, ServerLimits? limits = null, Handler? handler = null, TargetRules rules = TargetRules.Strict)
    {
        byte[] bytes = Bytes(input);
        HttpConnectionHandler protocol = Protocol(limits, handler, NullLogger.Instance, null, rules);
        WireAnswer whole = await PlayOnceAsync(Layer.Clear, protocol, [bytes]);
        for (int split = 1; split < bytes.Length; split++)
        {
            WireAnswer cut = await PlayOnceAsync(
                Layer.Clear, protocol, [bytes.AsMemory(0, split), bytes.AsMemory(split)]);
            Assert.True(
                whole.Text == cut.Text && whole.IsAborted == cut.IsAborted,
                $"cut at {split}: expected\n{whole.Text}\nbut got\n{cut.Text}");
        }

        ReadOnlyMemory<byte>[] drip = bytes.Select((_, index) => new ReadOnlyMemory<byte>(bytes, index, 1)).ToArray();
        Assert.Equal(whole.Text, (await PlayOnceAsync(Layer.Clear, protocol, drip)).Text);
        whole.AssertSame(await PlayOnceAsync(Layer.Tls, protocol, [bytes]));
        whole.AssertSame(await PlayOnceAsync(Layer.Tls, protocol, drip));
        return whole;
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string HideDates(string text) => DatePattern().Replace(text, DatePlaceholder);

    [GeneratedRegex("Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r\n")]
    private static partial Regex DatePattern();
}

/// <summary>What came back.</summary>
/// <param name="DatedText">Everything that was sent, Latin-1.</param>
/// <param name="SendCount">In how many sends; over TLS in how many receives.</param>
/// <param name="IsAborted">True where the peer sees a reset.</param>
internal sealed partial record WireAnswer(string DatedText, int SendCount, bool IsAborted)
{
    /// <summary>The same with its dates hidden.</summary>
    public string Text { get; } = Engine.HideDates(DatedText);

    /// <summary>The status codes of all answers, in order, joined by blanks.</summary>
    public string Statuses => string.Join(' ', StatusPattern().Matches(Text).Select(match => match.Groups[1].Value));

    /// <summary>True where the last answer says that it is the last.</summary>
    public bool SaysClose =>
        Text.LastIndexOf("Connection: close\r\n", StringComparison.Ordinal)
        > Text.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);

    /// <summary>Fails where the answer over TLS is another than this one, in the clear.</summary>
    /// <remarks>
    /// Where the connection was aborted, what had come before it may be lost with it, so only the beginning is
    /// compared.
    /// </remarks>
    public void AssertSame(WireAnswer overTls) => Assert.True(
        IsAborted == overTls.IsAborted
        && (IsAborted ? Text.StartsWith(overTls.Text, StringComparison.Ordinal) : Text == overTls.Text),
        $"over TLS: expected{(IsAborted ? " an abort" : "")}\n{Text}\n"
        + $"but got{(overTls.IsAborted ? " an abort" : "")}\n{overTls.Text}");

    /// <summary>Asserts field lines, separated by bars; one behind <c>!</c> is a name that no field has.</summary>
    public void AssertFields(string expected)
    {
        foreach (string line in expected.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '!')
                Assert.DoesNotContain($"\r\n{line[1..]}:", Text, StringComparison.Ordinal);
            else
                Assert.Contains($"\r\n{line}\r\n", Text, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("HTTP/1\\.1 ([0-9]{3}) ")]
    private static partial Regex StatusPattern();
}
