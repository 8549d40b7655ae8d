using System.Globalization;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Prints the routes of an exported table as metadata of its class.</summary>
internal static class ManifestEmitter
{
    public static void Emit(SourceWriter writer, TableModel table)
    {
        int version = table.ExportsMiddleware ? MountReader.VersionWithMiddleware : MountReader.Version;
        writer.Line($"[Wm::RouteManifest({version}, new string[]");
        writer.Line("{");
        writer.Indent();
        foreach (TableRoute route in table.Routes)
        {
            string rank = route.Rank.ToString(CultureInfo.InvariantCulture);
            string[] texts = [route.Verb, route.Template, route.Handler, route.Name ?? "", rank, route.MountedTable];
            writer.Line(string.Join(", ", texts.Select(SourceText.Literal)) + ",");
        }

        writer.Outdent();
        writer.Line("})]");
    }
}
