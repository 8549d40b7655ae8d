using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>What belongs to ASP.NET; known by name, because no assembly of it is referenced here.</summary>
internal static class AspNames
{
    private const string Space = "Microsoft.AspNetCore";

    /// <summary>True for a symbol in one of its namespaces.</summary>
    public static bool IsAspNet(ISymbol? symbol)
    {
        INamespaceSymbol? space = symbol as INamespaceSymbol ?? symbol?.ContainingNamespace;
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
        {
            if (space is { Name: "AspNetCore", ContainingNamespace: { Name: "Microsoft" } root }
                && root.ContainingNamespace.IsGlobalNamespace)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for a type of ASP.NET, or one with such a type argument.</summary>
    public static bool Mentions(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => Mentions(array.ElementType),
        INamedTypeSymbol named => IsAspNet(named) || named.TypeArguments.Any(Mentions),
        _ => false,
    };

    /// <summary>The simple name of an attribute of ASP.NET, without its suffix; null for any other.</summary>
    public static string? AttributeName(SemanticModel model, AttributeSyntax attribute)
    {
        const string suffix = "Attribute";
        if (model.GetTypeInfo(attribute).Type is not { } type || !IsAspNet(type))
            return null;
        return type.Name.EndsWith(suffix, StringComparison.Ordinal)
            ? type.Name.Substring(0, type.Name.Length - suffix.Length)
            : type.Name;
    }

    /// <summary>True where code names something of ASP.NET outside of spans that are rewritten.</summary>
    public static bool IsUsedIn(SemanticModel model, SyntaxNode node, IReadOnlyList<TextSpan> rewritten) => node
        .DescendantNodesAndSelf()
        .OfType<SimpleNameSyntax>()
        .Where(name => !rewritten.Any(span => span.Contains(name.Span)))
        .Any(name => IsAspNet(SymbolAt(model, name)));

    private static ISymbol? SymbolAt(SemanticModel model, SimpleNameSyntax name)
    {
        ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
        // Half of a namespace is no use of it; the name at its end is looked at by itself.
        return symbol is INamespaceSymbol ? null : symbol is ILocalSymbol or IParameterSymbol ? TypeOf(symbol) : symbol;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) =>
        (symbol as ILocalSymbol)?.Type ?? ((IParameterSymbol)symbol).Type;

    /// <summary>The argument of an attribute that is a constant, by its name or as the first one.</summary>
    public static string? StringArgument(SemanticModel model, AttributeSyntax attribute, string? name)
    {
        AttributeArgumentSyntax? argument = attribute.ArgumentList?.Arguments.FirstOrDefault(other => name is null
            ? other.NameEquals is null
            : other.NameEquals?.Name.Identifier.ValueText == name);
        return argument is null ? null : model.GetConstantValue(argument.Expression).Value as string;
    }

    /// <summary>A name that a parameter or method may have.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
