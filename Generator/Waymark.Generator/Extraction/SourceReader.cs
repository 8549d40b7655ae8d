using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Reads what says where a value comes from: an attribute, or a type that can mean only one thing.</summary>
internal static class SourceReader
{
    /// <summary>The source that an attribute of a parameter or property states, with the name in it.</summary>
    public static (ParameterSource Source, string? Key)? Explicit(IEnumerable<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is { } type && TypeNames.IsIn(type, KnownNames.RouteNamespace)
                && SourceOf(type.Name) is { } source)
            {
                return (source, attribute.ConstructorArguments is [{ Value: string key }] ? key : null);
            }
        }

        return null;
    }

    /// <summary>The source that a type is by itself; null for every other type.</summary>
    public static ParameterSource? ContextOf(ITypeSymbol type)
    {
        if (BodyReader.ReadFile(type) != BodyKind.None)
            return ParameterSource.File;
        if (type is not INamedTypeSymbol named)
            return null;
        if (TypeNames.IsIn(named, KnownNames.RouteNamespace))
        {
            return named.Name switch
            {
                "Exchange" => ParameterSource.Exchange,
                "Request" => ParameterSource.Request,
                "Response" => ParameterSource.Response,
                _ => null,
            };
        }

        return named.Name switch
        {
            "CancellationToken" when TypeNames.IsIn(named, "System", "Threading") => ParameterSource.CancellationToken,
            "EndPoint" when TypeNames.IsIn(named, "System", "Net") => ParameterSource.RemoteEndPoint,
            "WebSocket" when WebSocketReader.IsSocket(named) => ParameterSource.WebSocket,
            "IServiceProvider" when TypeNames.IsIn(named, "System") => ParameterSource.ServiceProvider,
            _ => null,
        };
    }

    /// <summary>True for a type that says itself that it gathers several values.</summary>
    public static bool Gathers(ITypeSymbol type) => type.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { Name: "BindAttribute" } bind && TypeNames.IsIn(bind, KnownNames.RouteNamespace));

    /// <summary>True for a source that gives text, which is parsed.</summary>
    public static bool IsText(ParameterSource source) => source is ParameterSource.Path or ParameterSource.Query
        or ParameterSource.Header or ParameterSource.Cookie or ParameterSource.Form;

    /// <summary>The name in a source: the attribute's, or one made of the declared one.</summary>
    public static string KeyOf(DeclaredValue declared, string? stated, ParameterSource source)
    {
        if (stated is not null)
            return stated;
        if (source == ParameterSource.Header)
            return Hyphened(declared.Name);
        return declared.IsMember ? CamelCased(declared.Name) : declared.Name;
    }

    /// <summary><c>page</c> for a property <c>Page</c>, as JSON spells it too.</summary>
    public static string CamelCased(string name) =>
        name.Length > 0 && char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name.Substring(1) : name;

    /// <summary><c>if-none-match</c> for <c>ifNoneMatch</c>.</summary>
    private static string Hyphened(string name)
    {
        var text = new System.Text.StringBuilder();
        for (int index = 0; index < name.Length; index++)
        {
            bool startsWord = index > 0 && char.IsUpper(name[index])
                && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            if (startsWord)
                text.Append('-');
            text.Append(name[index] == '_' ? '-' : char.ToLowerInvariant(name[index]));
        }

        return text.ToString();
    }

    private static ParameterSource? SourceOf(string attribute) => attribute switch
    {
        "PathAttribute" => ParameterSource.Path,
        "QueryAttribute" => ParameterSource.Query,
        "HeaderAttribute" => ParameterSource.Header,
        "CookieAttribute" => ParameterSource.Cookie,
        "FormAttribute" => ParameterSource.Form,
        "FileAttribute" => ParameterSource.File,
        "BodyAttribute" => ParameterSource.Body,
        "ServiceAttribute" => ParameterSource.Service,
        "BindAttribute" => ParameterSource.Members,
        _ => null,
    };
}
