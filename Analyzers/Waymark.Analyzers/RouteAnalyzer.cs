using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Baseline;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Rules;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers;

/// <summary>Proves the routes of a project while its author types.</summary>
/// <remarks>
/// No state lives here: each compilation gets its own <see cref="RouteSet"/>, built when the first rule asks. A rule
/// reports only what lies in the declaration that it was called for, so that an editor can show it at once for one
/// file.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouteAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => AllDescriptors.List;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // The set reads generated code by itself: a route in it is real. Rules are not called for it, since its author
        // is a program; and most of a project's code may be what the generator emits.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        // A project without the library has no routes.
        if (RouteSet.FindVerbAttribute(context.Compilation) is not { } routeAttribute)
            return;

        Compilation compilation = context.Compilation;
        INamedTypeSymbol? constraintAttribute = RouteSet.FindConstraintAttribute(routeAttribute);
        INamedTypeSymbol? commandAttribute =
            routeAttribute.ContainingAssembly.GetTypeByMetadataName(KnownNames.CommandAttribute);
        var routes = new Lazy<RouteSet>(() => RouteSet.Of(compilation));
        AnalyzerOptions options = context.Options;
        var services = new Lazy<ISet<string>?>(() => ServiceRule.FindServices(compilation, default));
        var news = new Lazy<ApiNews?>(() => ApiNews.Of(options, routes));
        context.RegisterSymbolAction(symbol => AnalyzeMethod(symbol, routes, news, services), SymbolKind.Method);
        context.RegisterAdditionalFileAction(file => BaselineRule.CheckFile(file, routes));
        context.RegisterSymbolAction(symbol => GroupRule.Check(symbol, routes), SymbolKind.NamedType);
        context.RegisterSymbolAction(symbol => MiddlewareRule.CheckType(symbol, routes), SymbolKind.NamedType);
        context.RegisterSymbolAction(symbol => TableNameRule.Check(symbol, routes), SymbolKind.NamedType);
        context.RegisterSymbolAction(symbol => TableNameRule.CheckNamespace(symbol, routes), SymbolKind.Namespace);
        context.RegisterSymbolAction(symbol => ValidationRule.CheckType(symbol, routes), SymbolKind.NamedType);
        context.RegisterSymbolAction(symbol => JsonMemberRule.Check(symbol, routes), SymbolKind.NamedType);
        context.RegisterSymbolAction(
            symbol => ProducesRule.Check(symbol.ReportDiagnostic, symbol.Symbol, symbol.CancellationToken),
            SymbolKind.NamedType);
        context.RegisterSymbolAction(SecurityRule.Check, SymbolKind.NamedType);
        context.RegisterSymbolAction(CommandRule.CheckClass, SymbolKind.NamedType);
        context.RegisterSyntaxNodeAction(StatusRule.CheckCall, SyntaxKind.InvocationExpression);
        context.RegisterSyntaxNodeAction(StatusRule.CheckAssignment, SyntaxKind.SimpleAssignmentExpression);
        context.RegisterSyntaxNodeAction(CorsRule.Check, SyntaxKind.SimpleAssignmentExpression);
        context.RegisterSyntaxNodeAction(
            node => LiteralPathRule.Check(node, routes),
            SyntaxKind.StringLiteralExpression,
            SyntaxKind.InterpolatedStringExpression);
        context.RegisterSyntaxNodeAction(node => ProjectRule.CheckUse(node, routes), SyntaxKind.CompilationUnit);
        context.RegisterSyntaxNodeAction(node => DeferredRule.Check(node, routes), SyntaxKind.MethodDeclaration);
        context.RegisterSyntaxNodeAction(node => AssemblyRule.Check(node, routes), SyntaxKind.AttributeList);
        context.RegisterSyntaxNodeAction(
            node => HandlerBodyRule.Check(node, routes), SyntaxKind.MethodDeclaration);
        context.RegisterSyntaxNodeAction(
            node => LocalFunctionRule.Check(node, routeAttribute, constraintAttribute, commandAttribute),
            SyntaxKind.LocalFunctionStatement,
            SyntaxKind.ParenthesizedLambdaExpression,
            SyntaxKind.SimpleLambdaExpression);
    }

    private static void AnalyzeMethod(
        SymbolAnalysisContext context, Lazy<RouteSet> routes, Lazy<ApiNews?> news, Lazy<ISet<string>?> services)
    {
        var method = (IMethodSymbol)context.Symbol;
        // Without an attribute there is no route: most methods end here, before the set is built.
        if (method.GetAttributes().IsEmpty)
            return;
        // A partial method is looked at once, where it is defined.
        if (method.PartialDefinitionPart is not null)
            return;

        ConstraintRule.Check(context, method, routes.Value);
        MiddlewareRule.CheckMethod(context, method, routes.Value);
        CommandRule.Check(context, method, routes);
        IReadOnlyList<RouteEntry> entries = routes.Value.Of(method);
        if (entries.Count == 0)
            return;
        HandlerRule.Check(context, entries, routes.Value);
        ConflictRule.Check(context, entries, routes.Value);
        JsonRule.Check(context, entries, routes.Value);
        ValidationRule.CheckParameters(context, method);
        LinkRule.Check(context, entries, routes.Value);
        ReachRule.Check(context, entries, routes.Value);
        AdviceRule.Check(context, entries, routes.Value);
        ProducesRule.Check(context.ReportDiagnostic, method, context.CancellationToken);
        SecurityRule.Check(context);
        OutcomeRule.Check(context, entries, routes.Value);
        PolymorphismRule.Check(context, entries, routes.Value);
        DocumentationRule.Check(context, entries, routes.Value);
        BaselineRule.CheckRoutes(context, entries, routes.Value, news);
        ProjectRule.CheckLanguage(context, entries, routes.Value);
        // Advice is for routes that are served: what is wrong comes first.
        if (!routes.Value.AreSound(entries))
            return;
        OptionalRule.Check(context, method, entries);
        BodyVerbRule.Check(context, method, entries);
        ListSourceRule.Check(context, method, entries);
        ParserRule.Check(context, method, entries);
        ServiceRule.Check(context, method, entries, services);
    }
}
