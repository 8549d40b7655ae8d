using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Links;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM4002, WM4003: looks at literal paths where a URL is taken: one that a link makes, and one that leads nowhere.
/// </summary>
/// <remarks>A string that does not start with a slash, or is no argument of a call, ends it at once.</remarks>
internal static class LiteralPathRule
{
    private static readonly string[] UrlNames = ["location", "url", "href", "requestUri", "redirectUrl", "redirectUri"];

    private static readonly string[] Verbs = ["Get", "Post", "Put", "Delete", "Patch"];

    public static void Check(SyntaxNodeAnalysisContext context, Lazy<RouteSet> routes)
    {
        var expression = (ExpressionSyntax)context.Node;
        if (!StartsWithSlash(expression)
            || expression.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
            || FindUse(context, call, argument) is not { } use
            || routes.Value.Served.Count == 0
            || LiteralPath.Read(expression) is not { } path)
        {
            return;
        }

        LinkIndex links = routes.Value.Links;
        if (links.FindLink(path, use.Verb, hole => TypeOf(context, hole)) is { } link)
        {
            string source = $"{link.Method}({string.Join(", ", link.Arguments)})";
            context.ReportDiagnostic(Diagnostic.Create(
                LinkDescriptors.LiteralPath, expression.GetLocation(),
                Place.Nothing.Add(Place.SuggestionProperty, source),
                $"{expression} is the path of a route of this project, and stays as it is when the template changes: " +
                $"write '{source}'."));
            return;
        }

        // What another server answers is not known here, nor what a host mounts beside a library.
        bool isCertain = use.IsOwn && expression is LiteralExpressionSyntax && links.IsWhole
            && context.Compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary;
        string text = path.Template.Text.Replace("::", ":");
        if (!isCertain || links.IsAnswered(path) || links.FindClosest(path) is not { } closest || links.MayBeOwn(text))
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            LinkDescriptors.UnknownPath, expression.GetLocation(),
            Place.Nothing.Add(Place.NameProperty, text).Add(Place.SuggestionProperty, closest.Replace("::", ":")),
            $"No route of this project answers \"{text}\", so that the client is sent to a 404: did you mean " +
            $"\"{closest.Replace("::", ":")}\"?"));
    }

    private static bool StartsWithSlash(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText.StartsWith("/", StringComparison.Ordinal),
        InterpolatedStringExpressionSyntax { Contents: [InterpolatedStringTextSyntax first, ..] } =>
            first.TextToken.ValueText.StartsWith("/", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>What the string is for; null where it is not known to be a URL.</summary>
    private static (string Verb, bool IsOwn)? FindUse(
        SyntaxNodeAnalysisContext context, InvocationExpressionSyntax call, ArgumentSyntax argument)
    {
        if (context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method
            || ParameterOf(method, call, argument) is not { Type.Name: "String" or "Uri" } parameter
            || !UrlNames.Contains(parameter.Name, StringComparer.Ordinal))
        {
            return null;
        }

        INamedTypeSymbol type = method.ContainingType;
        if (type.Name == "Results" && TypeNames.IsIn(type, KnownNames.RouteNamespace))
            return ("GET", true);
        if (type.Name is "HttpClient" or "HttpClientJsonExtensions")
            return VerbOf(method.Name) is { } verb ? (verb, false) : null;
        return ("GET", false);
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

    private static string? TypeOf(SyntaxNodeAnalysisContext context, ExpressionSyntax hole) =>
        context.SemanticModel.GetTypeInfo(hole, context.CancellationToken).Type is { } type
            ? TypeNames.Qualified(type)
            : null;
}
