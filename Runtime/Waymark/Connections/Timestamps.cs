namespace Waymark.Connections;

/// <summary>Reckons in the timestamps of a <see cref="TimeProvider"/>, which deadlines are kept in.</summary>
internal static class Timestamps
{
    /// <summary>How many timestamp ticks a duration has.</summary>
    /// <param name="time">Whose ticks.</param>
    /// <param name="duration">At most some years: the product of its ticks and the frequency must fit.</param>
    public static long FromTimeSpan(TimeProvider time, TimeSpan duration) =>
        (long)(duration.TotalSeconds * time.TimestampFrequency);
}
