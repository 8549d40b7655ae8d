namespace Waymark.Answers;

/// <summary>What the unions have in common.</summary>
internal static class UnionCase
{
    /// <summary>The exception of a case that was asked for and is not there.</summary>
    public static InvalidOperationException Wrong(int asked, int actual) => new(actual == 0
        ? $"Case {asked} was asked for, but this Results<…> is empty, which is what 'default' makes."
        : $"Case {asked} was asked for, but this Results<…> holds case {actual}: look at Index, or use TryGet.");
}
