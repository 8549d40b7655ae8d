using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Bodies;

/// <summary>The token that a handler has of its request.</summary>
internal static class RequestToken
{
    /// <summary>
    /// It as source: the first parameter that is a token, or else that of an <c>Exchange</c>; null for neither.
    /// </summary>
    public static string? Of(IMethodSymbol method) =>
        method.Parameters.FirstOrDefault(parameter => CancellableCalls.IsToken(parameter.Type)) is { } token
            ? Identifier(token)
            : method.Parameters.FirstOrDefault(IsExchange) is { } exchange
                ? Identifier(exchange) + ".RequestAborted"
                : null;

    private static bool IsExchange(IParameterSymbol parameter) =>
        parameter.Type is INamedTypeSymbol { Name: "Exchange", Arity: 0 } type
        && TypeNames.IsIn(type, KnownNames.RouteNamespace);

    private static string Identifier(IParameterSymbol parameter) =>
        SyntaxFacts.GetKeywordKind(parameter.Name) == SyntaxKind.None ? parameter.Name : "@" + parameter.Name;
}
