using System.Text;
using BenchmarkDotNet.Attributes;
using Waymark.Http.Parsing;

namespace Waymark.Benchmarks.Parts;

/// <summary>The head of a request, whole in one buffer.</summary>
public class ParserBenchmark
{
    private const string Browser =
        "GET /users/42?tab=orders HTTP/1.1\r\nHost: shop.example.com\r\nConnection: keep-alive\r\n" +
        "sec-ch-ua: \"Chromium\";v=\"128\", \"Not;A=Brand\";v=\"24\"\r\nsec-ch-ua-mobile: ?0\r\n" +
        "Upgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 " +
        "(KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36\r\nAccept: text/html,application/xhtml+xml," +
        "application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\nSec-Fetch-Site: none\r\n" +
        "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n" +
        "Cookie: session=0f8fad5b-d9cb-469f-a165-70867728950e; theme=dark\r\n\r\n";

    private static readonly ServerLimits Limits = new();

    private readonly byte[] _smallest = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
    private readonly byte[] _browser = Encoding.ASCII.GetBytes(Browser);
    private readonly byte[] _fields = Encoding.ASCII.GetBytes(
        "GET /users/42 HTTP/1.1\r\nHost: x\r\n" + string.Concat(
            Enumerable.Range(1, 19).Select(number => $"X-Field-{number}: the value of field {number}\r\n")) + "\r\n");

    private RequestHead _head = new(fieldCapacity: 32);

    /// <summary>As generators of load send it.</summary>
    [Benchmark]
    public int Smallest() => Parse(_smallest);

    /// <summary>As a browser sends it, 11 fields.</summary>
    [Benchmark]
    public int BrowserLike() => Parse(_browser);

    /// <summary>20 fields of some 30 octets.</summary>
    [Benchmark]
    public int TwentyFields() => Parse(_fields);

    private int Parse(byte[] input)
    {
        _head.Reset();
        if (RequestParser.Parse(input, Limits, ref _head) != ParseResult.Done)
            throw new InvalidOperationException($"Refused: {_head.Rejection}.");
        return _head.FieldCount;
    }
}
