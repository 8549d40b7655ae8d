using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Refactorings.AspNet;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Refactorings.Handlers;

/// <summary>Gives a handler that answers in several ways the union of them as its type.</summary>
internal sealed class ReturnUnion : Refactoring
{
    public const string Key = "handler.results";

    private const int CasesMax = 6;

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        MethodDeclarationSyntax? method = target.Method ?? target.Tokens
            .Select(token => token.Parent?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } around
                && around.ReturnType.Span.Contains(token.Span) ? around : null)
            .FirstOrDefault(found => found is not null);
        if (method is null || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol
            || !RouteReader.ReadAll(symbol).Any()
            || ((SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression) is not { } body
            || CasesOf(target, body) is not { } cases
            || IsUnionOf(symbol.ReturnType, cases))
        {
            return None;
        }

        var names = new LibraryNames(target, method.SpanStart);
        string union = $"{names.Of("Results")}<" + string.Join(
            ", ", cases.Select(type => type.ToMinimalDisplayString(target.Model, method.SpanStart))) + ">";
        bool isTask = symbol.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask" };
        // A task that is handed on holds what it holds.
        if (isTask != symbol.IsAsync)
            return None;
        string type = isTask ? $"{symbol.ReturnType.Name}<{union}>" : union;
        IReadOnlyList<Proposal> proposals = await ProposeAsync(
            target, Key, $"Return '{type}'", names.With([target.Replace(method.ReturnType.Span, type)]), stop)
            .ConfigureAwait(false);
        if (proposals.Count == 0)
            return None;
        Solution changed = await JsonTypes.ListAsync(
            proposals[0].Changed,
            target.Document.Id,
            other => other.Name == symbol.Name && other.ContainingType.Name == symbol.ContainingType.Name,
            stop).ConfigureAwait(false);
        return [proposals[0] with { Changed = changed }];
    }

    /// <summary>True for the union of exactly these cases: their order is its author's.</summary>
    private static bool IsUnionOf(ITypeSymbol type, List<ITypeSymbol> cases)
    {
        if (type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var awaited] })
            type = awaited;
        return type is INamedTypeSymbol { Name: "Results" } union && TypeNames.IsIn(union, KnownNames.RouteNamespace)
            && union.TypeArguments.Length == cases.Count
            && cases.TrueForAll(item => union.TypeArguments.Contains(item, SymbolEqualityComparer.Default));
    }

    /// <summary>The types that are returned; null where a union of them says nothing or cannot be.</summary>
    private static List<ITypeSymbol>? CasesOf(CursorTarget target, SyntaxNode body)
    {
        var cases = new List<ITypeSymbol>();
        bool hasResult = false;
        foreach (ExpressionSyntax answer in Answers.Of(body))
        {
            TypeInfo info = target.Model.GetTypeInfo(answer);
            // No conversion leads from an interface into a union, and null is no case of one.
            if (info.Type is not { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Array } type
                || type.IsAnonymousType || info.Nullability.FlowState == NullableFlowState.MaybeNull)
            {
                return null;
            }

            type = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
            bool isOurs = type is INamedTypeSymbol named && TypeNames.IsIn(named, KnownNames.RouteNamespace);
            if (isOurs && type.Name == "Results")
                return null;
            hasResult |= isOurs && type.AllInterfaces.Any(other => other.Name == "IAnswer");
            if (!cases.Any(other => SymbolEqualityComparer.Default.Equals(other, type)))
                cases.Add(type);
        }

        return hasResult && cases.Count is >= 2 and <= CasesMax ? cases : null;
    }
}
