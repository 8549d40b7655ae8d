using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>WM5017: reports credentials for every origin, which Cors.From refuses when the program starts.</summary>
/// <remarks>Only what stands in one initializer is known; called for every assignment of a program.</remarks>
internal static class CorsRule
{
    public static void Check(SyntaxNodeAnalysisContext context)
    {
        var assignment = (AssignmentExpressionSyntax)context.Node;
        if (assignment.Left is not IdentifierNameSyntax { Identifier.ValueText: "AllowsCredentials" }
            || assignment.Parent is not InitializerExpressionSyntax initializer
            || context.SemanticModel.GetSymbolInfo(assignment.Left, context.CancellationToken).Symbol
                is not IPropertySymbol { ContainingType: { Name: "CorsOptions" } type }
            || !TypeNames.IsIn(type, KnownNames.RouteNamespace)
            || ConstantOf(context, assignment.Right) is not true)
        {
            return;
        }

        foreach (ExpressionSyntax member in initializer.Expressions)
        {
            if (member is AssignmentExpressionSyntax
                {
                    Left: IdentifierNameSyntax { Identifier.ValueText: "Origins" },
                    Right: { } origins,
                }
                && ElementsOf(origins).Any(element => ConstantOf(context, element) is "*"))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    CompositionDescriptors.AnyOriginWithCredentials, assignment.GetLocation(),
                    "With credentials browsers take the origin '*' for nobody (Fetch standard, section 3.3.5), and " +
                    "'Cors.From' throws when this runs: name the origins in 'Origins', or leave out " +
                    "'AllowsCredentials'."));
            }
        }
    }

    private static object? ConstantOf(SyntaxNodeAnalysisContext context, ExpressionSyntax expression) =>
        context.SemanticModel.GetConstantValue(expression, context.CancellationToken) is { HasValue: true } constant
            ? constant.Value
            : null;

    private static IEnumerable<ExpressionSyntax> ElementsOf(ExpressionSyntax list) => list switch
    {
        CollectionExpressionSyntax collection =>
            collection.Elements.OfType<ExpressionElementSyntax>().Select(element => element.Expression),
        ArrayCreationExpressionSyntax array => array.Initializer?.Expressions ?? [],
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        BaseObjectCreationExpressionSyntax made => made.Initializer?.Expressions ?? [],
        _ => [],
    };
}
