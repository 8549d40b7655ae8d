using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM3010: reports a query that a handler returns unasked while what it reads from is disposed at the handler's end.
/// </summary>
/// <remarks>
/// Only the certain case: the returned expression is a chain of methods of LINQ, and a lambda in it, or the sequence at
/// its start, names a <c>using</c> local. A method without one ends before anything is bound.
/// </remarks>
internal static class DeferredRule
{
    public static void Check(SyntaxNodeAnalysisContext context, Lazy<RouteSet> routes)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        if (method.AttributeLists.Count == 0 || method.Body is not { } body)
            return;
        HashSet<string> names = DisposedIn(body);
        if (names.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol
            || !routes.Value.Of(symbol).Any(routes.Value.IsServed))
        {
            return;
        }

        foreach (ReturnStatementSyntax statement in OwnNodesOf(body).OfType<ReturnStatementSyntax>())
        {
            ExpressionSyntax? returned = ResultOf(context.SemanticModel, statement.Expression);
            if (returned is not null && FindCaptured(context.SemanticModel, returned, names) is { } name)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    ResponseDescriptors.DeferredQuery, returned.GetLocation(),
                    $"This query runs when the answer of '{symbol.Name}' is written, and '{name}' is disposed before " +
                    "that, at the end of the method: end it with '.ToList()', so that it runs here."));
            }
        }
    }

    /// <summary>The names of the <c>using</c> locals, those of local functions and lambdas left out.</summary>
    private static HashSet<string> DisposedIn(BlockSyntax body)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxNode node in OwnNodesOf(body))
        {
            VariableDeclarationSyntax? declared = node switch
            {
                LocalDeclarationStatementSyntax local when local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) =>
                    local.Declaration,
                UsingStatementSyntax block => block.Declaration,
                _ => null,
            };
            if (declared is not null)
                names.UnionWith(declared.Variables.Select(variable => variable.Identifier.ValueText));
        }

        return names;
    }

    private static IEnumerable<SyntaxNode> OwnNodesOf(BlockSyntax body) => body.DescendantNodes(
        node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>The query itself: <c>Results.Ok(query)</c> holds it unasked.</summary>
    private static ExpressionSyntax? ResultOf(SemanticModel model, ExpressionSyntax? expression) =>
        expression is InvocationExpressionSyntax { ArgumentList.Arguments: [{ } only] } call
        && model.GetSymbolInfo(call).Symbol is IMethodSymbol { ContainingType: { Name: "Results" } type }
        && TypeNames.IsIn(type, KnownNames.RouteNamespace)
            ? only.Expression
            : expression;

    private static string? FindCaptured(SemanticModel model, ExpressionSyntax expression, HashSet<string> names)
    {
        bool isQuery = false;
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            && model.GetSymbolInfo(call).Symbol is IMethodSymbol method && IsDeferred(method))
        {
            isQuery = true;
            // What is handed over as a value is asked now; what a lambda names, when the query runs.
            foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
            {
                if (argument.Expression is LambdaExpressionSyntax lambda && NamedIn(lambda, names) is { } name)
                    return name;
            }

            expression = access.Expression;
        }

        if (!isQuery || !IsLazy(model.GetTypeInfo(expression).Type))
            return null;
        ExpressionSyntax root = expression;
        while (root is MemberAccessExpressionSyntax member)
            root = member.Expression;
        return root is IdentifierNameSyntax identifier && names.Contains(identifier.Identifier.ValueText)
            ? identifier.Identifier.ValueText
            : null;
    }

    private static string? NamedIn(LambdaExpressionSyntax lambda, HashSet<string> names) => lambda.DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        // As a value, and not as the member of something else.
        .Where(name => name.Parent is not MemberAccessExpressionSyntax access || access.Expression == name)
        .Select(name => name.Identifier.ValueText)
        .FirstOrDefault(names.Contains);

    /// <summary>True for methods of LINQ that return a sequence and do nothing yet.</summary>
    private static bool IsDeferred(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable" or "Queryable" } type && TypeNames.IsIn(type, "System", "Linq")
        && IsLazy(method.ReturnType);

    /// <summary>True for the interfaces behind which a query can be; a list or array holds its items.</summary>
    private static bool IsLazy(ITypeSymbol? type) =>
        type is { Name: "IEnumerable" or "IOrderedEnumerable" or "IQueryable" or "IOrderedQueryable" };
}
