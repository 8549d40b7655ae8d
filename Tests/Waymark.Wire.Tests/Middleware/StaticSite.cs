using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>A folder of files with a fixed time, served before the routes of the test's table.</summary>
internal sealed class StaticSite : IDisposable
{
    public const string Date = "Sun, 06 Nov 1994 08:49:37 GMT";

    public static readonly DateTime Written = new(1994, 11, 6, 8, 49, 37, DateTimeKind.Utc);

    private readonly string _outer = Directory.CreateTempSubdirectory("waymark-site").FullName;

    public StaticSite()
    {
        Root = Path.Combine(_outer, "public");
        Directory.CreateDirectory(Root);
        Write("../secret.txt", "TOP-SECRET");
        Write("a.txt", "0123456789");
        Write("sub/b.txt", "bb");
    }

    /// <summary>What is served.</summary>
    public string Root { get; }

    /// <summary>The strong tag of a file of this site.</summary>
    public static string TagOf(long length, string suffix = "") => $"\"{Written.Ticks:x}-{length:x}{suffix}\"";

    /// <summary>The server that middleware is wrapped for.</summary>
    public static ServerContext Context(RouteTable? table = null) => new()
    {
        Logger = NullLogger.Instance,
        TimeProvider = TimeProvider.System,
        Services = new ServiceSet(),
        Routes = table ?? new TestTable(),
        Stopping = CancellationToken.None,
    };

    public void Write(string name, string text)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, Written);
    }

    /// <summary>The site around a handler, else around the routes of the test's table.</summary>
    public Handler Around(StaticFilesOptions? options = null, Handler? next = null) =>
        StaticFiles.From((options ?? new StaticFilesOptions()) with { Root = Root })
            .Wrap(next ?? new Router(new TestTable()).HandleAsync, Context());

    /// <summary>Plays one request, in the clear and over TLS.</summary>
    /// <param name="line">As <c>GET /a.txt</c>.</param>
    /// <param name="fields">Field lines, joined by <c>|</c>.</param>
    /// <param name="options">All but the root.</param>
    public Task<WireAnswer> AskAsync(string line, string fields = "", StaticFilesOptions? options = null) =>
        AskAsync(Around(options), line, fields);

    public static Task<WireAnswer> AskAsync(Handler handler, string line, string fields = "") =>
        Engine.PlayAsync(RequestOf(line, fields), handler: handler);

    public static string RequestOf(string line, string fields)
    {
        string lines = string.Concat(fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(f => f + "\r\n"));
        return $"{line} HTTP/1.1\r\nHost: x\r\n{lines}\r\n";
    }

    public void Dispose() => Directory.Delete(_outer, recursive: true);
}
