using System.Buffers;
using Waymark.Middleware.Checks;

namespace Waymark;

/// <summary>
/// Answers whether the process lives (<c>/livez</c>) and whether it should get requests (<c>/readyz</c>).
/// </summary>
/// <remarks>
/// Liveness asks nothing but that the server answers: a process whose database is gone is not mended by killing it.
/// Readiness is 503 from the first step of a stop on, while requests are still answered, so that who sends them learns
/// it in time; otherwise it is what the checks say. They run side by side, once for all who ask at that time, and their
/// outcome is kept for <see cref="HealthOptions.CacheTime"/>.
/// <code>
/// 503 {"status":"failing","checks":[{"name":"database","status":"timed_out"},{"name":"queue","status":"ok"}]}
/// </code>
/// A check is <c>ok</c>, <c>failed</c> or <c>timed_out</c>; the whole is <c>ok</c>, <c>failing</c> or <c>stopping</c>.
/// Changes are events of the server's log. Asked by GET and HEAD; anything else gets 405.
/// </remarks>
/// <example>
/// <code>
/// server.Use(Health.From(new HealthOptions { Checks = [new("database", stop => database.PingAsync(stop))] }));
/// </code>
/// </example>
public static class Health
{
    private const int NameMax = 64;
    private static readonly TimeSpan TimeMax = TimeSpan.FromHours(1);

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Answers at the paths of health.</summary>
    /// <param name="options">Where, and what is checked; null for the defaults.</param>
    /// <returns>
    /// The middleware; on a server it stands outside of all others and of
    /// <see cref="ServerOptions.MaxConcurrentRequests"/>: a busy server lives, too.
    /// </returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware From(HealthOptions? options = null)
    {
        options ??= new HealthOptions();
        var problems = new List<string>();
        CheckPath(options.LivePath, nameof(HealthOptions.LivePath), problems);
        CheckPath(options.ReadyPath, nameof(HealthOptions.ReadyPath), problems);
        if (options.LivePath is null && options.ReadyPath is null)
            problems.Add("HealthOptions.LivePath and ReadyPath are both null: nothing would be answered.");
        if (options.LivePath is not null && options.LivePath == options.ReadyPath)
            problems.Add($"HealthOptions.LivePath and ReadyPath are both {options.LivePath}; they need two paths.");
        if (options.CacheTime < TimeSpan.Zero || options.CacheTime > TimeMax)
            problems.Add($"HealthOptions.CacheTime is {options.CacheTime}; it must be from 00:00:00 to {TimeMax}.");
        if (options.Checks is null)
            problems.Add("HealthOptions.Checks is null; leave it out for none.");
        else if (options.Checks.Count > 0 && options.ReadyPath is null)
            problems.Add("HealthOptions.Checks are set, but ReadyPath is null: nobody would see them.");
        var names = new HashSet<string>();
        foreach (HealthCheck check in options.Checks ?? [])
            Validate(check, names, problems);
        return problems.Count == 0 ? new HealthMiddleware(options) : throw new OptionsException(problems);
    }

    private static void CheckPath(string? path, string name, List<string> problems)
    {
        if (path is not null && (!path.StartsWith('/') || path.AsSpan().ContainsAnyExceptInRange('!', '~')
            || path.AsSpan().ContainsAny("?#%*")))
        {
            problems.Add($"HealthOptions.{name} is '{path}'; it must be a path without escapes, for example /livez.");
        }
    }

    private static void Validate(HealthCheck? check, HashSet<string> names, List<string> problems)
    {
        if (check?.Check is null)
        {
            problems.Add("HealthOptions.Checks holds null.");
            return;
        }

        if (check.Name is not { Length: > 0 and <= NameMax } name || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            problems.Add($"HealthOptions.Checks has one named '{check.Name}'; a name is 1 to {NameMax} letters, "
                + "digits, '-', '_' and '.'.");
        }
        else if (!names.Add(name))
        {
            problems.Add($"HealthOptions.Checks has two named '{name}'.");
        }

        if (check.Timeout <= TimeSpan.Zero || check.Timeout > TimeMax)
        {
            problems.Add($"The timeout of the health check '{check.Name}' is {check.Timeout}; it must be more than 0 "
                + $"and at most {TimeMax}.");
        }
    }
}
