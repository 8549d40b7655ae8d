using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction.Documents;

/// <summary>Reads what the attributes of an assembly and of its handlers say for the OpenAPI document.</summary>
internal static class OpenApiAttributes
{
    /// <summary>True where the assembly asks for a document by its attribute.</summary>
    public static bool IsAsked(IAssemblySymbol assembly) => Find(assembly, "OpenApiAttribute").Any();

    public static OpenApiSettings SettingsOf(IAssemblySymbol assembly)
    {
        AttributeData? attribute = Find(assembly, "OpenApiAttribute").FirstOrDefault();
        string version = Text(attribute, "Version");
        string title = Text(attribute, "Title");
        string server = Text(attribute, "ServerUrl");
        return new OpenApiSettings(
            title.Length > 0 ? title : assembly.Name,
            version.Length > 0 ? version : VersionOf(assembly),
            Text(attribute, "Description"),
            Named(attribute, "SpecVersion") is 1,
            server.Length > 0 ? server : "/",
            Find(assembly, "SecuritySchemeAttribute")
                .Select(ReadScheme)
                .OfType<SecuritySchemeModel>()
                .GroupBy(scheme => scheme.Name, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.First())
                .ToEquatableArray());
    }

    /// <summary>What a method asks for, or else the innermost class around it that asks for anything.</summary>
    public static EquatableArray<SecurityNeed> SecurityOf(IMethodSymbol method)
    {
        for (ISymbol? place = method; place is IMethodSymbol or INamedTypeSymbol; place = place.ContainingType)
        {
            EquatableArray<SecurityNeed> needs = Find(place, "SecurityAttribute")
                .Select(attribute => attribute.ConstructorArguments is [{ Value: string scheme }, { } scopes]
                    ? new SecurityNeed(scheme, TextsOf(scopes))
                    : new SecurityNeed("", EquatableArray<string>.Empty))
                .ToEquatableArray();
            if (needs.Count > 0)
                return needs;
        }

        return EquatableArray<SecurityNeed>.Empty;
    }

    private static SecuritySchemeModel? ReadScheme(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: string { Length: > 0 } name }, { Value: int kind }])
            return null;
        string parameter = Text(attribute, "Parameter");
        return new SecuritySchemeModel(
            name,
            (SecuritySchemeKind)kind,
            parameter.Length > 0 ? parameter : name,
            Text(attribute, "Url"),
            Text(attribute, "BearerFormat"),
            Text(attribute, "Description"));
    }

    private static EquatableArray<string> TextsOf(TypedConstant list) =>
        list is { Kind: TypedConstantKind.Array, IsNull: false }
            ? list.Values.Select(value => value.Value).OfType<string>().ToEquatableArray()
            : EquatableArray<string>.Empty;

    /// <summary>The SDK appends the commit behind a plus: another one for every build.</summary>
    private static string VersionOf(IAssemblySymbol assembly)
    {
        string? told = assembly.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.Name == "AssemblyInformationalVersionAttribute")
            .Select(attribute => attribute.ConstructorArguments is [{ Value: string value }] ? value : null)
            .FirstOrDefault();
        string version = told?.Split('+')[0] ?? "";
        return version.Length > 0 ? version : assembly.Identity.Version.ToString();
    }

    private static IEnumerable<AttributeData> Find(ISymbol place, string name) => place.GetAttributes()
        .Where(attribute => attribute.AttributeClass is { } type && type.Name == name
            && TypeNames.IsIn(type, KnownNames.RouteNamespace));

    private static string Text(AttributeData? attribute, string name) => Named(attribute, name) as string ?? "";

    private static object? Named(AttributeData? attribute, string name) => attribute?.NamedArguments
        .Where(argument => argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
        .Select(argument => argument.Value.Value)
        .FirstOrDefault();
}
