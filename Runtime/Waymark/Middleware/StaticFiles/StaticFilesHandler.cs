using System.Runtime.CompilerServices;
using System.Text;
using Waymark.Answers;
using Waymark.CompilerServices;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;

namespace Waymark.Middleware;

/// <summary>Finds the file of a request, or passes the request on.</summary>
/// <remarks>
/// The path stays in UTF-8, in memory of the exchange, until a file is found: what is passed on has allocated nothing.
/// </remarks>
internal sealed class StaticFilesHandler
{
    private readonly ServedFolder _folder;
    private readonly StaticFileWriter _writer;
    private readonly Handler _next;
    private readonly byte[] _prefix;
    private readonly byte[][] _indexFiles;
    private readonly byte[]? _fallback;
    private readonly int _roomBehind;
    private readonly bool _servesDotFiles;
    private readonly bool _listsFolders;

    public StaticFilesHandler(
        StaticFilesOptions options, ServedFolder folder, StaticFileWriter writer, Handler next)
    {
        _folder = folder;
        _writer = writer;
        _next = next;
        _prefix = options.Prefix == "/" ? [] : Encoding.ASCII.GetBytes(options.Prefix);
        _indexFiles = new byte[options.IndexFiles.Count][];
        int longest = 0;
        for (int i = 0; i < _indexFiles.Length; i++)
        {
            _indexFiles[i] = Encoding.UTF8.GetBytes(options.IndexFiles[i]);
            longest = Math.Max(longest, _indexFiles[i].Length);
        }

        _fallback = options.FallbackFile is null ? null : Encoding.UTF8.GetBytes(options.FallbackFile);
        _roomBehind = 1 + longest + StaticFileWriter.EndingBytesMax + ServedFolder.EndBytes;
        _servesDotFiles = options.ServesDotFiles;
        _listsFolders = options.ListsFolders;
    }

    public ValueTask HandleAsync(Exchange exchange)
    {
        if (!IsBelowPrefix(exchange.Request.MatchPath))
            return _next(exchange);
        bool isRead = exchange.Request.Verb is Verbs.Get or Verbs.Head;
        if (isRead && TryFind(exchange, out Found found))
            return Answer(exchange, found);
        if (isRead && (_fallback is null || !IsPage(exchange.Request.MatchPath)))
            return _next(exchange);
        ValueTask handling = _next(exchange);
        return handling.IsCompletedSuccessfully ? AfterNext(exchange) : AwaitNextAsync(handling, exchange);
    }

    private bool IsBelowPrefix(ReadOnlySpan<byte> path) =>
        path.StartsWith(_prefix) && (path.Length == _prefix.Length || path[_prefix.Length] == '/');

    /// <summary>True for a path that a person asks for: its last segment has no extension.</summary>
    private static bool IsPage(ReadOnlySpan<byte> path) =>
        !path[(path.LastIndexOf((byte)'/') + 1)..].Contains((byte)'.');

    private bool TryFind(Exchange exchange, out Found found)
    {
        ReadOnlySpan<byte> rest = exchange.Request.MatchPath[_prefix.Length..];
        bool isFolder = rest.EndsWith("/"u8);
        if (!rest.IsEmpty)
            rest = rest[1..];
        Span<byte> path = exchange.Scratch(rest.Length + _roomBehind);
        if (!FilePath.TryRead(rest, _servesDotFiles, path, out int length))
            found = default;
        else if (isFolder)
            found = FindInFolder(path, length);
        else
            found = FindEntry(path, length);
        return found.Exists;
    }

    /// <summary>Finds what stands for a folder.</summary>
    private Found FindInFolder(Span<byte> path, int length)
    {
        foreach (byte[] name in _indexFiles)
        {
            int end = Append(path, length, name);
            FolderEntry entry = _folder.Open(path, end);
            if (entry.File is not null)
                return new Found(entry, path, end);
            entry.Dispose();
        }

        if (!_listsFolders)
            return default;
        FolderEntry listed = _folder.Open(path, length);
        if (listed.FolderPath is not null)
            return new Found(listed, path, length);
        listed.Dispose();
        return default;
    }

    /// <summary>Finds a file; a folder, where its path with a slash behind it would be answered.</summary>
    private Found FindEntry(Span<byte> path, int length)
    {
        FolderEntry entry = _folder.Open(path, length);
        if (entry.File is not null)
            return new Found(entry, path, length);
        if (entry.FolderPath is null)
            return default;
        entry.Dispose();
        Found inside = FindInFolder(path, length);
        inside.Entry.Dispose();
        return inside.Exists ? Found.Redirect : default;
    }

    private static int Append(Span<byte> path, int length, ReadOnlySpan<byte> name)
    {
        if (length > 0)
            path[length++] = (byte)'/';
        name.CopyTo(path[length..]);
        return length + name.Length;
    }

    private ValueTask Answer(Exchange exchange, in Found found)
    {
        if (found.Entry.File is not null)
            return _writer.WriteAsync(exchange, found.Entry.File, found.Path, found.Length);
        if (found.Entry.FolderPath is null)
            SlashRedirect.Write(exchange);
        else
            FolderListing.Write(exchange, found, _folder, _servesDotFiles);
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AwaitNextAsync(ValueTask handling, Exchange exchange)
    {
        await handling.ConfigureAwait(false);
        await AfterNext(exchange).ConfigureAwait(false);
    }

    /// <summary>Answers what nobody has answered: neither a route nor a middleware further in.</summary>
    private ValueTask AfterNext(Exchange exchange)
    {
        Response response = exchange.Response;
        if (response.StatusCode != 404 || response.HasStarted || exchange.Route != SlowTurns.NoRoute)
            return ValueTask.CompletedTask;
        if (exchange.Request.Verb is Verbs.Get or Verbs.Head)
            return FallBack(exchange);
        if (TryFind(exchange, out Found found))
        {
            found.Entry.Dispose();
            RefuseMethod(exchange);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask FallBack(Exchange exchange)
    {
        if (AcceptField.WeightOf(exchange.Request.Headers, "text/html") == 0)
            return ValueTask.CompletedTask;
        Span<byte> path = exchange.Scratch(_fallback!.Length + _roomBehind);
        _fallback.CopyTo(path);
        FolderEntry entry = _folder.Open(path, _fallback.Length);
        if (entry.File is null)
        {
            entry.Dispose();
            return ValueTask.CompletedTask;
        }

        exchange.Response.DropBody();
        exchange.Response.StatusCode = 200;
        return _writer.WriteAsync(exchange, entry.File, path, _fallback.Length);
    }

    // RFC 9110 sections 9.3.7 and 15.5.6
    private static void RefuseMethod(Exchange exchange)
    {
        Response response = exchange.Response;
        response.DropBody();
        response.Headers.Set("Allow"u8, "GET, HEAD, OPTIONS"u8);
        if (exchange.Request.Verb == Verbs.Options)
            response.StatusCode = 200;
        else
            ProblemWriter.Write(response, 405, "This path answers GET, HEAD, OPTIONS.");
    }
}

/// <summary>What a path leads to.</summary>
internal readonly ref struct Found(FolderEntry entry, Span<byte> path, int length)
{
    private bool IsRedirect { get; init; }

    /// <summary>The path of a folder without its last slash.</summary>
    public static Found Redirect => new(default, default, 0) { IsRedirect = true };

    public FolderEntry Entry { get; } = entry;

    /// <summary>Its path, decoded, with room behind it for what <see cref="StaticFileWriter"/> looks for.</summary>
    public Span<byte> Path { get; } = path;

    /// <summary>How many bytes of the path count.</summary>
    public int Length { get; } = length;

    public bool Exists => IsRedirect || Entry.File is not null || Entry.FolderPath is not null;
}
