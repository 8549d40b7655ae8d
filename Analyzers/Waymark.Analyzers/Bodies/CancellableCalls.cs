using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Bodies;

/// <summary>A call that a handler waits for, and that a token could end.</summary>
/// <param name="Node">The call.</param>
/// <param name="Span">The name in it.</param>
/// <param name="Shown">As a message names it: <c>HttpClient.GetStringAsync</c>.</param>
/// <param name="Parameter">What the token's parameter is called.</param>
/// <param name="IsLast">True where the token can stand behind the arguments that are there, without its name.</param>
internal sealed record CancellableCall(
    InvocationExpressionSyntax Node, TextSpan Span, string Shown, string Parameter, bool IsLast);

/// <summary>
/// Finds the calls that a handler awaits, or returns the task of, without the token that they would take.
/// </summary>
/// <remarks>
/// A call takes one where its method has an optional parameter for it, or an overload that differs in nothing but one
/// more parameter at the end. Calls in <c>catch</c> and <c>finally</c> are left alone: what is cleaned up there should
/// be cleaned up for a client that has gone as well. So are those in lambdas and local functions.
/// </remarks>
internal static class CancellableCalls
{
    /// <summary>All in the order of the text.</summary>
    /// <param name="root">The operation of the handler's declaration.</param>
    public static IEnumerable<CancellableCall> Find(IOperation root)
    {
        var found = new List<CancellableCall>();
        var pending = new Stack<IOperation>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation or ICatchClauseOperation)
                continue;
            if (CallOf(operation) is { } call && Of(call) is { } cancellable)
                found.Add(cancellable);
            IOperation? skipped = (operation as ITryOperation)?.Finally;
            foreach (IOperation child in operation.ChildOperations)
            {
                if (child != skipped)
                    pending.Push(child);
            }
        }

        return found.OrderBy(call => call.Span.Start);
    }

    /// <summary>True for the type of a token.</summary>
    public static bool IsToken(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "CancellationToken" } named
        && TypeNames.IsIn(named, "System", "Threading");

    /// <summary>True for the type of what can be awaited.</summary>
    public static bool IsTask(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask" } named
        && TypeNames.IsIn(named, "System", "Threading", "Tasks");

    /// <summary>The call that an operation waits for: <c>await</c>, <c>await foreach</c> and <c>return</c>.</summary>
    private static IInvocationOperation? CallOf(IOperation operation)
    {
        IOperation? awaited = operation switch
        {
            IAwaitOperation wait => wait.Operation,
            IForEachLoopOperation { IsAsynchronous: true } loop => loop.Collection,
            IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } when IsTask(value.Type) => value,
            _ => null,
        };
        if (awaited is null)
            return null;
        awaited = HandlerBody.Unwrap(awaited);
        if (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
            awaited = HandlerBody.Unwrap(configured.Instance ?? configured.Arguments[0].Value);
        return awaited as IInvocationOperation;
    }

    private static CancellableCall? Of(IInvocationOperation call)
    {
        if (call.Syntax is not InvocationExpressionSyntax node || node.Expression is not (
            MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or SimpleNameSyntax))
        {
            return null;
        }

        SimpleNameSyntax name = node.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => (SimpleNameSyntax)node.Expression,
        };
        int omitted = 0;
        string? parameter = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            bool isToken = IsToken(argument.Parameter?.Type);
            // A token is passed, be it one that never ends: that was meant.
            if (isToken && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return null;
            if (isToken)
                parameter = argument.Parameter!.Name;
            else if (argument.ArgumentKind != ArgumentKind.Explicit)
                omitted++;
        }

        if (parameter is null)
            parameter = FindOverload(call.TargetMethod);
        if (parameter is null)
            return null;
        bool isLast = omitted == 0 && node.ArgumentList.Arguments.All(argument => argument.NameColon is null);
        string shown = call.TargetMethod.ContainingType.Name + "." + call.TargetMethod.Name;
        return new CancellableCall(node, name.Span, shown, parameter, isLast);
    }

    /// <summary>The token's parameter in the overload that has one more; null where there is none.</summary>
    private static string? FindOverload(IMethodSymbol called)
    {
        IMethodSymbol method = called.ReducedFrom ?? called;
        if (method.Parameters.LastOrDefault() is { IsParams: true } || method.MethodKind == MethodKind.LocalFunction)
            return null;
        foreach (IMethodSymbol other in method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>())
        {
            if (other.Parameters.Length == method.Parameters.Length + 1
                && other.IsStatic == method.IsStatic && other.Arity == method.Arity
                && IsAtLeast(other, method)
                && other.Parameters[other.Parameters.Length - 1] is { RefKind: RefKind.None } last
                && IsToken(last.Type) && HasSameShape(other, method))
            {
                return last.Name;
            }
        }

        return null;
    }

    private static bool HasSameShape(IMethodSymbol other, IMethodSymbol method)
    {
        // The same type parameters have to be the same symbols before the types can be compared.
        IMethodSymbol mine = method.OriginalDefinition;
        IMethodSymbol theirs = other.OriginalDefinition;
        if (theirs.Arity > 0)
            theirs = theirs.Construct([.. mine.TypeParameters]);
        if (!SymbolEqualityComparer.Default.Equals(theirs.ReturnType, mine.ReturnType))
            return false;
        for (int index = 0; index < mine.Parameters.Length; index++)
        {
            if (mine.Parameters[index].RefKind != theirs.Parameters[index].RefKind
                || !SymbolEqualityComparer.Default.Equals(mine.Parameters[index].Type, theirs.Parameters[index].Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where whoever calls the one can call the other.</summary>
    private static bool IsAtLeast(IMethodSymbol other, IMethodSymbol method) =>
        other.DeclaredAccessibility == Accessibility.Public
        || other.DeclaredAccessibility == method.DeclaredAccessibility;
}
