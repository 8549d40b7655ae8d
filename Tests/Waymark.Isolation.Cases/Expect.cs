using System.Globalization;

namespace Waymark.Isolation.Cases;

/// <summary>What fails a case.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"Expected {expected}, but there is {actual}.");
    }

    public static void Contains(string part, string? text)
    {
        if (text?.Contains(part, StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"Expected '{part}' in '{text}'.");
    }

    public static async Task<T> ThrowsAsync<T>(Func<Task> code)
        where T : Exception
    {
        try
        {
            await code();
        }
        catch (T e)
        {
            return e;
        }

        throw new InvalidOperationException($"Expected a {typeof(T)}.");
    }

    /// <summary>Waits until something is so, as long as a patient test does.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}

/// <summary>The child processes of this one, by /proc.</summary>
internal static class Children
{
    public static void ExpectNone()
    {
        List<string> found = Find();
        if (found.Count > 0)
            throw new InvalidOperationException($"Children are left: {string.Join("; ", found)}");
    }

    /// <summary>Zombies included, since they are listed until somebody has asked for their exit code.</summary>
    private static List<string> Find()
    {
        List<string> found = [];
        string own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                continue;
            try
            {
                // "pid (name) state parent …": the name may hold anything, a bracket too.
                string stat = File.ReadAllText(Path.Combine(folder, "stat"));
                string[] rest = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (rest[1] == own)
                    found.Add(stat[..(stat.LastIndexOf(')') + 3)]);
            }
            catch (IOException)
            {
                // Gone since it was listed.
            }
        }

        return found;
    }
}
