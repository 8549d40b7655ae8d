namespace Waymark.Middleware;

/// <summary>The keys of a scheme on one server: those that are given, and those that are fetched.</summary>
/// <remarks>Thread-safe. One fetch runs at a time, and whoever needs it waits for the same one.</remarks>
internal sealed class JwtKeySource(JwtAuthenticationOptions options, ServerContext server)
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FetchEveryMin = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private IReadOnlyList<JwtKey> _keys = options.Keys;

    // INVARIANT: under _lock, but for reading _fetchedAt, where an old value costs a fetch at most.
    private Task? _fetch;
    private long _triedAt;
    private long _fetchedAt;
    private bool _isTried;
    private bool _isFetched;

    /// <summary>The keys that are known; another list after each fetch that brought any.</summary>
    public IReadOnlyList<JwtKey> Keys => Volatile.Read(ref _keys);

    /// <summary>True where keys are to come that the first token has to wait for.</summary>
    public bool MustWait => options.FetchKeys is not null && !Volatile.Read(ref _isFetched);

    /// <summary>When keys are tried to be fetched again; 0 where that is now.</summary>
    public TimeSpan RetryAfter
    {
        get
        {
            lock (_lock)
            {
                TimeSpan left = _isTried ? FetchEveryMin - server.TimeProvider.GetElapsedTime(_triedAt) : TimeSpan.Zero;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Fetches keys in the background where those there are have become old.</summary>
    public void RefreshWhereOld()
    {
        if (options.FetchKeys is not null && Volatile.Read(ref _isFetched)
            && server.TimeProvider.GetElapsedTime(Volatile.Read(ref _fetchedAt)) >= options.RefreshKeysAfter)
        {
            _ = FetchAsync();
        }
    }

    /// <summary>Fetches keys, unless that was tried just now: then there is nothing to wait for.</summary>
    public Task FetchAsync()
    {
        lock (_lock)
        {
            if (_fetch is { IsCompleted: false })
                return _fetch;
            if (options.FetchKeys is null
                || (_isTried && server.TimeProvider.GetElapsedTime(_triedAt) < FetchEveryMin))
            {
                return Task.CompletedTask;
            }

            _isTried = true;
            _triedAt = server.TimeProvider.GetTimestamp();
            return _fetch = FetchOnceAsync(options.FetchKeys);
        }
    }

    private async Task FetchOnceAsync(Func<CancellationToken, Task<byte[]>> fetch)
    {
        // Not under the lock, and not on a transport's thread.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using var timeout = new CancellationTokenSource(FetchTimeout, server.TimeProvider);
            byte[] document = await fetch(timeout.Token)
                .WaitAsync(FetchTimeout, server.TimeProvider, server.Stopping).ConfigureAwait(false);
            List<JwtKey> fetched = JwksReader.Read(document, takesSecrets: false);
            fetched.InsertRange(0, options.Keys);
            Volatile.Write(ref _fetchedAt, server.TimeProvider.GetTimestamp());
            Volatile.Write(ref _keys, fetched);
            Volatile.Write(ref _isFetched, true);
        }
        catch (Exception exception)
        {
            JwtLog.FetchFailed(server.Logger, exception);
        }
    }
}
