using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Bodies;

/// <summary>
/// Finds what blocks in a handler: waiting for a task, sleeping, input and output that has an async twin.
/// </summary>
/// <remarks>
/// A task that was awaited before, or that somebody asked whether it is completed, does not block; nor does a stream
/// that may be memory. What cannot be told is not reported.
/// </remarks>
internal static class BlockingCalls
{
    /// <summary>All in the order of the text.</summary>
    /// <param name="root">The operation of the handler's declaration.</param>
    public static IEnumerable<BlockingCall> Find(IOperation root)
    {
        var found = new List<BlockingCall>();
        foreach (IOperation operation in HandlerBody.OperationsOf(root))
        {
            BlockingCall? call = operation switch
            {
                IPropertyReferenceOperation property => OfProperty(property, root.Syntax),
                IInvocationOperation invocation => OfInvocation(invocation, root.Syntax),
                _ => null,
            };
            if (call is not null)
                found.Add(call);
        }

        return found.OrderBy(call => call.Span.Start);
    }

    private static BlockingCall? OfProperty(IPropertyReferenceOperation property, SyntaxNode body) =>
        property.Property.Name == "Result" && IsTask(property.Property.ContainingType)
        && property.Instance is { } task && !TaskState.IsSettled(task, body)
        && property.Syntax is ExpressionSyntax node && NameOf(node) is { } name
            ? new BlockingCall(node, name.Span, ShownReceiver(node) + ".Result", AwaitOf(node), BlockingKind.Task)
            : null;

    private static BlockingCall? OfInvocation(IInvocationOperation call, SyntaxNode body)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call.Syntax is not InvocationExpressionSyntax node || NameOf(node.Expression) is not { } name)
            return null;
        string shown = method.ContainingType.Name + "." + method.Name;
        switch (method.Name)
        {
            case "Wait" when IsTask(method.ContainingType) && call.Instance is { } task:
                return TaskState.IsSettled(task, body)
                    ? null
                    : new BlockingCall(node, name.Span, ShownReceiver(node.Expression) + ".Wait()",
                        AwaitOf(node.Expression), BlockingKind.Task);
            case "GetResult" when TaskState.TaskOfAwaiter(call) is { } awaited:
                return TaskState.IsSettled(awaited, body)
                    ? null
                    : OfAwaiter(node, name.Span);
            case "Sleep" when method.ContainingType.Name == "Thread"
                && TypeNames.IsIn(method.ContainingType, "System", "Threading"):
                return new BlockingCall(node, name.Span, shown, "await Task.Delay(…)", BlockingKind.Sleep);
            case "WaitAll" when IsTask(method.ContainingType):
                return new BlockingCall(node, name.Span, shown, "await Task.WhenAll(…)", BlockingKind.WaitAll);
            case "WaitAny" when IsTask(method.ContainingType):
                return new BlockingCall(node, name.Span, shown, "await Task.WhenAny(…)", BlockingKind.WaitAny);
        }

        if (AsyncTwin.Find(call) is not { } twin)
            return null;
        string wayOut = twin == BlockingKind.Sequence ? "await foreach over " : "await ";
        return new BlockingCall(node, name.Span, shown, $"{wayOut}{name}Async(…)", twin);
    }

    /// <summary><c>task.GetAwaiter().GetResult()</c>, whose receiver is the awaiter and not the task.</summary>
    private static BlockingCall OfAwaiter(InvocationExpressionSyntax node, TextSpan place)
    {
        string task = node.Expression is MemberAccessExpressionSyntax
            {
                Expression: InvocationExpressionSyntax { Expression: { } getAwaiter },
            }
            ? ShownReceiver(getAwaiter)
            : "the task";
        return new BlockingCall(
            node, place, task + ".GetAwaiter().GetResult()", "await " + task, BlockingKind.Task);
    }

    private static bool IsTask(INamedTypeSymbol type) =>
        type.Name is "Task" or "ValueTask" && TypeNames.IsIn(type, "System", "Threading", "Tasks");

    private static SyntaxToken? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier,
        SimpleNameSyntax simple => simple.Identifier,
        _ => null,
    };

    private static string AwaitOf(ExpressionSyntax access) => "await " + ShownReceiver(access);

    private static string ShownReceiver(ExpressionSyntax access)
    {
        const int lengthMax = 40;
        string text = access is MemberAccessExpressionSyntax member ? member.Expression.ToString() : "the task";
        return text.Length <= lengthMax && text.IndexOf('\n') < 0 ? text : "the task";
    }
}
