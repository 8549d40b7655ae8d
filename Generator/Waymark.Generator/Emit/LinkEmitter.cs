using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>
/// Prints <c>Waymark.Links.Users.g.cs</c> for each handler class: a method for each link, and a struct that holds its
/// values.
/// </summary>
/// <remarks>
/// Inside <c>Links</c> every name may be one of the user's, so it holds nothing else and names the rest in full.
/// </remarks>
internal static class LinkEmitter
{
    private const string Hidden =
        "[global::System.ComponentModel.EditorBrowsable(" +
        "global::System.ComponentModel.EditorBrowsableState.Never)]";

    // Types of the file, which no other file sees: so each file may have its own of one name.
    private const string Automata = "WaymarkLinkAutomata";
    private const string Names = "WaymarkLinkNames";

    /// <summary>What stands above the two classes that each file adds to.</summary>
    public static string EmitFrame(string space)
    {
        SourceWriter writer = Begin(space);
        writer.Line("/// <summary>Links to the routes, by class and method of their handlers.</summary>");
        writer.Open("public static partial class Links");
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>The values of links.</summary>");
        writer.Line(Hidden);
        writer.Open("public static partial class LinkPaths");
        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    public static string Emit(LinkFileModel file)
    {
        string space = file.Namespace.Length == 0 ? "global::" : SourceText.Qualified(file.Namespace) + ".";
        SourceWriter writer = Begin(file.Namespace);
        var constraints = new ConstraintEmitter(writer, file.Constraints, Automata, space);
        writer.Open("partial class Links");
        writer.Line($"/// <summary>Links to the routes of {SourceText.Xml(file.Class.Name)}.</summary>");
        EmitClass(writer, file.Class, space + "Routes.LinkPaths.", file.IsExported);
        writer.Close();
        writer.Line();
        writer.Open("partial class LinkPaths");
        bool isFirst = true;
        foreach (LinkModel link in file.Class.All.OrderBy(link => link.Path, StringComparer.Ordinal))
        {
            if (!isFirst)
                writer.Line();
            isFirst = false;
            new LinkPathEmitter(writer, link, constraints, file.Options, space + Names).Emit();
        }

        writer.Close();
        writer.Close();
        EmitNames(writer, file.Class);
        constraints.EmitAutomata("file");
        return writer.ToString();
    }

    private static SourceWriter Begin(string space)
    {
        var writer = new SourceWriter();
        writer.Line(SourceText.FileHeader);
        // A handler may be called as what every class inherits, or as no class should be; what a template means stands
        // at the method that makes the link.
        writer.Line("#pragma warning disable CS0108, CS0465, CS1591, CS8981");
        writer.Line();
        SourceText.OpenNamespace(writer, space);
        writer.Open("partial class Routes");
        return writer;
    }

    private static void EmitClass(SourceWriter writer, LinkClassModel model, string paths, bool isExported)
    {
        writer.Open($"public static class {SourceText.Identifier(model.Name)}");
        bool isFirst = true;
        foreach (LinkModel link in model.Links)
        {
            if (!isFirst)
                writer.Line();
            isFirst = false;
            EmitMethod(writer, link, paths, isExported);
        }

        foreach (LinkClassModel nested in model.Classes)
        {
            if (!isFirst)
                writer.Line();
            isFirst = false;
            writer.Line($"/// <summary>Links to the routes of {SourceText.Xml(nested.Name)}.</summary>");
            EmitClass(writer, nested, paths, isExported);
        }

        writer.Close();
    }

    private static void EmitMethod(SourceWriter writer, LinkModel link, string paths, bool isExported)
    {
        string path = paths + SourceText.Identifier(link.Path);
        string access = isExported && !link.Parameters.All(IsPublic) ? "internal" : "public";
        string parameters = string.Join(", ", link.Parameters.Select(parameter =>
            LinkPathEmitter.Declaration(parameter) + (parameter.IsOptional ? " = null" : "")));
        string made = link.Parameters.Count == 0
            ? "default"
            : $"new({string.Join(", ", link.Parameters.Select(one => SourceText.Identifier(one.Name)))})";
        writer.Line($"/// <summary><c>{SourceText.Xml(link.Route)}</c></summary>");
        writer.Line(
            $"{access} static global::Waymark.Link<{path}> {SourceText.Identifier(link.Name)}({parameters}) =>");
        writer.Line($"    new({made});");
    }

    /// <summary>A type of the user's may be internal (CS0051); what the framework has is public.</summary>
    private static bool IsPublic(LinkParameter parameter) =>
        !parameter.Type.Replace("global::System.", "").Contains("global::");

    private static void EmitNames(SourceWriter writer, LinkClassModel links)
    {
        List<IGrouping<string, LinkParameter>> enums = links.All
            .SelectMany(link => link.Parameters)
            .Where(parameter => parameter.Kind == LinkValueKind.Enum)
            .GroupBy(parameter => parameter.Type, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (enums.Count == 0)
            return;
        writer.Line();
        writer.Line("// The names of enums, as handlers read them.");
        writer.Open($"file static class {Names}");
        for (int index = 0; index < enums.Count; index++)
        {
            if (index > 0)
                writer.Line();
            string type = enums[index].Key;
            writer.Open($"internal static string Of({type} value, string parameter)");
            // Not a switch: two names may stand for one value.
            foreach (string name in enums[index].First().Names)
            {
                writer.Line($"if (value == {type}.{SourceText.Identifier(name)})");
                writer.Line($"    return {SourceText.Literal(name)};");
            }

            writer.Line("throw Wm::LinkCheck.NoName(parameter);");
            writer.Close();
            writer.Line();
            writer.Line($"internal static string? Of({type}? value, string parameter) =>");
            writer.Line("    value is { } some ? Of(some, parameter) : null;");
            writer.Line();
            writer.Open(
                $"internal static void Check(global::System.Collections.Generic.IReadOnlyList<{type}>? values, " +
                "string parameter)");
            writer.Line("for (int index = 0; index < (values?.Count ?? 0); index++)");
            writer.Line("    Of(values![index], parameter);");
            writer.Close();
        }

        writer.Close();
    }
}
