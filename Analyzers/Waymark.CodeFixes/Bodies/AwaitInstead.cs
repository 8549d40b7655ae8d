using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Bodies;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Bodies;

/// <summary>WM3008: awaits what a handler waits for, and makes the handler async where it is not.</summary>
/// <remarks>
/// Not in a lambda or local function that is not async, nor in a handler that makes its task itself: its other answers
/// would have to change too. The body is written anew as a whole, because one call may stand inside another.
/// </remarks>
internal sealed class AwaitInstead : TriedFix
{
    private const string Space = "System.Threading.Tasks";

    public override string Key => "WM3008.await";

    public override string TitleOf(FixTarget target) => "Await it";

    protected override bool IsEmitted => true;

    protected override async Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach ((FixTarget first, MethodDeclarationSyntax method, IMethodSymbol symbol, IReadOnlyList<FixTarget> all)
            in ByMethod(targets, stop))
        {
            if (first.Model.GetOperation(method, stop) is not { } operation
                || HoldsReferences(first, method, stop))
            {
                continue;
            }

            var places = new HashSet<TextSpan>(all.Select(target => target.Span));
            List<BlockingCall> calls = [.. BlockingCalls.Find(operation)
                .Where(call => places.Contains(call.Span) && CanAwait(call, method))];
            if (calls.Count == 0)
                continue;
            bool isDirect = calls.Exists(call => FunctionAround(call.Node, method) == method);
            if (isDirect && !symbol.IsAsync)
            {
                if (!CanBeAsync(symbol, method)
                    || await Trial.IsCalledAsync(first, symbol, stop).ConfigureAwait(false))
                {
                    continue;
                }

                edits.AddRange(MakeAsync(first, method, symbol));
            }

            if (Usings.Add(first, method.SpanStart, "Task", Space) is { } import && !edits.Contains(import))
                edits.Add(import);
            SyntaxNode body = HandlerBody.Of(method)!;
            Dictionary<ExpressionSyntax, BlockingCall> byNode = calls.ToDictionary(call => call.Node);
            SyntaxNode changed = body.ReplaceNodes(
                byNode.Keys, (original, current) => Awaited(byNode[original], original, current));
            edits.Add(first.Replace(body.FullSpan, changed.ToFullString()));
        }

        return edits;
    }

    private static bool CanAwait(BlockingCall call, MethodDeclarationSyntax method)
    {
        bool isCertain = call.Kind switch
        {
            BlockingKind.Sequence => false,
            // With a time limit, or a token, it answers whether the task was done.
            BlockingKind.Task => call.Node is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: > 0 },
            BlockingKind.WaitAll or BlockingKind.WaitAny => call.Node.Parent is ExpressionStatementSyntax,
            _ => true,
        };
        // What is left out must not hold what somebody wrote for others to read.
        return isCertain && CommentsIn(call.Node) == CommentsIn(Awaited(call, call.Node, call.Node))
            && call.Node.Parent is not ConditionalAccessExpressionSyntax
            && TargetOf(call.Node) is not MemberBindingExpressionSyntax
            && (FunctionAround(call.Node, method) is var function && (function == method || IsAsync(function)));
    }

    /// <summary>
    /// True for a method with spans or references of its own. None outlives an await, and the compiler says so only
    /// when it emits (CS4007): that is tried as well, but tells nothing in a project that has other errors.
    /// </summary>
    private static bool HoldsReferences(FixTarget target, MethodDeclarationSyntax method, CancellationToken stop) =>
        method.DescendantNodes().Any(node => node switch
        {
            VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax
                when target.Model.GetDeclaredSymbol(node, stop) is ILocalSymbol { IsRef: true }
                    or ILocalSymbol { Type.IsRefLikeType: true } => true,
            CommonForEachStatementSyntax loop =>
                target.Model.GetTypeInfo(loop.Expression, stop).Type is { IsRefLikeType: true },
            _ => false,
        });

    private static int CommentsIn(SyntaxNode node) => node.DescendantTrivia().Count(trivia => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia);

    private static ExpressionSyntax TargetOf(ExpressionSyntax node) =>
        node is InvocationExpressionSyntax call ? call.Expression : node;

    private static SyntaxNode FunctionAround(SyntaxNode node, MethodDeclarationSyntax method) =>
        node.Ancestors().FirstOrDefault(parent =>
            parent is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) ?? method;

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    private static bool CanBeAsync(IMethodSymbol symbol, MethodDeclarationSyntax method) =>
        symbol is { ReturnsByRef: false, ReturnsByRefReadonly: false, PartialDefinitionPart: null }
        && symbol.PartialImplementationPart is null
        && !symbol.ReturnType.IsRefLikeType
        && symbol.ReturnType.Name is not ("Task" or "ValueTask" or "IAsyncEnumerable")
        && symbol.Parameters.All(parameter => !parameter.Type.IsRefLikeType && parameter.RefKind == RefKind.None)
        && !HandlerBody.Of(method)!.DescendantNodes().Any(node => node is YieldStatementSyntax);

    private static IEnumerable<SourceEdit> MakeAsync(
        FixTarget target, MethodDeclarationSyntax method, IMethodSymbol symbol)
    {
        string type = symbol.ReturnsVoid ? "ValueTask" : $"ValueTask<{method.ReturnType}>";
        yield return target.Replace(method.ReturnType.Span, "async " + type);
    }

    private static ExpressionSyntax Awaited(
        BlockingCall call, ExpressionSyntax original, ExpressionSyntax current)
    {
        string awaited = "await " + call.Kind switch
        {
            BlockingKind.Task => TaskOf(current).ToString(),
            BlockingKind.Sleep => "Task.Delay" + ArgumentsOf(current),
            BlockingKind.WaitAll => "Task.WhenAll" + ArgumentsOf(current),
            BlockingKind.WaitAny => "Task.WhenAny" + ArgumentsOf(current),
            _ => ((InvocationExpressionSyntax)current).Expression + "Async" + ArgumentsOf(current),
        };
        bool isOperand = original.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax
            or SwitchExpressionSyntax or WithExpressionSyntax;
        return SyntaxFactory.ParseExpression(isOperand ? $"({awaited})" : awaited).WithTriviaFrom(current);
    }

    /// <summary>The task in <c>task.Result</c>, <c>task.Wait()</c> and <c>task.GetAwaiter().GetResult()</c>.</summary>
    private static ExpressionSyntax TaskOf(ExpressionSyntax current)
    {
        if (current is MemberAccessExpressionSyntax property)
            return property.Expression;
        var access = (MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression;
        return access is
        {
            Name.Identifier.ValueText: "GetResult",
            Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter },
        }
            ? awaiter.Expression
            : access.Expression;
    }

    private static string ArgumentsOf(ExpressionSyntax call) =>
        ((InvocationExpressionSyntax)call).ArgumentList.ToString();
}
