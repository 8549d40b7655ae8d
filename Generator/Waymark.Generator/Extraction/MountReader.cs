using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Reads <c>[assembly: Mount&lt;T&gt;]</c> and the manifest of the table that it names.</summary>
internal static class MountReader
{
    /// <summary>The form of the manifest that this generator writes and reads.</summary>
    public const int Version = 1;

    /// <summary>The same rows, of a table whose routes have middleware.</summary>
    /// <remarks>
    /// A number of its own, so that a generator that would call the handlers without it refuses the table.
    /// </remarks>
    public const int VersionWithMiddleware = 2;

    private const int TextsPerRow = 6;

    /// <summary>Every mount of an assembly, with its attribute.</summary>
    public static IEnumerable<(AttributeData Attribute, MountModel Mount)> ReadAll(IAssemblySymbol assembly)
    {
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "MountAttribute", Arity: 1 } type
                && TypeNames.IsIn(type, KnownNames.RouteNamespace)
                && Read(attribute, assembly) is { } mount)
            {
                yield return (attribute, mount);
            }
        }
    }

    /// <summary>Reads one mount; null where the compiler does not know the type or the prefix, and says so.</summary>
    public static MountModel? Read(AttributeData attribute, IAssemblySymbol host)
    {
        if (attribute.AttributeClass?.TypeArguments is not [INamedTypeSymbol { TypeKind: not TypeKind.Error } type]
            || attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Primitive } argument])
        {
            return null;
        }

        string prefix = argument.Value as string ?? "";
        string table = TypeNames.Qualified(type).Replace("global::", "");
        Problem? problem = null;
        AttributeData? manifest = null;
        if (type.Name == "Routes" && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, host))
        {
            problem = Problem.AtMethod(
                "WM5011", $"'{table}' is the table of this assembly: mounted into itself, it would never end. " +
                "Remove the mount.");
        }
        else
        {
            manifest = FindManifest(type);
            problem = CheckManifest(manifest, table) ?? CheckPrefix(prefix);
        }

        if (problem is not null || manifest is null)
            return new MountModel(table, prefix, EquatableArray<MountedRoute>.Empty, problem);
        return new MountModel(
            table,
            prefix,
            ReadRows(TextsOf(manifest.ConstructorArguments[1]), table),
            null,
            manifest.ConstructorArguments[0].Value is VersionWithMiddleware);
    }

    /// <summary>A mount whose table is hidden by the host's own, which has the same name.</summary>
    /// <remarks>The analyzers need no such case: to them the name is the host's generated class.</remarks>
    public static MountModel Hidden(MountModel mount) => mount.Problem is not null ? mount : new MountModel(
        mount.Table,
        mount.Prefix,
        EquatableArray<MountedRoute>.Empty,
        Problem.AtMethod(
            "WM5011",
            $"'{mount.Table}' is also the name of this assembly's own table, which hides the other: give the library " +
            "another one with [assembly: ExportRoutes(Namespace = \"…\")]."));

    private static AttributeData? FindManifest(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(
        attribute => attribute.AttributeClass is { Name: "RouteManifestAttribute" } manifest
            && TypeNames.IsIn(manifest, "Waymark", "CompilerServices"));

    private static Problem? CheckManifest(AttributeData? manifest, string table)
    {
        if (manifest is null)
        {
            return Problem.AtMethod(
                "WM5009",
                $"'{table}' is not an exported route table: mount the generated class 'Routes' of an assembly that " +
                "says [assembly: ExportRoutes].");
        }

        return manifest.ConstructorArguments
            is [{ Value: Version or VersionWithMiddleware }, { Kind: TypedConstantKind.Array }]
            ? null
            : Problem.AtMethod(
                "WM5009",
                $"'{table}' was built with a newer Waymark, whose manifest this version does not read: update the " +
                "package of this project.");
    }

    private static Problem? CheckPrefix(string prefix)
    {
        Template template = TemplateParser.Parse(prefix);
        string? mistake = template.Problems.Count > 0 ? template.Problems[0].Message
            : template.Captures.Any() ? "The handlers behind it were built without its parameters: use literal text."
            : template.HasTrailingSlash ? "The templates behind it start with their own slash: remove the last one."
            : null;
        return mistake is null
            ? null
            : Problem.AtMethod("WM5014", $"\"{prefix}\" cannot stand before mounted routes. {mistake}");
    }

    private static EquatableArray<MountedRoute> ReadRows(ImmutableArray<string> texts, string table)
    {
        var rows = new List<MountedRoute>();
        for (int index = 0; index + TextsPerRow <= texts.Length; index += TextsPerRow)
        {
            string name = texts[index + 3];
            string scope = texts[index + 5];
            int.TryParse(texts[index + 4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int rank);
            rows.Add(new MountedRoute(
                texts[index],
                texts[index + 1],
                texts[index + 2],
                name.Length == 0 ? null : name,
                rank,
                scope.Length == 0 ? table : scope));
        }

        return rows.ToEquatableArray();
    }

    private static ImmutableArray<string> TextsOf(TypedConstant array) =>
        array.IsNull ? [] : [.. array.Values.Select(value => value.Value as string ?? "")];
}
