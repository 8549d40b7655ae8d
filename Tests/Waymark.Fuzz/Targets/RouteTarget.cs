using System.Text;
using Waymark.Buffers;
using Waymark.CompilerServices;
using Waymark.Fuzz.Engine;
using Waymark.Fuzz.Routes;
using Waymark.Generator.Tests.Matching;
using Waymark.Http.Parsing;
using Waymark.TestSupport;

namespace Waymark.Fuzz.Targets;

/// <summary>The emitted matcher, which reads without bounds checks: any target that the parser lets through.</summary>
internal sealed class RouteTarget : FuzzTarget
{
    private static readonly (string Name, Verbs Verb)[] Methods =
    [
        ("GET", Verbs.Get), ("HEAD", Verbs.Head), ("POST", Verbs.Post), ("DELETE", Verbs.Delete),
        ("OPTIONS", Verbs.Options), ("TRACE", Verbs.Trace), ("BREW", Verbs.Unknown),
    ];

    private readonly RouteTable _table = FuzzRoutes.Table;
    private readonly SpecificationTwin _twin;
    private readonly List<int> _captures;
    // For as long as the process lives.
    private static readonly GuardedPage Page = new();

    private RequestHead _head = new(4);
    private RouteMatch _match;

    public RouteTarget()
    {
        List<RouteRow> rows =
            [.. _table.Routes.Select(route => new RouteRow(route.Method, route.Template, route.Rank))];
        _twin = new SpecificationTwin(rows, new TableOptions());
        _captures = rows.ConvertAll(row => Pattern.CountCaptures(row.Template));
    }

    public override string Name => "route";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. FuzzRoutes.Table.Routes.Select(route => Bytes(route.Template)),
        .. All("/", "/users/42", "/users/01234567-89ab-cdef-0123-456789abcdef/", "/users/me/posts/7", "/files/a/b/c",
            "/v1.2", "/img/a.b.png", "/a/1/2/3/4/5/6/7/8/9", "/re/abc1", "/len/%C3%A9%C3%A9", "/range/-5", "/bool/TRUE",
            "/caf%C3%A9/x", "/slug/a-b-c", "/opt", "/opt/", "/rest/a/", "/any/x"),
    ];

    public override IReadOnlyList<byte[]> Words { get; } = All(
        "/", "//", "/users/", "/posts/", "/files/", "me", "42", "-", ".", "v", "png", "jpg", "cc", "true", "FALSE", "%C3%A9",
        "%2F", "%2e", "%41", "2147483648", "-2147483649", "9223372036854775808", "0123456789abcdef0123456789abcdef",
        "120", "121", "special", "opt", "rest", "abc9");

    public override void Run(byte[] input, Random random)
    {
        byte[] line = [.. "GET "u8, .. input, .. " HTTP/1.1\r\nHost: a\r\n\r\n"u8];
        _head.Reset();
        if (RequestParser.Parse(line, new ServerLimits(), ref _head) != ParseResult.Done || _head.Path.Length == 0)
            return;
        byte[] path = line[_head.Path.Offset.._head.Path.End];
        path = path.AsSpan(0, PercentDecoder.Normalise(path, path)).ToArray();
        (string method, Verbs verb) = Methods[random.Next(Methods.Length)];

        ReadOnlySpan<byte> placed = Page.Place(path);
        int route = _table.Match(placed, verb, ref _match);
        Verbs allow = _match.Allow;
        long before = GC.GetAllocatedBytesForCurrentThread();
        int again = _table.Match(placed, verb, ref _match);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Check(again == route && _match.Allow == allow, "a second match finds another route");
        Check(allocated == 0, $"a match allocated: {allocated} bytes");
        Check(route >= -1 && route < _captures.Count, $"there is no such route: {route}");
        var captures = new List<string>();
        for (int depth = 0; route >= 0 && depth < _captures[route]; depth++)
            captures.Add(Encoding.ASCII.GetString(_match.Slice(placed, depth)));
        TwinOutcome wanted = _twin.Match(Encoding.ASCII.GetString(path), [method])[0];
        Check(wanted.Routes.Count == 0 ? route < 0 : wanted.Routes.Contains((route, string.Join('|', captures))),
            $"the twin finds otherwise: {method} {Encoding.ASCII.GetString(path)} is {route}, not "
                + string.Join(" or ", wanted.Routes));
    }
}
