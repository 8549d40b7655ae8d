using Waymark.Generator.Model;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Waymark.Routes.g.cs</c>: the site map, the list of routes, the matcher, the calls.</summary>
/// <remarks>
/// The table is a nested class: RouteTable has a property Routes, and no class may have a member of its own name
/// (CS0542).
/// </remarks>
internal static class TableEmitter
{
    public static string Emit(TableModel table)
    {
        var writer = new SourceWriter();
        RouteNode root = RouteTree.Build(table.Routes);

        writer.Line(SourceText.FileHeader);
        SiteMapEmitter.Emit(writer, SiteMap.Of(table.Routes));
        writer.Open("internal static partial class Routes");
        writer.Line(
            """
            /// <summary>The table, for the server.</summary>
            public static global::Waymark.RouteTable Table { get; } = new GeneratedTable();
            """);
        writer.Line();
        EmitTableClass(writer, table);
        writer.Line();
        writer.Line("// A class of its own, so that a path and a handler may share a name.");
        writer.Open("private static class Matcher");
        new MatchEmitter(writer).Emit(root);
        writer.Close();
        writer.Line();
        EmitRouteList(writer, table);
        writer.Close();
        return writer.ToString();
    }

    /// <summary>The member of Verbs for a method.</summary>
    public static string VerbName(string verb) => verb switch
    {
        "GET" => "Get",
        "HEAD" => "Head",
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        "PATCH" => "Patch",
        _ => "Options",
    };

    private static void EmitTableClass(SourceWriter writer, TableModel table)
    {
        writer.Open("private sealed class GeneratedTable : global::Waymark.RouteTable");
        writer.Line(
            """
            public override global::System.Collections.Generic.IReadOnlyList<global::Waymark.RouteInfo> Routes =>
                RouteList.All;

            protected override int Match(
                global::System.ReadOnlySpan<byte> path, Wm::Verbs verb, ref Wm::RouteMatch match)
            {
                match.Allow = Wm::Verbs.None;
                // SAFETY: every read of the matcher stands behind a test against path.Length.
                ref byte first = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(path);
                return Matcher.MatchPath(ref first, path.Length, verb, ref match);
            }

            """);
        writer.Open(
            "protected override global::System.Threading.Tasks.ValueTask InvokeAsync(" +
            "int route, global::Waymark.Exchange exchange) => route switch");
        for (int number = 0; number < table.Routes.Count; number++)
        {
            TableRoute route = table.Routes[number];
            writer.Line(
                $"{number} => {SourceText.Identifier(route.Thunk)}(exchange), " +
                $"// {route.Verb} {SourceText.OneLine(route.Template)}");
        }

        writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(route)),");
        writer.Close(";");
        writer.Close();
    }

    private static void EmitRouteList(SourceWriter writer, TableModel table)
    {
        // A class of its own, so that starting a server does not build a list that nobody may ask for.
        writer.Open("private static class RouteList");
        writer.Open(
            "internal static readonly " +
            "global::System.Collections.Generic.IReadOnlyList<global::Waymark.RouteInfo> All = " +
            "global::System.Array.AsReadOnly(new global::Waymark.RouteInfo[]");
        foreach (TableRoute route in table.Routes)
        {
            writer.Line(
                $"new({SourceText.Literal(route.Verb)}, {SourceText.Literal(route.Template)}, " +
                $"{SourceText.Literal(route.Handler)}),");
        }

        writer.Close(");");
        writer.Close();
    }
}
