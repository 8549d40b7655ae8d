using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints the site map as the documentation of the generated class, for a reader in the IDE.</summary>
internal static class SiteMapEmitter
{
    private const int ColumnMax = 60;

    public static void Emit(SourceWriter writer, SiteMap map)
    {
        var lines = new List<(string Place, string Routes)>();
        lines.Add((map.Text, string.Join(", ", map.Routes)));
        AddChildren(lines, map, "");
        int column = Math.Min(ColumnMax, lines.Max(line => line.Place.Length));

        writer.Line("/// <summary>The routes of this assembly, generated from its handlers.</summary>");
        writer.Line("/// <remarks><code>");
        foreach ((string place, string routes) in lines)
            writer.Line("/// " + SourceText.Xml((place.PadRight(column) + "  " + routes).TrimEnd()));
        writer.Line("/// </code></remarks>");
    }

    private static void AddChildren(List<(string Place, string Routes)> lines, SiteMap map, string indent)
    {
        for (int index = 0; index < map.Children.Count; index++)
        {
            SiteMap child = map.Children[index];
            bool isLast = index == map.Children.Count - 1;
            lines.Add((indent + (isLast ? "└─ " : "├─ ") + child.Text, string.Join(", ", child.Routes)));
            AddChildren(lines, child, indent + (isLast ? "   " : "│  "));
        }
    }
}
