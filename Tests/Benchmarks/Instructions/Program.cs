using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waymark;
using Waymark.Benchmarks.PartRoutes;
using Waymark.Benchmarks.Parts;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;

// Waymark.Benchmarks.Instructions <work> <count>: serves that many bursts of a work on one connection in memory. Exit
// code 1: an answer was wrong; 2: there is no such work.
const string Host = "Host: 127.0.0.1:8080\r\n";
string one = "GET /nothing HTTP/1.1\r\n" + Host + "\r\n";
string body = new('x', 1024);
string? burst = args[0] switch
{
    "plain" => one,
    "pipelined" => string.Concat(Enumerable.Repeat(one, 16)),
    "json" => "GET /answer HTTP/1.1\r\n" + Host + "\r\n",
    "user" => "GET /path/42 HTTP/1.1\r\n" + Host + "\r\n",
    "echo1k" => "POST /bytes HTTP/1.1\r\n" + Host + "Content-Type: application/octet-stream\r\n"
        + "Content-Length: 1024\r\n\r\n" + body,
    "browser" => "GET /path/42 HTTP/1.1\r\n" + Host + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0)\r\n"
        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        + "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nDNT: 1\r\n"
        + "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\nPriority: u=0, i\r\n\r\n",
    _ => null,
};
if (burst is null)
{
    Console.Error.WriteLine($"There is no work '{args[0]}'.");
    return 2;
}

int count = int.Parse(args[1], CultureInfo.InvariantCulture);
var protocol = new HttpConnectionHandler(
    new Router(PartHandlers.Table).HandleAsync, new ServerLimits(), TimeProvider.System, NullLogger.Instance,
    detailedErrors: false);
var connection = new RepeatedRequest(Encoding.ASCII.GetBytes(burst), count);
await protocol.RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
return connection.AnswerCount == count ? 0 : 1;
