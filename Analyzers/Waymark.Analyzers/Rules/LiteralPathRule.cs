using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Links;
using Waymark.Analyzers.Places;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM4002, WM4003: looks at literal paths where a URL is taken: one that a link makes, and one that leads nowhere.
/// </summary>
/// <remarks>A string that does not start with a slash, or is no argument of a call, ends it at once.</remarks>
internal static class LiteralPathRule
{
    public static void Check(SyntaxNodeAnalysisContext context, Lazy<RouteSet> routes)
    {
        var expression = (ExpressionSyntax)context.Node;
        SemanticModel model = context.SemanticModel;
        if (expression.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax }
            || UrlText.Of(expression) is not { } url
            || UrlUse.Of(expression, model, context.CancellationToken) is not { } use
            || routes.Value.Served.Count == 0)
        {
            return;
        }

        LinkIndex links = routes.Value.Links;
        if (links.FindOnly(url, use.Verb ?? "GET", model) is { } link
            && links.CallOf(link, model, expression.SpanStart) is { } call)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                LinkDescriptors.LiteralPath, expression.GetLocation(),
                Place.Nothing.Add(Place.SuggestionProperty, call),
                $"{expression} is the path of a route of this project, and stays as it is when the template changes: " +
                $"write '{call}'."));
            return;
        }

        // What another server answers is not known here, nor what a host mounts beside a library.
        bool isCertain = use.IsOwn && expression is LiteralExpressionSyntax
            && context.Compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary;
        if (!isCertain || url.Path is not { } path || routes.Value.Paths.FindMeant(path) is not { } meant)
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            LinkDescriptors.UnknownPath, expression.GetLocation(),
            Place.Nothing.Add(Place.NameProperty, path).Add(Place.SuggestionProperty, meant),
            $"No route of this project answers \"{path}\", so that the client is sent to a 404: did you mean " +
            $"\"{meant}\"?"));
    }
}
