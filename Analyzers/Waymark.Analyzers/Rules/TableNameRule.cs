using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM6004: reports a type that has the name of the generated table and is not a part of it.</summary>
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
        string space = attributes.IsExported ? attributes.ExportedNamespace ?? RootNamespaceOf(context.Options) : "";
        string own = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        // Another name, or a project for which no table is generated.
        if (own != space || !(attributes.IsExported || routes.Value.HasRoutes))
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
