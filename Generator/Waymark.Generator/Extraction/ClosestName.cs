namespace Waymark.Generator.Extraction;

/// <summary>Finds the name that was probably meant.</summary>
internal static class ClosestName
{
    /// <summary>The candidate that is nearest, or null where none is near enough to be a slip.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        // Short names are all near each other, so a third of the length may differ, and never more than 2 characters.
        int distanceMax = Math.Min(2, Math.Max(1, name.Length / 3));
        return candidates
            .Select(candidate => (candidate, Distance: DistanceOf(name, candidate)))
            .Where(pair => pair.Distance <= distanceMax && pair.Distance < name.Length)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions and replacements between two names; a letter's case does not count.</summary>
    private static int DistanceOf(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int index = 1; index <= left.Length; index++)
        {
            int diagonal = row[0];
            row[0] = index;
            for (int other = 1; other <= right.Length; other++)
            {
                bool isSame = char.ToUpperInvariant(left[index - 1]) == char.ToUpperInvariant(right[other - 1]);
                int replaced = diagonal + (isSame ? 0 : 1);
                diagonal = row[other];
                row[other] = Math.Min(replaced, Math.Min(row[other], row[other - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
