using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>WM5003: reports a service that a handler needs and that the program's only set of them lacks.</summary>
internal static class ServiceRule
{
    public static void Check(
        SymbolAnalysisContext context,
        IMethodSymbol method,
        IReadOnlyList<RouteEntry> entries,
        Lazy<ISet<string>?> services)
    {
        foreach (ParameterModel parameter in entries[0].Route.Handler.Parameters)
        {
            foreach (ParameterModel leaf in parameter.Leaves)
            {
                if (leaf.Source != ParameterSource.Service || leaf.IsOptional
                    || services.Value is not { } known || known.Contains(leaf.TypeName)
                    || method.Parameters.FirstOrDefault(other => other.Name == parameter.Name) is not { } place)
                {
                    continue;
                }

                string type = leaf.TypeName.Replace("global::", "");
                context.ReportDiagnostic(Diagnostic.Create(
                    CompositionDescriptors.MissingService, Place.OfSymbol(place),
                    $"'{method.Name}' takes the service '{type}', and the ServiceSet of this program has none, so " +
                    $"that the server does not start: add one to the set, or make '{place.Name}' nullable."));
            }
        }
    }

    /// <summary>The types in the set of a program; null where they cannot be told from its text.</summary>
    /// <remarks>
    /// They can where the word ServiceSet stands in the program once, as in
    /// <c>Services = new ServiceSet { new Clock() }</c>: then nobody adds to it, and there is no other.
    /// </remarks>
    public static ISet<string>? FindServices(Compilation compilation, CancellationToken stop)
    {
        if (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication))
            return null;
        ObjectCreationExpressionSyntax? only = null;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            // Most files do not hold the word.
            if (!tree.GetText(stop).ToString().Contains("ServiceSet"))
                continue;
            foreach (SyntaxToken token in tree.GetRoot(stop).DescendantTokens())
            {
                if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != "ServiceSet")
                    continue;
                if (only is not null || token.Parent?.Parent is not ObjectCreationExpressionSyntax
                    {
                        Parent: AssignmentExpressionSyntax { Left: var left },
                    } made
                    || left is not (IdentifierNameSyntax { Identifier.ValueText: "Services" }
                        or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Services" }))
                {
                    return null;
                }

                only = made;
            }
        }

        return only is null ? null : TypesIn(only, compilation, stop);
    }

    private static HashSet<string>? TypesIn(
        ObjectCreationExpressionSyntax made, Compilation compilation, CancellationToken stop)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
#pragma warning disable RS1030 // One file, once in a compilation: no rule is called for what lies in another one.
        SemanticModel model = compilation.GetSemanticModel(made.SyntaxTree);
#pragma warning restore RS1030
        foreach (ExpressionSyntax element in made.Initializer?.Expressions ?? default)
        {
            if (model.GetCollectionInitializerSymbolInfo(element, stop).Symbol
                is not IMethodSymbol { TypeArguments: [{ } type] })
            {
                return null;
            }

            types.Add(TypeNames.Qualified(type));
        }

        return types;
    }
}
