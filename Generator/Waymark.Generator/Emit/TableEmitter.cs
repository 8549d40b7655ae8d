using System.Globalization;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
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
        var methods = new MethodNames(table.Routes.Select(route => route.Verb));
        var constraints = new ConstraintEmitter(writer, table.Constraints);
        var explanation = new ExplainEmitter(writer, table, constraints);
        RouteNode root = RouteTree.Build(table.Routes, table.Options);

        writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(writer, table.Export?.Namespace ?? "");
        SiteMapEmitter.Emit(writer, SiteMap.Of(table.Routes));
        if (table.Export is null)
        {
            writer.Open("internal static partial class Routes");
        }
        else
        {
            // Not static: a static class cannot be the type argument of a mount.
            ManifestEmitter.Emit(writer, table);
            writer.Open("public sealed partial class Routes");
            writer.Line("private Routes() { }");
            writer.Line();
        }

        writer.Line(
            """
            /// <summary>The table, for the server.</summary>
            public static global::Waymark.RouteTable Table { get; } = new GeneratedTable();
            """);
        explanation.EmitMethod();
        writer.Line();
        EmitTableClass(writer, table, methods);
        writer.Line();
        writer.Line(
            """
            // One pass over the path, for all templates at once. Each method stands for one place in the tree of templates.
            // Literals are compared as integers of 8, 4, 2 or 1 bytes, the first byte lowest; the comment behind a test says
            // what it spells. The first statement that fits returns the number of a route; the order of the statements is
            // the order of precedence, most specific first, and going on with the next one is backtracking. A template that
            // fits without having the verb only adds its verbs to match.Allow, for 405 and OPTIONS.
            // A class of its own, so that a path and a handler may share a name.
            """);
        writer.Open("private static class Matcher");
        new MatchEmitter(writer, table, methods, constraints).Emit(root);
        writer.Close();
        explanation.EmitTree(root);
        constraints.EmitAutomata();
        constraints.EmitUserConstraints(isExported: table.Export is not null);
        writer.Line();
        EmitRouteList(writer, table);
        writer.Close();
        return writer.ToString();
    }

    private static void EmitTableClass(SourceWriter writer, TableModel table, MethodNames methods)
    {
        writer.Line("// What the server calls: Match finds the number of a route, InvokeAsync calls its handler.");
        writer.Open("private sealed partial class GeneratedTable : global::Waymark.RouteTable");
        if (table.Mounts.Count > 0)
        {
            writer.Open("public GeneratedTable()");
            foreach (MountedTable mount in table.Mounts)
            {
                string fingerprint = mount.Fingerprint.ToString(CultureInfo.InvariantCulture);
                writer.Line(
                    $"Wm::MountedTable.Check({SourceText.Qualified(mount.Table)}.Table, " +
                    $"{SourceText.Literal(mount.Table)}, {fingerprint}UL{(mount.HasMiddleware ? ", true" : "")});");
            }

            writer.Close();
            writer.Line();
        }

        writer.Line(
            """
            private global::System.Collections.Generic.IReadOnlyList<global::Waymark.RouteInfo>? _routes;

            public override global::System.Collections.Generic.IReadOnlyList<global::Waymark.RouteInfo> Routes =>
                _routes ??= RouteList.Create();

            """);
        if (methods.Custom.Count > 0)
        {
            writer.Line(
                "protected override global::System.Collections.Generic.IReadOnlyList<string> CustomMethods =>");
            writer.Line($"    new[] {{ {string.Join(", ", methods.Custom.Select(SourceText.Literal))} }};");
            writer.Line();
        }

        EmitNeeds(writer, table);
        EmitLimits(writer, table);
        EmitMatch(writer, table);
        writer.Open(
            "protected override global::System.Threading.Tasks.ValueTask InvokeAsync(" +
            "int route, global::Waymark.Exchange exchange) => route switch");
        for (int number = 0; number < table.Routes.Count; number++)
        {
            TableRoute route = table.Routes[number];
            writer.Line($"{number} => {CallOf(route)}, // {route.Verb} {SourceText.OneLine(route.Template)}");
        }

        writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(route)),");
        writer.Close(";");
        writer.Close();
    }

    /// <summary>What a server looks at before it starts: services, and the tables that are mounted.</summary>
    private static void EmitNeeds(SourceWriter writer, TableModel table)
    {
        if (table.Services.Count > 0)
        {
            writer.Line(
                "protected override global::System.Collections.Generic.IReadOnlyList<Wm::RequiredService> " +
                "RequiredServices =>");
            writer.Indent();
            writer.Open("new Wm::RequiredService[]");
            foreach (ServiceModel service in table.Services)
                writer.Line($"new(typeof({service.Type}), {SourceText.Literal(service.Route)}),");
            writer.Close(";");
            writer.Outdent();
            writer.Line();
        }

        if (table.Mounts.Count > 0)
        {
            IEnumerable<string> tables = table.Mounts.Select(mount => SourceText.Qualified(mount.Table) + ".Table");
            writer.Line(
                "protected override global::System.Collections.Generic.IReadOnlyList<global::Waymark.RouteTable> " +
                "Mounted =>");
            writer.Line($"    new global::Waymark.RouteTable[] {{ {string.Join(", ", tables)} }};");
            writer.Line();
        }
    }

    private static void EmitLimits(SourceWriter writer, TableModel table)
    {
        if (!table.Routes.Any(route => route.BodyBytesMax is not null || route.CalledTable.Length > 0))
            return;
        writer.Open("protected override long BodyBytesMaxOf(int route) => route switch");
        for (int number = 0; number < table.Routes.Count; number++)
        {
            TableRoute route = table.Routes[number];
            if (route.BodyBytesMax is { } limit)
            {
                writer.Line($"{number} => {limit.ToString(CultureInfo.InvariantCulture)},");
            }
            else if (route.CalledTable.Length > 0)
            {
                writer.Line(
                    $"{number} => Wm::MountedTable.BodyBytesMaxOf({SourceText.Qualified(route.CalledTable)}.Table, " +
                    $"{route.CalledNumber}),");
            }
        }

        writer.Line("_ => -1,");
        writer.Close(";");
        writer.Line();
    }

    private static void EmitMatch(SourceWriter writer, TableModel table)
    {
        writer.Open(
            """
            protected override int Match(
                global::System.ReadOnlySpan<byte> path, Wm::Verbs verb, ref Wm::RouteMatch match)
            """);
        writer.Line("match.Allow = Wm::Verbs.None;");
        if (table.Options.TrailingSlash == TrailingSlashMode.Redirect308)
            writer.Line("match.Redirect = Wm::Verbs.None;");
        if (table.IsChecked)
        {
            writer.Line("return Matcher.MatchPath(path, path.Length, verb, ref match);");
        }
        else
        {
            writer.Line(
                """
                // SAFETY: every read of the matcher stands behind a test against path.Length.
                ref byte first = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(path);
                return Matcher.MatchPath(ref first, path.Length, verb, ref match);
                """);
        }

        writer.Close();
        writer.Line();
    }

    private static string CallOf(TableRoute route) => route.MountedTable.Length == 0
        ? $"{SourceText.Identifier(route.Thunk)}(exchange)"
        : $"Wm::MountedTable.InvokeAsync({SourceText.Qualified(route.CalledTable)}.Table, {route.CalledNumber}, " +
            "exchange)";

    /// <remarks>A method, not a field: its body can be swapped while the program runs, an initializer cannot.</remarks>
    private static void EmitRouteList(SourceWriter writer, TableModel table)
    {
        // A class of its own, so that starting a server does not build a list that nobody may ask for.
        writer.Open("private static class RouteList");
        writer.Line(
            "internal static global::System.Collections.Generic.IReadOnlyList<global::Waymark.RouteInfo> Create() =>");
        writer.Indent();
        writer.Open("global::System.Array.AsReadOnly(new global::Waymark.RouteInfo[]");
        foreach (TableRoute route in table.Routes)
        {
            string name = route.Name is null ? "" : ", Name: " + SourceText.Literal(route.Name);
            string rank = route.Rank == 0 ? "" : ", Rank: " + route.Rank.ToString(CultureInfo.InvariantCulture);
            writer.Line(
                $"new({SourceText.Literal(route.Verb)}, {SourceText.Literal(route.Template)}, " +
                $"{SourceText.Literal(route.Handler)}{name}{rank}),");
        }

        writer.Close(");");
        writer.Outdent();
        writer.Close();
    }
}
