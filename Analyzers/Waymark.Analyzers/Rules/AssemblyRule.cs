using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM5001, WM5009-WM5011, WM5014, WM5015, and what is wrong with the prefix of the assembly's group: at the attribute
/// that says it.
/// </summary>
/// <remarks>Called for attribute lists, since no symbol action runs for an assembly.</remarks>
internal static class AssemblyRule
{
    public static void Check(SyntaxNodeAnalysisContext context, Lazy<RouteSet> routes)
    {
        var list = (AttributeListSyntax)context.Node;
        // Most attribute lists belong to a type or a member.
        if (list.Target is null || !list.Target.Identifier.IsKind(SyntaxKind.AssemblyKeyword))
            return;

        foreach (AttributeData attribute in context.Compilation.Assembly.GetAttributes())
        {
            if (attribute.ApplicationSyntaxReference is not { } reference
                || reference.SyntaxTree != list.SyntaxTree || !list.Span.Contains(reference.Span))
            {
                continue;
            }

            if (attribute.AttributeClass is { Name: "GroupAttribute" })
                GroupRule.Report(context.ReportDiagnostic, context.Compilation.Assembly, attribute, routes.Value);
            else if (attribute.AttributeClass is { Name: "MountAttribute" })
                CheckMount(context, attribute, routes.Value.Conflicts);
            else if (MiddlewareReader.IsMiddleware(attribute))
                MiddlewareRule.CheckAssembly(context, attribute, routes.Value);
        }
    }

    private static void CheckMount(SyntaxNodeAnalysisContext context, AttributeData attribute, RouteConflicts conflicts)
    {
        Location place = Place.OfAttribute(attribute);
        foreach ((AttributeData known, MountModel mount) in conflicts.Mounts)
        {
            // Another mount, or one that is sound.
            if (!known.Equals(attribute) || mount.Problem is not { } problem)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(AllDescriptors.Of(problem.Id), place, problem.Message));
        }

        foreach (RouteConflict conflict in conflicts.Of(attribute))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                AllDescriptors.Of(conflict.Id), place, conflict.Others, conflict.Message));
        }
    }
}
