namespace Waymark.Generator.Extraction;

/// <summary>Finds the name that was probably meant.</summary>
internal static class ClosestName
{
    /// <summary>The candidate that is nearest, or null where none is near enough to be a slip.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        // Short names are all near each other, so a third of the length may differ, and never more than 2 characters.
        return FindWithin(Math.Min(2, Math.Max(1, name.Length / 3)), name, candidates);
    }

    /// <summary>The same for a slip of at most so many characters.</summary>
    public static string? FindWithin(int distanceMax, string name, IEnumerable<string> candidates) => candidates
        .Select(candidate => (candidate, Distance: DistanceOf(name, candidate)))
        .Where(pair => pair.Distance <= distanceMax && pair.Distance < name.Length)
        .OrderBy(pair => pair.Distance)
        .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    /// <summary>
    /// Insertions, deletions, replacements and swaps of neighbours between two names; a letter's case does not count.
    /// </summary>
    private static int DistanceOf(string left, string right)
    {
        left = left.ToUpperInvariant();
        right = right.ToUpperInvariant();
        int[] earlier = [];
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        for (int index = 1; index <= left.Length; index++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = index;
            for (int other = 1; other <= right.Length; other++)
            {
                int replaced = above[other - 1] + (left[index - 1] == right[other - 1] ? 0 : 1);
                row[other] = Math.Min(replaced, Math.Min(above[other], row[other - 1]) + 1);
                bool isSwapped = index > 1 && other > 1
                    && left[index - 1] == right[other - 2] && left[index - 2] == right[other - 1];
                if (isSwapped)
                    row[other] = Math.Min(row[other], earlier[other - 2] + 1);
            }

            (earlier, above) = (above, row);
        }

        return above[right.Length];
    }
}
