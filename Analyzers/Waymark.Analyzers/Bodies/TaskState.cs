using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Waymark.Analyzers.Bodies;

/// <summary>Whether a task can be known to be over where its result is asked for.</summary>
internal static class TaskState
{
    /// <summary>The task behind <c>task.GetAwaiter().GetResult()</c>; null for another call.</summary>
    public static IOperation? TaskOfAwaiter(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType is not { } awaiter
            || !awaiter.Name.EndsWith("Awaiter", StringComparison.Ordinal)
            || awaiter.ContainingNamespace.ToDisplayString() != "System.Runtime.CompilerServices"
            || call.Instance is not IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task })
        {
            return null;
        }

        return task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner } ? inner : task;
    }

    /// <summary>
    /// True where the task was awaited or waited for above, or where the code asks whether it is completed; and where
    /// nothing is known about it, as about the parameter of a lambda.
    /// </summary>
    /// <param name="task">The value that is waited for.</param>
    /// <param name="body">The handler.</param>
    public static bool IsSettled(IOperation task, SyntaxNode body)
    {
        task = HandlerBody.Unwrap(task);
        switch (task)
        {
            case IAwaitOperation or IParameterReferenceOperation:
                return true;
            case IInvocationOperation call:
                return call.TargetMethod.Name is "FromResult" or "FromException" or "FromCanceled";
            case ILocalReferenceOperation { Local: var local } when IsGivenByAnother(local):
                return true;
        }

        var names = new HashSet<string>(
            task.Syntax.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))
                .Select(token => token.ValueText),
            StringComparer.Ordinal);
        return body.DescendantNodes().Any(node => node.SpanStart < task.Syntax.SpanStart && Settles(node, names));
    }

    /// <summary>A variable of <c>foreach</c>, or what <c>await Task.WhenAny(…)</c> returned.</summary>
    private static bool IsGivenByAnother(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value is AwaitExpressionSyntax,
            _ => true,
        };

    private static bool Settles(SyntaxNode node, HashSet<string> names) => node switch
    {
        AwaitExpressionSyntax awaited => Holds(awaited.Expression, names),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } access
            when name is "IsCompleted" or "IsCompletedSuccessfully" or "Status" => Holds(access.Expression, names),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call
            when called.Name.Identifier.ValueText is "Wait" or "WaitAll" or "WaitAny" => Holds(call, names),
        _ => false,
    };

    private static bool Holds(SyntaxNode node, HashSet<string> names) => node.DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText));
}
