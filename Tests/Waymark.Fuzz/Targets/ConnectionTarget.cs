using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Connections;
using Waymark.Fuzz.Engine;
using Waymark.Http;

namespace Waymark.Fuzz.Targets;

/// <summary>A whole connection: the loop, framing, bodies and answers, pipelined.</summary>
/// <remarks>No request may be seen that the twins do not see: that is what smuggling is.</remarks>
internal sealed class ConnectionTarget : FuzzTarget
{
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";

    private static readonly ServerLimits Limits = new()
    {
        RequestLineBytesMax = 256, HeaderBytesMax = 1024, HeaderCountMax = 8, BodyBytesMax = 2048,
    };

    private readonly HttpConnectionHandler _protocol;
    private readonly List<string> _seen = [];
    private readonly byte[] _buffer = new byte[97];

    public ConnectionTarget() => _protocol = new HttpConnectionHandler(
        HandleAsync, Limits, new StoppedTime(), NullLogger.Instance, detailedErrors: false);

    public override string Name => "connection";

    public override IReadOnlyList<byte[]> Seeds { get; } = All(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD /c HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n"
            + "GET /c HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n",
        "PUT /c HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc\r\nGET / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: a\r\n\r\n");

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\n", "GET /c HTTP/1.0\r\n", "Content-Length: 5\r\n", "Content-Length: ",
        "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n", "0\r\n\r\n", "0\r\n", "\r\n", "\r\n\r\n", "\n", "hello",
        "Connection: close\r\n", "Connection: keep-alive\r\n", "Expect: 100-continue\r\n", "Host: a\r\n", " ", ":",
        "/x", "/c", "0", "1", "7ff", "2048", "2049", ";a=b", "\0");

    public override long StepsMax(int length) => 200_000 + (6_000L * length);

    public override void Run(byte[] input, Random random)
    {
        string whole = Play(input, [input.Length]);
        List<TwinRequest> requests = ConnectionTwin.Read(input, Limits, out bool isTimed);
        List<string> wanted = [.. requests.Where(request => request.IsHandled).Select(request => request.Line)];
        Check(wanted.SequenceEqual(_seen), $"the handler sees other requests: {Show(wanted)} but {Show(_seen)}");
        List<int> statuses = AnswerReader.Read(whole, requests.ConvertAll(request => request.Method));
        int refusals = statuses.Count(status => status >= 400);
        Check(statuses.Count - refusals <= _seen.Count && (isTimed || refusals <= 1),
            $"there are more answers than requests: {string.Join(' ', statuses)}");

        // Whether a client that waits for 100 is asked to send its body depends on what has come.
        if (isTimed)
            return;
        int one = random.Next(input.Length + 1);
        int other = random.Next(input.Length + 1);
        string cut = Play(input, [Math.Min(one, other), Math.Max(one, other), input.Length]);
        Check(cut == whole, $"the answers depend on the split: {one} and {other}");
        if (input.Length <= 300 && random.Next(8) == 0)
        {
            string drip = Play(input, [.. Enumerable.Range(1, input.Length)]);
            Check(drip == whole, "the answers depend on the split: octet by octet");
        }
    }

    private string Play(byte[] input, int[] ends)
    {
        _seen.Clear();
        var connection = new ScriptedConnection(input, ends);
        Task served = _protocol.RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
        Check(served.IsCompleted, "the connection waits for what cannot come");
        served.GetAwaiter().GetResult();
        Check(!connection.IsAborted, "the connection is reset");
        return Encoding.Latin1.GetString(connection.Sent).Replace(Continue, "", StringComparison.Ordinal);
    }

    private async ValueTask HandleAsync(Exchange exchange)
    {
        Request request = exchange.Request;
        string target = Encoding.Latin1.GetString(request.Target);
        int index = _seen.Count;
        _seen.Add($"{request.Method} {target} ");
        if (!ConnectionTwin.IsUnread(target))
        {
            _seen[index] = $"{request.Method} {target} ?";
            var body = new StringBuilder();
            for (int count; (count = await request.Body.ReadAsync(_buffer)) > 0;)
                body.Append(Encoding.Latin1.GetString(_buffer, 0, count));
            _seen[index] = $"{request.Method} {target} {body}";
        }

        exchange.Response.Write(Encoding.ASCII.GetBytes(_seen[index].Length.ToString(CultureInfo.InvariantCulture)));
        if (!ConnectionTwin.IsStreamed(target))
            return;
        await exchange.Response.FlushAsync();
        exchange.Response.Write("more"u8);
    }

    private static string Show(List<string> seen) => System.Text.Json.JsonSerializer.Serialize(seen);

    private sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 1;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
