using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;

namespace Waymark.Analyzers.Rules;

/// <summary>WM2034: reports a route attribute on a local function or lambda, which no other code can call.</summary>
/// <remarks>
/// A method in a file of top-level statements is a local function: the likeliest mistake of a first program. Other
/// misplaced attributes (interface members, operators) are found by the shared reading.
/// </remarks>
internal static class LocalFunctionRule
{
    public static void Check(SyntaxNodeAnalysisContext context, INamedTypeSymbol routeAttribute)
    {
        // No attribute, no route.
        if (FindRoute(context, routeAttribute) is not { } attribute)
            return;

        (string what, Location location) = context.Node is LocalFunctionStatementSyntax function
            ? ($"the local function '{function.Identifier.ValueText}'", function.Identifier.GetLocation())
            : ("a lambda", attribute.GetLocation());
        string why = context.Node.Parent is GlobalStatementSyntax
            ? " A method in a file of top-level statements is a local function."
            : "";
        context.ReportDiagnostic(Diagnostic.Create(
            BindingDescriptors.MisplacedRoute,
            location,
            $"A route cannot point at {what}: the route table cannot call it.{why} Move it into a static class."));
    }

    private static AttributeSyntax? FindRoute(SyntaxNodeAnalysisContext context, INamedTypeSymbol routeAttribute)
    {
        foreach (AttributeListSyntax list in AttributeListsOf(context.Node))
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                ITypeSymbol? type = context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type;
                if (SymbolEqualityComparer.Default.Equals(type?.BaseType, routeAttribute))
                    return attribute;
            }
        }

        return null;
    }

    private static SyntaxList<AttributeListSyntax> AttributeListsOf(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax function => function.AttributeLists,
        LambdaExpressionSyntax lambda => lambda.AttributeLists,
        _ => default,
    };
}
