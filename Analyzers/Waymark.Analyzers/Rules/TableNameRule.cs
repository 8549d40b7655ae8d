using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM6004: reports a type or namespace that has the name of the generated table and is not a part of it.
/// </summary>
internal static class TableNameRule
{
    private const string Name = "Routes";

    public static void Check(SymbolAnalysisContext context, Lazy<RouteSet> routes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // Nearly every type ends here, before the set is built.
        if (type.Name != Name || type.ContainingType is not null || type.Arity > 0)
            return;
        AssemblyAttributes attributes = SetupAttributes.Read(context.Compilation.Assembly);
        if (!IsTaken(context, attributes, routes))
            return;

        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(context.CancellationToken) is not MemberDeclarationSyntax declaration
                || CanBePart(declaration, attributes.IsExported))
            {
                continue;
            }

            SyntaxToken name = declaration.ChildTokens().FirstOrDefault(token => token.ValueText == Name);
            context.ReportDiagnostic(Diagnostic.Create(
                CompositionDescriptors.TableName,
                name.GetLocation(),
                $"'{type.ToDisplayString()}' is also the name of the generated route table, so neither compiles: " +
                "rename this type or put it into another namespace. To add members to the table, declare a " +
                $"'partial class {Name}' that says nothing else."));
        }
    }

    /// <summary>A namespace is shown in each file that opens it.</summary>
    public static void CheckNamespace(SymbolAnalysisContext context, Lazy<RouteSet> routes)
    {
        var space = (INamespaceSymbol)context.Symbol;
        if (space.Name != Name || !IsTaken(context, SetupAttributes.Read(context.Compilation.Assembly), routes))
            return;
        foreach (Location place in space.Locations.Where(location => location.IsInSource))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                CompositionDescriptors.TableName,
                place,
                $"The namespace '{space.ToDisplayString()}' has the name of the generated route table, so that the " +
                "table does not compile: rename the namespace."));
        }
    }

    /// <summary>False for another place, and for a project for which no table is generated.</summary>
    private static bool IsTaken(
        SymbolAnalysisContext context, AssemblyAttributes attributes, Lazy<RouteSet> routes)
    {
        string space = attributes.IsExported ? attributes.ExportedNamespace ?? RootNamespaceOf(context.Options) : "";
        INamespaceSymbol around = context.Symbol.ContainingNamespace;
        string own = around.IsGlobalNamespace ? "" : around.ToDisplayString();
        return own == space && (attributes.IsExported || routes.Value.HasRoutes);
    }

    /// <summary>True where the compiler joins the declaration with the generated one.</summary>
    private static bool CanBePart(MemberDeclarationSyntax declaration, bool isExported) =>
        declaration is ClassDeclarationSyntax
        && declaration.Modifiers.Any(SyntaxKind.PartialKeyword)
        && declaration.Modifiers.All(modifier =>
            modifier.Kind() is SyntaxKind.PartialKeyword or SyntaxKind.UnsafeKeyword
            || modifier.IsKind(isExported ? SyntaxKind.PublicKeyword : SyntaxKind.InternalKeyword)
            || modifier.IsKind(isExported ? SyntaxKind.SealedKeyword : SyntaxKind.StaticKeyword));

    private static string RootNamespaceOf(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions
            .TryGetValue("build_property.RootNamespace", out string? name)
            ? SetupAttributes.NamespaceOf(name)
            : "";
}
