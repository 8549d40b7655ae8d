using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Bodies;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM2013, WM2014, WM2024, WM3008: reads the code of a handler whose routes are all served.
/// </summary>
/// <remarks>
/// Called for declarations of methods, and asks for the operations of a handler only: an operation block action would
/// have the compiler make those of every method of the project.
/// </remarks>
internal static class HandlerBodyRule
{
    public static void Check(SyntaxNodeAnalysisContext context, Lazy<RouteSet> routes)
    {
        var declaration = (MethodDeclarationSyntax)context.Node;
        // Without an attribute there is no route, unless the other part of a partial method has it.
        if (declaration.AttributeLists.Count == 0 && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            return;
        if (HandlerBody.Of(declaration) is not { } body || body.ContainsDiagnostics
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } method)
        {
            return;
        }

        // A partial method is known by its definition; its parameters may have other names there.
        IReadOnlyList<RouteEntry> entries = routes.Value.Of(method.PartialDefinitionPart ?? method);
        if (entries.Count == 0 || !routes.Value.AreSound(entries))
            return;
        List<string> tokens = [.. method.Parameters
            .Where(parameter => CancellableCalls.IsToken(parameter.Type)).Select(parameter => parameter.Name)];
        var facts = BodyFacts.Of(body, CancellableCalls.IsTask(method.ReturnType), tokens);
        if (tokens.Count > 1)
            CheckTokens(context, method, facts);
        if (!HandlerBody.IsStub(declaration))
            CheckUnread(context, method, entries, facts);
        // Only now the compiler is asked what the code means.
        if (!facts.MayBlock && !facts.MayIgnoreToken)
            return;
        if (context.SemanticModel.GetOperation(declaration, context.CancellationToken) is not { } operation)
            return;
        if (facts.MayIgnoreToken)
            CheckCancellation(context, declaration, method, operation);
        if (facts.MayBlock)
            CheckBlocking(context, declaration, method, operation);
    }

    /// <summary>WM2013: of several tokens one is enough; the first that is read, since that costs no edit.</summary>
    private static void CheckTokens(SyntaxNodeAnalysisContext context, IMethodSymbol method, BodyFacts facts)
    {
        List<IParameterSymbol> tokens =
            [.. method.Parameters.Where(parameter => CancellableCalls.IsToken(parameter.Type))];
        IParameterSymbol kept = tokens.Find(token => facts.Mentions(token.Name)) ?? tokens[0];
        foreach (IParameterSymbol extra in tokens.Where(token => !token.Equals(kept, SymbolEqualityComparer.Default)))
        {
            Report(
                context, BindingDescriptors.SecondToken, extra,
                $"'{method.Name}' takes {tokens.Count} CancellationTokens, and all of them are that of the request: " +
                $"remove '{extra.Name}', and use '{kept.Name}'.");
        }
    }

    /// <summary>WM2024: what is taken from a request and not looked at.</summary>
    private static void CheckUnread(
        SyntaxNodeAnalysisContext context,
        IMethodSymbol method,
        IReadOnlyList<RouteEntry> entries,
        BodyFacts facts)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (facts.Mentions(parameter.Name) || parameter.Name.StartsWith("_", StringComparison.Ordinal))
                continue;
            ParameterModel model = entries[0].Route.Handler.Parameters[parameter.Ordinal];
            // A validation attribute is a use: what it refuses does not reach the handler.
            if (!IsTaken(model.Source) || model.Leaves.Any(leaf => leaf.Rules.Count > 0))
                continue;
            string wayOut = model.Source == ParameterSource.Path
                ? $"remove it and write '{SigilOf(entries[0], model)}_{model.Key}' in the template"
                : "remove it";
            Report(
                context, BindingDescriptors.UnreadParameter, parameter,
                $"'{method.Name}' never reads '{parameter.Name}', which is taken from {PlaceOf(model)} for each " +
                $"request: {wayOut}; or read it, if only as '_ = {parameter.Name};'.");
        }
    }

    /// <summary>WM2014: at each call where there is a token to pass, else once at the handler.</summary>
    private static void CheckCancellation(
        SyntaxNodeAnalysisContext context, MethodDeclarationSyntax declaration, IMethodSymbol method, IOperation body)
    {
        List<CancellableCall> calls = [.. CancellableCalls.Find(body)];
        if (calls.Count == 0)
            return;
        const string consequence = "so it goes on when the client has gone";
        if (RequestToken.Of(method) is not { } token)
        {
            string shown = calls[0].Shown;
            context.ReportDiagnostic(Diagnostic.Create(
                BindingDescriptors.IgnoredCancellation,
                declaration.Identifier.GetLocation(),
                $"'{method.Name}' awaits '{shown}', which takes a CancellationToken, and has none to give, " +
                $"{consequence}: add the parameter 'CancellationToken ct', and pass it."));
            return;
        }

        foreach (CancellableCall call in calls)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                BindingDescriptors.IgnoredCancellation,
                Location.Create(declaration.SyntaxTree, call.Span),
                $"'{call.Shown}' takes a CancellationToken, and '{method.Name}' does not give it that of the " +
                $"request, {consequence}: pass '{token}'."));
        }
    }

    /// <summary>WM3008: at each call.</summary>
    private static void CheckBlocking(
        SyntaxNodeAnalysisContext context, MethodDeclarationSyntax declaration, IMethodSymbol method, IOperation body)
    {
        foreach (BlockingCall call in BlockingCalls.Find(body))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                ResponseDescriptors.BlockingCall,
                Location.Create(declaration.SyntaxTree, call.Span),
                $"'{call.Shown}' keeps a thread of the server waiting in '{method.Name}', and no other request can " +
                $"use it meanwhile: write '{call.WayOut}'."));
        }
    }

    private static void Report(
        SyntaxNodeAnalysisContext context,
        DiagnosticDescriptor descriptor,
        IParameterSymbol parameter,
        string message) =>
        context.ReportDiagnostic(Diagnostic.Create(
            descriptor, Place.OfSymbol(parameter), Place.Nothing.Add(Place.NameProperty, parameter.Name), message));

    private static bool IsTaken(ParameterSource source) => source is ParameterSource.Path or ParameterSource.Query
        or ParameterSource.Header or ParameterSource.Cookie or ParameterSource.Form or ParameterSource.File
        or ParameterSource.Body or ParameterSource.Service or ParameterSource.Members;

    private static string SigilOf(RouteEntry entry, ParameterModel model) =>
        entry.Template.Captures.ElementAt(model.Depth).Kind == Generator.Templates.PartKind.CatchAll ? "*" : ":";

    private static string PlaceOf(ParameterModel model) => model.Source switch
    {
        ParameterSource.Header => "a header field",
        ParameterSource.Cookie => "a cookie",
        ParameterSource.Form or ParameterSource.File => "the form",
        ParameterSource.Service => "the services",
        ParameterSource.Members => "several places",
        _ => "the " + model.Source.ToString().ToLowerInvariant(),
    };
}
