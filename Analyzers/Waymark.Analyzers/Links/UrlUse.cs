using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Links;

/// <summary>What a string is for that is an argument where a URL is taken.</summary>
/// <param name="Verb">The method of the request that it ends in; null where that is not known.</param>
/// <param name="IsOwn">True where this server sends a client there.</param>
internal sealed record UrlUse(string? Verb, bool IsOwn)
{
    private static readonly string[] UrlNames = ["location", "url", "href", "requestUri", "redirectUrl", "redirectUri"];

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch"];

    /// <summary>Reads the call that a string is an argument of; null where it is not known to be a URL.</summary>
    public static UrlUse? Of(ExpressionSyntax expression, SemanticModel model, CancellationToken stop)
    {
        if (expression.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
            || model.GetSymbolInfo(call, stop).Symbol is not IMethodSymbol method
            || ParameterOf(method, call, argument) is not { Type.Name: "String" or "Uri" } parameter
            || !UrlNames.Contains(parameter.Name, StringComparer.Ordinal))
        {
            return null;
        }

        INamedTypeSymbol type = method.ContainingType;
        if (type.Name == "Results" && TypeNames.IsIn(type, KnownNames.RouteNamespace))
            return new UrlUse("GET", true);
        if (type.Name is "HttpClient" or "HttpClientJsonExtensions")
            return VerbOf(method.Name) is { } verb ? new UrlUse(verb, false) : null;
        return new UrlUse(null, false);
    }

    private static string? VerbOf(string method) => Verbs
        .FirstOrDefault(verb => method.StartsWith(verb, StringComparison.Ordinal))?.ToUpperInvariant();

    private static IParameterSymbol? ParameterOf(
        IMethodSymbol method, InvocationExpressionSyntax call, ArgumentSyntax argument)
    {
        if (argument.NameColon is { } name)
            return method.Parameters.FirstOrDefault(found => found.Name == name.Name.Identifier.ValueText);
        int index = call.ArgumentList.Arguments.IndexOf(argument);
        return index < method.Parameters.Length ? method.Parameters[index] : null;
    }
}
