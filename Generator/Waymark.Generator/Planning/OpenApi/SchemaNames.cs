using System.Globalization;
using System.Text;
using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>Names of schemas: short ones, with parts of the namespace only where two would be called alike.</summary>
internal static class SchemaNames
{
    /// <summary>Names each item.</summary>
    /// <param name="items">What to name, each by a key, its short name and its qualified type.</param>
    public static Dictionary<T, string> Give<T>(
        IReadOnlyList<(T Key, string Short, string Qualified)> items)
        where T : notnull
    {
        var given = new Dictionary<T, string>();
        var names = new NameSet(StringComparer.Ordinal, [NamedSchema.Problem]);
        foreach (IGrouping<string, (T Key, string Short, string Qualified)> group in items
            .GroupBy(item => Safe(item.Short), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            List<(T Key, string Short, string Qualified)> alike =
                group.OrderBy(item => item.Qualified, StringComparer.Ordinal).ToList();
            bool isTaken = group.Key == NamedSchema.Problem || alike.Count > 1;
            int depth = isTaken ? DepthOf(alike.Select(item => item.Qualified)) : 0;
            foreach ((T key, _, string qualified) in alike)
                given[key] = names.Take(depth == 0 ? group.Key : Safe(Long(qualified, depth)));
        }

        return given;
    }

    /// <summary>How many parts of the namespaces tell the types apart, as far as these do at all.</summary>
    private static int DepthOf(IEnumerable<string> qualified)
    {
        List<string> types = qualified.Distinct(StringComparer.Ordinal).ToList();
        int deepest = types.Max(type => type.Count(character => character == '.'));
        int depth = 1;
        while (depth < deepest && types.Select(type => Long(type, depth)).Distinct().Count() < types.Count)
            depth++;
        return depth;
    }

    /// <summary>
    /// <c>Shop.PageOfCrm.User</c> for <c>global::Shop.Page&lt;global::My.Crm.User&gt;</c>, where one part is added.
    /// </summary>
    private static string Long(string qualified, int depth)
    {
        var name = new StringBuilder();
        var current = new StringBuilder();
        foreach (char character in qualified.Replace("global::", "").Replace("@", "").Replace(" ", "") + "\0")
        {
            if (character == '.' || char.IsLetterOrDigit(character) || character == '_')
            {
                current.Append(character);
                continue;
            }

            string[] parts = current.ToString().Split('.');
            name.Append(string.Join(".", parts.Skip(Math.Max(0, parts.Length - 1 - depth))));
            current.Clear();
            name.Append(character switch
            {
                '<' => "Of",
                ',' => "And",
                '[' => "Array",
                '?' => "OrNull",
                _ => "",
            });
        }

        return name.ToString();
    }

    /// <summary>
    /// What a name may hold: <c>^[a-zA-Z0-9._-]+$</c> (OpenAPI 3.1 section 4.8.7.1). Other characters by their number.
    /// </summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder();
        foreach (char character in name)
        {
            if (character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '_' or '-')
                safe.Append(character);
            else
                safe.Append("_x").Append(((int)character).ToString("X", CultureInfo.InvariantCulture)).Append('_');
        }

        return safe.Length == 0 ? "Schema" : safe.ToString();
    }
}
