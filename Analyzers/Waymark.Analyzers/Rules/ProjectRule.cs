using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>WM5012, WM6002: what is wrong with the project around the routes.</summary>
internal static class ProjectRule
{
    private const string TableClass = "Routes";

    /// <summary>
    /// WM6002: generated code is C# 12. Reported at the first route, since a project has no place of its own.
    /// </summary>
    public static void CheckLanguage(
        SymbolAnalysisContext context, IReadOnlyList<RouteEntry> entries, RouteSet routes)
    {
        if (context.Compilation is not CSharpCompilation { LanguageVersion: < LanguageVersion.CSharp12 } compilation
            || !entries.Contains(routes.First))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            ProjectDescriptors.LanguageVersion, Place.OfSymbol(entries[0].Method),
            $"This project is compiled as C# {compilation.LanguageVersion.ToDisplayString()}, and the generated " +
            "route table needs 12 or later: write <LangVersion>12</LangVersion> in the project file, or remove its " +
            "LangVersion, as net8.0 and later have that by default."));
    }

    /// <summary>
    /// WM5012: a program whose sources never name <c>Routes</c> serves none of them. Reported where it starts.
    /// </summary>
    public static void CheckUse(SyntaxNodeAnalysisContext context, Lazy<RouteSet> routes)
    {
        var unit = (CompilationUnitSyntax)context.Node;
        Compilation compilation = context.Compilation;
        // A library's table is for others to use.
        if (compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
            || compilation.GetEntryPoint(context.CancellationToken) is not { } start
            || !start.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == unit.SyntaxTree)
            || routes.Value.Served.Count == 0
            || IsForOthers(compilation.Assembly)
            || compilation.SyntaxTrees.Any(tree => !IsOurOwn(tree) && NamesTable(tree, context.CancellationToken)))
        {
            return;
        }

        Location place = unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault() is { } first
            ? FirstLineOf(first)
            : Place.OfSymbol(start);
        int count = routes.Value.Served.Count;
        context.ReportDiagnostic(Diagnostic.Create(
            ProjectDescriptors.UnusedTable, place,
            $"This program has {count} route{(count == 1 ? "" : "s")} and never names 'Routes', so that nothing " +
            "serves them: write 'await using var server = new HttpServer(Routes.Table);' and " +
            "'return await server.RunAsync(args);'."));
    }

    /// <summary>Tests of the program, or a host that mounts it, may serve its table.</summary>
    private static bool IsForOthers(IAssemblySymbol assembly) => assembly.GetAttributes().Any(attribute =>
        attribute.AttributeClass is { } type
        && (type.Name == "InternalsVisibleToAttribute"
            || (type.Name is "ExportRoutesAttribute" or "MountAttribute"
                && TypeNames.IsIn(type, KnownNames.RouteNamespace))));

    /// <summary>What our generator wrote names the table, of course.</summary>
    private static bool IsOurOwn(SyntaxTree tree) => tree.FilePath.Contains("Waymark.Generator.RouteGenerator");

    /// <remarks>The word in the text, comments included: where in doubt, the table is used.</remarks>
    private static bool NamesTable(SyntaxTree tree, CancellationToken stop)
    {
        string text = tree.GetText(stop).ToString();
        for (int index = text.IndexOf(TableClass, StringComparison.Ordinal); index >= 0;
            index = text.IndexOf(TableClass, index + 1, StringComparison.Ordinal))
        {
            int end = index + TableClass.Length;
            if ((index == 0 || !SyntaxFacts.IsIdentifierPartCharacter(text[index - 1]))
                && (end == text.Length || !SyntaxFacts.IsIdentifierPartCharacter(text[end])))
                return true;
        }

        return false;
    }

    private static Location FirstLineOf(SyntaxNode node)
    {
        SourceText text = node.SyntaxTree.GetText();
        int end = Math.Min(node.Span.End, text.Lines.GetLineFromPosition(node.SpanStart).End);
        return Location.Create(node.SyntaxTree, TextSpan.FromBounds(node.SpanStart, end));
    }
}
