namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Names operations: the route's name, else the handler's, each once.</summary>
internal static class OperationIds
{
    /// <summary>The names, in the order of the entries.</summary>
    /// <remarks>
    /// <c>Users_Find</c>; with the method where the handler answers several (<c>Users_Find_Put</c>), and with what is
    /// left out of the path (<c>Users_Find_WithoutId</c>), whatever comes before or behind it. A counter where names
    /// meet still.
    /// </remarks>
    public static List<string> Give(IReadOnlyList<OperationEntry> entries)
    {
        var methodsOf = entries
            .GroupBy(BaseOf, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(entry => entry.Method).Distinct(StringComparer.Ordinal).Count(),
                StringComparer.Ordinal);
        var names = new NameSet(StringComparer.Ordinal, []);
        var given = new string[entries.Count];
        // Names that the user gave come first, so that they stand as they are.
        foreach (int index in Enumerable.Range(0, entries.Count).OrderBy(index => entries[index].Name is null))
        {
            OperationEntry entry = entries[index];
            string name = BaseOf(entry);
            if (methodsOf[name] > 1)
                name += "_" + Capitalised(entry.Method.ToLowerInvariant());
            if (entry.Form.Left.Length > 0)
                name += "_Without" + Capitalised(entry.Form.Left);
            given[index] = names.Take(name);
        }

        return given.ToList();
    }

    private static string BaseOf(OperationEntry entry) =>
        entry.Name ?? SchemaNames.Safe(entry.HandlerName.Replace('.', '_'));

    private static string Capitalised(string text) =>
        SchemaNames.Safe(text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text.Substring(1));
}
