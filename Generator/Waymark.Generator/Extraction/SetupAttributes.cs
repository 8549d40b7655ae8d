using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Reads what the attributes of an assembly say about its table.</summary>
internal static class SetupAttributes
{
    /// <summary>All of them; a value that is not a constant is the default.</summary>
    public static AssemblyAttributes Read(IAssemblySymbol assembly)
    {
        AttributeData? export = Find(assembly, "ExportRoutesAttribute");
        EquatableArray<MountModel> mounts = MountReader.ReadAll(assembly)
            .Select(pair => pair.Mount)
            .OrderBy(mount => mount.Prefix, StringComparer.Ordinal)
            .ThenBy(mount => mount.Table, StringComparer.Ordinal)
            .ToEquatableArray();
        string? named = export is null ? null : ExportedNamespaceOf(export);
        return new AssemblyAttributes(
            OptionsOf(assembly),
            export is not null,
            named is null ? null : NamespaceOf(named),
            mounts,
            MiddlewareReader.ReadAt(assembly).Select(pair => pair.Middleware).ToEquatableArray());
    }

    /// <summary>What <c>[assembly: RouteOptions]</c> says.</summary>
    public static TableOptions OptionsOf(IAssemblySymbol assembly)
    {
        TableOptions options = TableOptions.Default;
        if (Find(assembly, "RouteOptionsAttribute") is not { } attribute)
            return options;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is { Key: "TrailingSlash", Value.Value: int form })
                options = options with { TrailingSlash = (TrailingSlashMode)form };
            else if (argument is { Key: "CaseInsensitive", Value.Value: bool isCaseInsensitive })
                options = options with { IsCaseInsensitive = isCaseInsensitive };
        }

        return options;
    }

    /// <summary>A namespace that compiles: a project may be called <c>my-library</c>.</summary>
    public static string NamespaceOf(string text)
    {
        IEnumerable<string> parts = text.Split('.').Select(part => part.TrimStart('@')).Where(part => part.Length > 0);
        return string.Join(".", parts.Select(Part));

        static string Part(string part)
        {
            string safe = new(part.Select(character => char.IsLetterOrDigit(character) ? character : '_').ToArray());
            return char.IsDigit(safe[0]) ? "_" + safe : safe;
        }
    }

    private static string? ExportedNamespaceOf(AttributeData export)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in export.NamedArguments)
        {
            if (argument.Key == "Namespace")
                return argument.Value.Value as string;
        }

        return null;
    }

    private static AttributeData? Find(IAssemblySymbol assembly, string name) => assembly.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass is { } type && type.Name == name
            && TypeNames.IsIn(type, KnownNames.RouteNamespace));
}
