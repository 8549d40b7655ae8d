using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>An action of a controller.</summary>
/// <param name="Method">Its declaration.</param>
/// <param name="Symbol">The method.</param>
/// <param name="Verb">Its request method.</param>
/// <param name="Attribute">The attribute that says so.</param>
/// <param name="Template">What it adds to the template of its class; whole where it starts with a slash.</param>
/// <param name="Name">The name of its route; null where it has none.</param>
/// <param name="Dropped">Attributes that say nothing to Waymark, or what the method's own type says.</param>
internal sealed record AspAction(
    MethodDeclarationSyntax Method,
    IMethodSymbol Symbol,
    string Verb,
    AttributeSyntax Attribute,
    string Template,
    string? Name,
    IReadOnlyList<AttributeSyntax> Dropped)
{
    /// <summary>True where the template of the class does not count.</summary>
    public bool IsAbsolute => Template.StartsWith("/", StringComparison.Ordinal)
        || Template.StartsWith("~/", StringComparison.Ordinal);

    /// <summary>What the template of a class leaves to its actions.</summary>
    public const string NameToken = "[action]";

    /// <summary>The template behind that of the class.</summary>
    public string Below(string prefix) => IsAbsolute || prefix.Length == 0 ? Template
        : (prefix.TrimEnd('/') + "/" + Template).TrimEnd('/').Replace(NameToken, NameOf(Symbol));

    /// <summary>Reads a method; null where it is no action, or where something about it has no equal.</summary>
    public static AspAction? Read(EditTarget target, MethodDeclarationSyntax method)
    {
        if (target.Model.GetDeclaredSymbol(method) is not
            {
                DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsGenericMethod: false, IsVirtual: false,
                IsOverride: false, IsAbstract: false,
            } symbol)
        {
            return null;
        }

        AttributeSyntax? verb = null;
        var dropped = new List<AttributeSyntax>();
        string? template = null;
        string? name = null;
        foreach (AttributeSyntax attribute in method.AttributeLists.SelectMany(list => list.Attributes))
        {
            string? kind = AspNames.AttributeName(target.Model, attribute);
            if (kind is null)
                continue;
            if (kind is "ProducesResponseType" or "Route")
            {
                dropped.Add(attribute);
                bool isSecond = kind == "Route" && template is not null;
                if (isSecond || (kind == "Route" && !TryReadTemplate(target, attribute, out template, out _)))
                    return null;
            }
            else if (verb is null && VerbOf(kind) is not null)
            {
                verb = attribute;
            }
            else
            {
                return null;
            }
        }

        if (verb is null || !TryReadTemplate(target, verb, out string? own, out name)
            || (own is not null && template is not null))
        {
            return null;
        }

        string controller = ControllerOf(symbol.ContainingType);
        string kindOfVerb = AspNames.AttributeName(target.Model, verb)!;
        return WithTokens(own ?? template ?? "", controller, NameOf(symbol)) is { } whole
            ? new AspAction(method, symbol, VerbOf(kindOfVerb)!, verb, whole, name, dropped)
            : null;
    }

    /// <summary>A template in which <c>[controller]</c> and <c>[action]</c> are filled in; null for others.</summary>
    public static string? WithTokens(string template, string controller, string? action)
    {
        var filled = new StringBuilder();
        for (int index = 0; index < template.Length; index++)
        {
            char character = template[index];
            bool isDoubled = character is '[' or ']' && index + 1 < template.Length && template[index + 1] == character;
            if (isDoubled || character is not ('[' or ']'))
            {
                filled.Append(character);
                index += isDoubled ? 1 : 0;
                continue;
            }

            int end = template.IndexOf(']', index);
            string token = end < 0 ? "" : template.Substring(index + 1, end - index - 1).ToLowerInvariant();
            string? value = token == "controller" ? controller : token == "action" ? action : null;
            if (value is null)
                return null;
            filled.Append(value);
            index = end;
        }

        return filled.ToString();
    }

    /// <summary>What <c>[controller]</c> stands for.</summary>
    public static string ControllerOf(INamedTypeSymbol type)
    {
        const string suffix = "Controller";
        return type.Name.EndsWith(suffix, StringComparison.Ordinal) && type.Name.Length > suffix.Length
            ? type.Name.Substring(0, type.Name.Length - suffix.Length)
            : type.Name;
    }

    private static string NameOf(IMethodSymbol method)
    {
        const string suffix = "Async";
        return method.Name.EndsWith(suffix, StringComparison.Ordinal) && method.Name.Length > suffix.Length
            ? method.Name.Substring(0, method.Name.Length - suffix.Length)
            : method.Name;
    }

    private static string? VerbOf(string attribute) => attribute switch
    {
        "HttpGet" => "GET",
        "HttpPost" => "POST",
        "HttpPut" => "PUT",
        "HttpDelete" => "DELETE",
        "HttpPatch" => "PATCH",
        "HttpHead" => "HEAD",
        "HttpOptions" => "OPTIONS",
        _ => null,
    };

    private static bool TryReadTemplate(
        EditTarget target, AttributeSyntax attribute, out string? template, out string? name)
    {
        template = AspNames.StringArgument(target.Model, attribute, null);
        name = AspNames.StringArgument(target.Model, attribute, "Name");
        int known = (template is null ? 0 : 1) + (name is null ? 0 : 1);
        return known == (attribute.ArgumentList?.Arguments.Count ?? 0);
    }
}
