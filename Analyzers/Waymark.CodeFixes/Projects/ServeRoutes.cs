using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Projects;

/// <summary>WM5012: starts a server behind the last statement of the program.</summary>
internal sealed class ServeRoutes : EditFix
{
    public override string Key => "WM5012.serve";

    public override string TitleOf(FixTarget target) => "Serve the routes";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        List<GlobalStatementSyntax> statements = [.. target.Root.ChildNodes().OfType<GlobalStatementSyntax>()];
        // What returns by itself, or has a server that is filled in some other way, is left to its author.
        bool isPlain = statements.Count > 0
            && !statements.SelectMany(statement => statement.DescendantNodes(
                    node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
                .OfType<ReturnStatementSyntax>().Any()
            && !target.Root.DescendantTokens().Any(token => token.ValueText is "server" or "HttpServer");
        if (!isPlain)
            return Edits();
        string newline = Usings.NewlineOf(target);
        int position = statements[statements.Count - 1].Span.End;
        SourceEdit edit = target.Insert(
            position,
            $"{newline}{newline}await using var server = new HttpServer(Routes.Table);{newline}" +
            "return await server.RunAsync(args);");
        return Usings.Add(target, position, "HttpServer", "Waymark") is { } import ? Edits(import, edit) : Edits(edit);
    }
}
