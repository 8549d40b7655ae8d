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
    /// A test with a handler of its own, which may count its calls, plays in the clear only.
    /// </summary>
    public static async Task<WireAnswer> PlayAsync(
        string input, ServerLimits? limits = null, Handler? handler = null,
        TargetRules rules = TargetRules.Strict)
    {
        WireAnswer answer = await PlayAsync([Bytes(input)], limits, handler, rules);
        if (handler is null)
            await OverTls.AssertSameAsync(answer, [Bytes(input)], limits, handler, rules);
        return answer;
    }

    /// <summary>Plays input in pieces.</summary>
    public static async Task<WireAnswer> PlayAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> pieces, ServerLimits? limits = null, Handler? handler = null,
        TargetRules rules = TargetRules.Strict)
    {
        var connection = new ScriptedConnection(pieces);
        await Serve(connection, limits, handler, NullLogger.Instance, rules: rules);
        return new WireAnswer(
            HideDates(Encoding.Latin1.GetString(connection.Sent)), connection.SendCount, connection.IsAborted);
    }

    /// <summary>Serves a connection with the engine until it ends.</summary>
    public static Task Serve(
        Connection connection, ServerLimits? limits, Handler? handler, ILogger logger, TimeProvider? time = null,
        TargetRules rules = TargetRules.Strict)
    {
        return Protocol(limits, handler, logger, time, rules)
            .RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
    }

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
        WireAnswer whole = await PlayAsync([bytes], limits, handler, rules);
        for (int split = 1; split < bytes.Length; split++)
        {
            WireAnswer cut = await PlayAsync(
                [bytes.AsMemory(0, split), bytes.AsMemory(split)], limits, handler, rules);
            Assert.True(
                whole.Text == cut.Text && whole.IsAborted == cut.IsAborted,
                $"cut at {split}: expected\n{whole.Text}\nbut got\n{cut.Text}");
        }

        ReadOnlyMemory<byte>[] drip = bytes.Select((_, index) => new ReadOnlyMemory<byte>(bytes, index, 1)).ToArray();
        Assert.Equal(whole.Text, (await PlayAsync(drip, limits, handler, rules)).Text);
        await OverTls.AssertSameAsync(whole, [bytes], limits, handler, rules);
        await OverTls.AssertSameAsync(whole, drip, limits, handler, rules);
        return whole;
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string HideDates(string text) => DatePattern().Replace(text, DatePlaceholder);

    [GeneratedRegex("Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT\r\n")]
    private static partial Regex DatePattern();
}

/// <summary>What came back.</summary>
/// <param name="Text">Everything that was sent, Latin-1, dates hidden.</param>
/// <param name="SendCount">In how many sends.</param>
/// <param name="IsAborted">True where the peer sees a reset.</param>
internal sealed partial record WireAnswer(string Text, int SendCount, bool IsAborted)
{
    /// <summary>The status codes of all answers, in order, joined by blanks.</summary>
    public string Statuses => string.Join(' ', StatusPattern().Matches(Text).Select(match => match.Groups[1].Value));

    /// <summary>True where the last answer says that it is the last.</summary>
    public bool SaysClose =>
        Text.LastIndexOf("Connection: close\r\n", StringComparison.Ordinal)
        > Text.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);

    [GeneratedRegex("HTTP/1\\.1 ([0-9]{3}) ")]
    private static partial Regex StatusPattern();
}
