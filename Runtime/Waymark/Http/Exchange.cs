using Waymark.CompilerServices;

namespace Waymark;

/// <summary>One request and its response.</summary>
/// <remarks>
/// Pooled per connection: valid until the handler's task ends, never afterwards. Not safe for use by several threads at
/// once.
/// </remarks>
public sealed class Exchange
{
    private byte[] _scratch = [];
    private int _scratchLength;

    internal Exchange(Request request, Response response)
    {
        Request = request;
        Response = response;
    }

    /// <summary>What the client asked for.</summary>
    public Request Request { get; }

    /// <summary>What it gets.</summary>
    public Response Response { get; }

    /// <summary>Cancelled when the server's drain time is over: a handler still running should give up.</summary>
    public CancellationToken RequestAborted { get; internal set; }

    /// <summary>
    /// What <see cref="ServerOptions.Services"/> gives; without them, a provider that has nothing.
    /// </summary>
    public IServiceProvider Services { get; internal set; } = NoServices.Instance;

    /// <summary>The captures of the matched route.</summary>
    internal RouteMatch Match;

    /// <summary>
    /// Memory for decoded text; valid until the exchange ends. Kept, so that the next one needs no new.
    /// </summary>
    internal Span<byte> Scratch(int length)
    {
        // Multiples of two keep what is used for characters aligned. An array that is too small stays with the spans
        // that point into it.
        int rounded = (length + 1) & ~1;
        if (_scratch.Length - _scratchLength < rounded)
        {
            _scratch = new byte[Math.Max(256, Math.Max(rounded, _scratch.Length * 2))];
            _scratchLength = 0;
        }

        Span<byte> taken = _scratch.AsSpan(_scratchLength, length);
        _scratchLength += rounded;
        return taken;
    }

    /// <summary>Makes ready for the next exchange.</summary>
    internal void Reset() => _scratchLength = 0;

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
