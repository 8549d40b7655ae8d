namespace Waymark;

/// <summary>Something that a service cannot do its work without: a database, a queue, room on a disk.</summary>
/// <param name="Name">
/// What it is called in answers and logs: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, each name once.
/// </param>
/// <param name="Check">
/// True, or false where it is not well; throwing counts as false. Runs on the thread pool, beside the others, never
/// twice at once. The token is cancelled when <paramref name="Timeout"/> is over.
/// </param>
/// <param name="Timeout">
/// How long it may take: more than 0, at most 1 hour; null for 5 s. A longer one counts as failing; where it does not
/// heed the token, it is left behind and not begun again until it ends.
/// </param>
public sealed record HealthCheck(
    string Name, Func<CancellationToken, ValueTask<bool>> Check, TimeSpan? Timeout = null);
