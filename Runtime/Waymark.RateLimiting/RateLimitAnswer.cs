using System.Globalization;
using System.Text;
using System.Threading.RateLimiting;

namespace Waymark;

/// <summary>What clients are told: Retry-After, and the fields of draft-ietf-httpapi-ratelimit-headers-10.</summary>
/// <remarks>
/// <code>
/// RateLimit-Policy: "default";q=20;w=2      quota and the seconds in which it comes back
/// RateLimit: "default";r=0;t=1              what remains, and in how many seconds there is more
/// </code>
/// </remarks>
internal sealed class RateLimitAnswer
{
    private readonly RateLimitPolicy _policy;
    private readonly string _name;
    private readonly byte[] _policyField;

    public RateLimitAnswer(RateLimitOptions options)
    {
        _policy = options.Policy;
        _name = options.Name;
        int seconds = (int)Math.Ceiling(_policy.Window.TotalSeconds);
        _policyField = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"\"{_name}\";q={_policy.Permits}{(seconds > 0 ? $";w={seconds}" : "")}"));
    }

    /// <summary>Answers with 429: RFC 6585 section 4.</summary>
    public void Refuse(Response response, RateLimitLease lease)
    {
        int seconds = SecondsUntilMore(lease);
        response.Headers.Set("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        Tell(response, 0, seconds);
        response.WriteProblem(new ProblemDetails
        {
            Status = 429,
            Detail = seconds == 1 ? "Try again in 1 second." : $"Try again in {seconds} seconds.",
        });
    }

    /// <summary>Tells what is left.</summary>
    public void Tell(Response response, Partition partition) => Tell(response, partition.CountLeft(), null);

    private void Tell(Response response, long left, int? seconds)
    {
        response.Headers.Set("RateLimit-Policy"u8, _policyField);
        string time = seconds is null ? "" : string.Create(CultureInfo.InvariantCulture, $";t={seconds}");
        response.Headers.Set(
            "RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{_name}\";r={left}{time}"));
    }

    /// <summary>Whole seconds, at least one: who comes back too early is refused again.</summary>
    private int SecondsUntilMore(RateLimitLease lease)
    {
        // Where the limiter cannot tell, the whole window; requests in progress take nobody knows how long.
        TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : _policy.Window;
        return (int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, 86_400);
    }
}
