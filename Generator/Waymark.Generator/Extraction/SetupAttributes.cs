using Microsoft.CodeAnalysis;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>Reads the attributes that an assembly has once.</summary>
internal static class SetupAttributes
{
    /// <summary>Reads <c>[assembly: RouteOptions]</c>; a value that is not a constant is the default.</summary>
    public static TableOptions ReadOptions(AttributeData attribute)
    {
        TableOptions options = TableOptions.Default;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is { Key: "TrailingSlash", Value.Value: int form })
                options = options with { TrailingSlash = (TrailingSlashMode)form };
            else if (argument is { Key: "CaseInsensitive", Value.Value: bool isCaseInsensitive })
                options = options with { IsCaseInsensitive = isCaseInsensitive };
        }

        return options;
    }

    /// <summary>The options of an assembly.</summary>
    public static TableOptions OptionsOf(IAssemblySymbol assembly)
    {
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "RouteOptionsAttribute" } type
                && TypeNames.IsIn(type, KnownNames.RouteNamespace))
            {
                return ReadOptions(attribute);
            }
        }

        return TableOptions.Default;
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

    /// <summary>The namespace that <c>[assembly: ExportRoutes]</c> names; null where it names none.</summary>
    public static string? ReadExportedNamespace(AttributeData attribute)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == "Namespace")
                return argument.Value.Value as string;
        }

        return null;
    }
}
