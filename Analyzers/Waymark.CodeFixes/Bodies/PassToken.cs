using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Bodies;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Bodies;

/// <summary>WM2014: passes the token of the request, and takes it first where the handler does not.</summary>
internal sealed class PassToken : TriedFix
{
    private static readonly string[] Names = ["ct", "stop", "cancellationToken"];

    public override string Key => "WM2014.pass";

    public override string TitleOf(FixTarget target) => TokenOf(target, CancellationToken.None) is { } token
        ? $"Pass '{token}'"
        : "Add 'CancellationToken ct', and pass it";

    protected override async Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach ((FixTarget first, MethodDeclarationSyntax method, IMethodSymbol symbol, IReadOnlyList<FixTarget> all)
            in ByMethod(targets, stop))
        {
            if (first.Model.GetOperation(method, stop) is not { } operation)
                continue;

            List<CancellableCall> calls = [.. CancellableCalls.Find(operation)];
            if (TokenOf(first, stop) is { } token)
            {
                var places = new HashSet<TextSpan>(all.Select(target => target.Span));
                edits.AddRange(
                    calls.Where(call => places.Contains(call.Span)).Select(call => Pass(first, call, token)));
            }
            else if (symbol.PartialDefinitionPart is null && symbol.PartialImplementationPart is null
                && !await Trial.IsCalledAsync(first, symbol, stop).ConfigureAwait(false))
            {
                string name = Names.FirstOrDefault(candidate => IsFree(method, candidate)) ?? "requestAborted";
                edits.AddRange(AddParameter(first, method, name));
                edits.AddRange(calls.Select(call => Pass(first, call, name)));
            }
        }

        return edits;
    }

    private static string? TokenOf(FixTarget target, CancellationToken stop) =>
        target.Method is { } method && target.Model.GetDeclaredSymbol(method, stop) is { } symbol
            ? RequestToken.Of(symbol)
            : null;

    private static bool IsFree(MethodDeclarationSyntax method, string name) => !method.DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name);

    private static SourceEdit Pass(FixTarget target, CancellableCall call, string token)
    {
        ArgumentListSyntax list = call.Node.ArgumentList;
        string argument = call.IsLast ? token : $"{call.Parameter}: {token}";
        return target.Insert(
            list.CloseParenToken.SpanStart, list.Arguments.Count == 0 ? argument : ", " + argument);
    }

    private static IEnumerable<SourceEdit> AddParameter(FixTarget target, MethodDeclarationSyntax method, string name)
    {
        bool isIterator = HandlerBody.Of(method)!.DescendantNodes(node =>
            node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .Any(node => node is YieldStatementSyntax);
        if (Usings.Add(target, method.SpanStart, "CancellationToken", "System.Threading") is { } import)
            yield return import;
        const string mark = "EnumeratorCancellationAttribute";
        if (isIterator && Usings.Add(target, method.SpanStart, mark, "System.Runtime.CompilerServices") is { } second)
        {
            yield return second;
        }

        // The token of a sequence is the one that its reader gives, and the compiler asks to be told.
        string text = (isIterator ? "[EnumeratorCancellation] " : "") + "CancellationToken " + name;
        SeparatedSyntaxList<ParameterSyntax> present = method.ParameterList.Parameters;
        ParameterSyntax? optional = present.FirstOrDefault(parameter => parameter.Default is not null);
        yield return optional is not null ? target.Insert(optional.SpanStart, text + ", ")
            : present.Count == 0 ? target.Insert(method.ParameterList.OpenParenToken.Span.End, text)
            : target.Insert(present[present.Count - 1].Span.End, ", " + text);
    }
}
