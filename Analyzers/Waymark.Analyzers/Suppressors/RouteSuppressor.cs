using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Suppressors;

/// <summary>Takes back what other analyzers say of handlers because they cannot see the generated code.</summary>
/// <remarks>
/// Only where the routes in question are served: on a route with a mistake the others may be right. The routes are
/// those that the rules look things up in, read once for both (<see cref="RouteSet.Of(Compilation)"/>).
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteSuppressor : DiagnosticSuppressor
{
    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => SuppressionDescriptors.List;

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        // A project without the library has no routes.
        if (RouteSet.FindVerbAttribute(context.Compilation) is null)
            return;
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            SuppressionDescriptor descriptor = SuppressionDescriptors.Of(diagnostic);
            if (IsBesideThePoint(descriptor.Id, diagnostic, context))
                context.ReportSuppression(Suppression.Create(descriptor, diagnostic));
        }
    }

    private static bool IsBesideThePoint(string id, Diagnostic diagnostic, SuppressionAnalysisContext context)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
            return false;
        SyntaxNode node = tree.GetRoot(context.CancellationToken)
            .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        SemanticModel model = context.GetSemanticModel(tree);
        return id switch
        {
            "WMS002" => Declared(node, model, context) is IParameterSymbol parameter
                && (ModelsOf(parameter, context).Any(read => read.Source == ParameterSource.Path)
                    || IsOfCommand(parameter, context)),
            "WMS004" => model.GetSymbolInfo(node, context.CancellationToken).Symbol is IParameterSymbol used
                && ModelsOf(used, context) is [_, ..] models && models.TrueForAll(GatheredTypes.IsNeverNull),
            "WMS005" => Declared(node, model, context) is IMethodSymbol method && LacksOnlyAsync(method, diagnostic)
                && (IsServed(method, context) || IsCommand(method, context)),
            _ => Declared(node, model, context) is IPropertySymbol property && IsFilled(property, context),
        };
    }

    /// <summary>The symbol whose name is marked.</summary>
    private static ISymbol? Declared(SyntaxNode node, SemanticModel model, SuppressionAnalysisContext context) =>
        node is ParameterSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax
            ? model.GetDeclaredSymbol(node, context.CancellationToken)
            : null;

    /// <summary>How each route of a handler binds a parameter; none where one of the routes is not served.</summary>
    private static List<ParameterModel> ModelsOf(IParameterSymbol parameter, SuppressionAnalysisContext context)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || !IsServed(method, context))
            return [];
        return RouteSet.Of(context.Compilation).Of(method)
            .SelectMany(entry => entry.Route.Handler.Parameters)
            .Where(read => read.Name == parameter.Name)
            .ToList();
    }

    private static bool IsServed(IMethodSymbol method, SuppressionAnalysisContext context)
    {
        // Most methods have no attribute: the set is not built for them.
        if (method.GetAttributes().IsEmpty)
            return false;
        RouteSet routes = RouteSet.Of(context.Compilation);
        IReadOnlyList<RouteEntry> entries = routes.Of(method);
        return entries.Count > 0 && entries.All(routes.IsServed);
    }

    /// <summary>True for a parameter that takes a word of each of its method's templates that has it.</summary>
    private static bool IsOfCommand(IParameterSymbol parameter, SuppressionAnalysisContext context) =>
        parameter.ContainingSymbol is IMethodSymbol method && IsCommand(method, context)
        && RouteSet.Of(context.Compilation).Commands.Of(method).Any(entry =>
            entry.Command.Parameters.Any(read => read.Name == parameter.Name && read.Word >= 0));

    private static bool IsCommand(IMethodSymbol method, SuppressionAnalysisContext context) =>
        !method.GetAttributes().IsEmpty && RouteSet.Of(context.Compilation).Commands.AreEmitted(method);

    private static bool IsFilled(IPropertySymbol property, SuppressionAnalysisContext context) =>
        RouteSet.Of(context.Compilation).Gathered.IsFilled(
            TypeNames.Qualified(property.ContainingType), property.Name);

    /// <summary>
    /// True where the name is all right but for the missing suffix. A naming rule may ask for something else, and its
    /// message says what, in the words of the user's language.
    /// </summary>
    private static bool LacksOnlyAsync(IMethodSymbol method, Diagnostic diagnostic) =>
        !method.Name.EndsWith("Async", StringComparison.Ordinal)
        && (diagnostic.Id != "IDE1006"
            || diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("'Async'"));
}
