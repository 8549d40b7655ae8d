namespace Waymark.Connections;

/// <summary>How slowly a peer may take what it is sent.</summary>
/// <param name="NoProgressTimeout">How long it may take nothing at all.</param>
/// <param name="BytesPerSecondMin">What it has to take on average while a send waits for it; 0 for anything.</param>
/// <param name="Grace">How long a send waits before that average counts.</param>
internal sealed record SendFloor(TimeSpan NoProgressTimeout, int BytesPerSecondMin, TimeSpan Grace)
{
    /// <summary>Half a minute without progress; any rate.</summary>
    public static readonly SendFloor Default = new(TimeSpan.FromSeconds(30), 0, TimeSpan.Zero);

    private static readonly TimeSpan LookPeriodMax = TimeSpan.FromSeconds(1);

    /// <summary>How often a waiting send is looked at.</summary>
    public TimeSpan LookPeriod => NoProgressTimeout < LookPeriodMax ? NoProgressTimeout : LookPeriodMax;
}
