using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Waymark.Analyzers.Bodies;

/// <summary>The code of a handler: what runs while a request waits for its answer.</summary>
internal static class HandlerBody
{
    // What is handed to these runs on another thread, or at another time: that is why they were called.
    private static readonly string[] Detachers = ["Task", "TaskFactory", "Thread", "ThreadPool", "Timer", "Parallel"];

    /// <summary>The block or expression; null for a method without code.</summary>
    public static SyntaxNode? Of(MethodDeclarationSyntax method) =>
        (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression;

    /// <summary>
    /// True where nothing is written yet: an empty body, one that only throws, or one that answers a constant.
    /// </summary>
    public static bool IsStub(MethodDeclarationSyntax method)
    {
        if (method.ExpressionBody is { } arrow)
            return IsConstant(arrow.Expression);
        return method.Body is not { Statements: var statements } || statements.Count == 0
            || (statements.Count == 1 && statements[0] switch
            {
                ThrowStatementSyntax => true,
                ReturnStatementSyntax answer => answer.Expression is null || IsConstant(answer.Expression),
                _ => false,
            });
    }

    /// <summary>All operations, those of lambdas and local functions included that run in the handler.</summary>
    public static IEnumerable<IOperation> OperationsOf(IOperation root)
    {
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            if (operation is IAnonymousFunctionOperation && IsDetached(operation))
                continue;
            yield return operation;
            foreach (IOperation child in operation.ChildOperations)
                pending.Push(child);
        }
    }

    /// <summary>The value behind conversions and parentheses.</summary>
    public static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parentheses:
                    operation = parentheses.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    private static bool IsDetached(IOperation function)
    {
        IOperation? parent = function.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            if (parent.Type?.Name == "Expression")
                return true;
            parent = parent.Parent;
        }

        return parent switch
        {
            IInvocationOperation call => Detachers.Contains(call.TargetMethod.ContainingType.Name),
            IObjectCreationOperation made => made.Type is { } type && Detachers.Contains(type.Name),
            IEventAssignmentOperation => true,
            _ => false,
        };
    }

    private static bool IsConstant(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax or ThrowExpressionSyntax or DefaultExpressionSyntax or MemberAccessExpressionSyntax =>
            true,
        InterpolatedStringExpressionSyntax text => text.Contents.All(part => part is InterpolatedStringTextSyntax),
        PostfixUnaryExpressionSyntax suppressed => IsConstant(suppressed.Operand),
        PrefixUnaryExpressionSyntax signed => IsConstant(signed.Operand),
        CastExpressionSyntax cast => IsConstant(cast.Expression),
        ParenthesizedExpressionSyntax inner => IsConstant(inner.Expression),
        CollectionExpressionSyntax list => list.Elements.All(
            element => element is ExpressionElementSyntax item && IsConstant(item.Expression)),
        BaseObjectCreationExpressionSyntax { Initializer: null } made => AreConstant(made.ArgumentList),
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "Results" or "Task" or "ValueTask" },
            },
        } answer => AreConstant(answer.ArgumentList),
        _ => false,
    };

    private static bool AreConstant(ArgumentListSyntax? list) =>
        list is null || list.Arguments.All(argument => IsConstant(argument.Expression));
}
