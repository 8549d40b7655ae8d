using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Waymark.Analyzers.Bodies;

/// <summary>What the text of a handler says, read once, without asking what its names mean.</summary>
/// <remarks>
/// To bind a body costs more than all else that is done for a handler: measured 0.05 to 0.15 ms each, where the rest is
/// 0.07 ms. Most bodies hold no name of a blocking call, and pass their token wherever they wait: they are never bound.
/// </remarks>
internal sealed class BodyFacts
{
    private static readonly HashSet<string> Waiting = new(StringComparer.Ordinal)
    {
        "Result", "Wait", "GetResult", "Sleep", "WaitAll", "WaitAny",
    };

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _left = [];

    private BodyFacts()
    {
    }

    /// <summary>True where a name stands in it that a blocking call has.</summary>
    public bool MayBlock { get; private set; }

    /// <summary>True where it waits for a call whose arguments look as if no token was among them.</summary>
    public bool MayIgnoreToken { get; private set; }

    /// <summary>Reads a block or expression.</summary>
    /// <param name="body">The code.</param>
    /// <param name="returnsTask">True where what it returns is waited for.</param>
    /// <param name="tokens">The names of the parameters that are tokens.</param>
    public static BodyFacts Of(SyntaxNode body, bool returnsTask, IReadOnlyList<string> tokens)
    {
        var facts = new BodyFacts();
        foreach (SyntaxNodeOrToken item in body.DescendantNodesAndTokensAndSelf())
        {
            if (item.AsNode() is InvocationExpressionSyntax call)
                facts.MayIgnoreToken |= IsWaitedFor(call, body, returnsTask) && !HasToken(call.ArgumentList, tokens);
            else if (item.IsKind(SyntaxKind.IdentifierToken))
                facts.Add(item.AsToken().ValueText);
        }

        if (body.ContainsDirectives)
        {
            facts._left.AddRange(body.DescendantTrivia()
                .Where(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)).Select(trivia => trivia.ToString()));
        }

        return facts;
    }

    /// <summary>True where the name stands in it, be it in a part that is not compiled.</summary>
    public bool Mentions(string name) =>
        _names.Contains(name) || _left.Exists(text => text.IndexOf(name, StringComparison.Ordinal) >= 0);

    private void Add(string name)
    {
        if (_names.Add(name))
            MayBlock |= Waiting.Contains(name) || AsyncTwin.Names.Contains(name);
    }

    private static bool IsWaitedFor(InvocationExpressionSyntax call, SyntaxNode body, bool returnsTask)
    {
        SyntaxNode node = call;
        while (node != body)
        {
            switch (node.Parent)
            {
                case AwaitExpressionSyntax:
                    return true;
                case ForEachStatementSyntax or ForEachVariableStatementSyntax:
                    return ((CommonForEachStatementSyntax)node.Parent).AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword);
                case ReturnStatementSyntax:
                    return returnsTask;
                // Behind these may come ConfigureAwait, or another branch.
                case ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax or ConditionalExpressionSyntax
                    or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax or CastExpressionSyntax
                    or PostfixUnaryExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax:
                    node = node.Parent;
                    break;
                default:
                    return false;
            }
        }

        return returnsTask;
    }

    private static bool HasToken(ArgumentListSyntax list, IReadOnlyList<string> tokens) =>
        list.Arguments.Any(argument => argument.Expression switch
        {
            LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
            DefaultExpressionSyntax => true,
            MemberAccessExpressionSyntax access =>
                access.Name.Identifier.ValueText is "None" or "Token" or "RequestAborted",
            IdentifierNameSyntax name => tokens.Contains(name.Identifier.ValueText),
            _ => false,
        });
}
