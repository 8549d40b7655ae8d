using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM2034, WM1027: reports the attribute of a route, constraint or command on a local function or lambda, which no
/// other code can call.
/// </summary>
/// <remarks>
/// A method in a file of top-level statements is a local function: the likeliest mistake of a first program. Other
/// misplaced attributes (interface members, operators) are found by the shared reading.
/// </remarks>
internal static class LocalFunctionRule
{
    public static void Check(
        SyntaxNodeAnalysisContext context,
        INamedTypeSymbol routeAttribute,
        INamedTypeSymbol? constraintAttribute,
        INamedTypeSymbol? commandAttribute)
    {
        // No attribute, no route.
        if (Find(context, type => AreEqual(type.BaseType, routeAttribute)) is { } route)
            Report(context, route, BindingDescriptors.MisplacedRoute, "A route");
        if (Find(context, type => AreEqual(type, constraintAttribute)) is { } constraint)
            Report(context, constraint, RoutingDescriptors.ConstraintMethod, "A constraint");
        if (Find(context, type => AreEqual(type, commandAttribute)) is { } command)
        {
            Report(
                context, command, BindingDescriptors.MisplacedRoute, "A command", "no line reaches it",
                "partial CommandHandler");
        }
    }

    private static void Report(
        SyntaxNodeAnalysisContext context,
        AttributeSyntax attribute,
        DiagnosticDescriptor descriptor,
        string subject,
        string reason = "the route table cannot call it",
        string place = "static class")
    {
        (string what, Location location) = context.Node is LocalFunctionStatementSyntax function
            ? ($"the local function '{function.Identifier.ValueText}'", function.Identifier.GetLocation())
            : ("a lambda", attribute.GetLocation());
        string why = context.Node.Parent is GlobalStatementSyntax
            ? " A method in a file of top-level statements is a local function."
            : "";
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor,
            location,
            $"{subject} cannot point at {what}: {reason}.{why} Move it into a {place}."));
    }

    private static AttributeSyntax? Find(SyntaxNodeAnalysisContext context, Func<ITypeSymbol, bool> isWanted)
    {
        foreach (AttributeListSyntax list in AttributeListsOf(context.Node))
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                ITypeSymbol? type = context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type;
                if (type is not null && isWanted(type))
                    return attribute;
            }
        }

        return null;
    }

    private static bool AreEqual(ITypeSymbol? left, ITypeSymbol? right) =>
        left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    private static SyntaxList<AttributeListSyntax> AttributeListsOf(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax function => function.AttributeLists,
        LambdaExpressionSyntax lambda => lambda.AttributeLists,
        _ => default,
    };
}
