using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;
using Waymark.CodeFixes.Refactorings.AspNet;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.CodeFixes.Refactorings.Handlers;

/// <summary>Gathers what a handler takes from the query in a record with <c>[Bind]</c> behind it.</summary>
internal sealed class GatherQuery : Refactoring
{
    public const string Key = "handler.bind";

    private const int ColumnMax = 120;
    private const string Step = "    ";

    public override async Task<IReadOnlyList<Proposal>> FindAsync(CursorTarget target, CancellationToken stop)
    {
        if (target.Method is not { Parent: TypeDeclarationSyntax } method
            || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol
            || QueryOf(method, symbol) is not { Count: > 1 } gathered
            || await References.ExistOutsideAsync(symbol, target.Solution, method, stop).ConfigureAwait(false))
        {
            return None;
        }

        string type = FreeName(symbol.Name + "Query", name =>
            !target.Model.LookupNamespacesAndTypes(method.SpanStart, name: name).IsEmpty);
        var taken = new HashSet<string>(
            method.DescendantTokens().Select(token => token.ValueText), StringComparer.Ordinal);
        string query = FreeName("query", taken.Contains);
        if (Uses(target.Model, method, symbol, gathered, query) is not { } uses)
            return None;
        var names = new LibraryNames(target, method.SpanStart);
        var edits = new List<SourceEdit>
        {
            target.Replace(gathered[0].Span, $"{type} {query}"),
            target.Insert(method.Span.End, Declare(target, names, method, type, gathered)),
        };
        edits.AddRange(uses.Select(use => target.Replace(use.Span, use.Text)));
        SeparatedSyntaxList<ParameterSyntax> parameters = method.ParameterList.Parameters;
        foreach (ParameterSyntax moved in gathered.Skip(1))
        {
            ParameterSyntax before = parameters[parameters.IndexOf(moved) - 1];
            edits.Add(target.Replace(TextSpan.FromBounds(before.Span.End, moved.Span.End), ""));
        }

        return await ProposeAsync(
            target, Key, $"Gather the query in the record '{type}'", names.With(edits), stop).ConfigureAwait(false);
    }

    /// <summary>
    /// The parameters that come from the query in every route; null where one cannot become a member of its name.
    /// </summary>
    private static List<ParameterSyntax>? QueryOf(MethodDeclarationSyntax method, IMethodSymbol symbol)
    {
        List<RouteModel> routes = [.. RouteReader.ReadAll(symbol).Select(pair => pair.Route)];
        if (routes.Count == 0 || method.ParameterList.DescendantTrivia().Any(IsComment))
            return null;
        List<ParameterSyntax> gathered = [.. method.ParameterList.Parameters.Where(parameter =>
            routes.TrueForAll(route => route.Handler.Parameters.Any(model =>
                model.Name == parameter.Identifier.ValueText && model.Source == ParameterSource.Query)))];
        if (gathered.Count == 0)
            return null;
        // The record itself is not optional, so it goes before what is.
        int first = method.ParameterList.Parameters.IndexOf(gathered[0]);
        bool isBehindOptional = method.ParameterList.Parameters.Take(first).Any(other => other.Default is not null);
        // A member is looked for in camel case; what is documented by name stays where its documentation is.
        string comment = method.GetLeadingTrivia().ToFullString();
        return isBehindOptional || gathered.Exists(parameter => !char.IsLower(parameter.Identifier.ValueText[0])
            || parameter.Modifiers.Count > 0
            || comment.IndexOf($"name=\"{parameter.Identifier.ValueText}\"", StringComparison.Ordinal) >= 0)
            ? null
            : gathered;
    }

    /// <summary>What the uses of the parameters become; null where one asks for the name.</summary>
    private static List<(TextSpan Span, string Text)>? Uses(
        SemanticModel model,
        MethodDeclarationSyntax method,
        IMethodSymbol symbol,
        List<ParameterSyntax> gathered,
        string query)
    {
        var uses = new List<(TextSpan, string)>();
        foreach (IdentifierNameSyntax name in method.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (!gathered.Exists(parameter => parameter.Identifier.ValueText == name.Identifier.ValueText)
                || model.GetSymbolInfo(name).Symbol is not IParameterSymbol used
                || !SymbolEqualityComparer.Default.Equals(used.ContainingSymbol, symbol))
            {
                continue;
            }

            // An anonymous object and a tuple take the names of their members from here.
            bool namesMember = name.Parent is AnonymousObjectMemberDeclaratorSyntax { NameEquals: null }
                or ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax };
            bool isNamed = namesMember || name.Ancestors().OfType<InvocationExpressionSyntax>()
                .Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });
            if (isNamed)
                return null;
            uses.Add((name.Span, query + "." + Capitalized(name.Identifier.ValueText)));
        }

        return uses;
    }

    private static string Declare(
        EditTarget target,
        LibraryNames names,
        MethodDeclarationSyntax method,
        string type,
        List<ParameterSyntax> gathered)
    {
        string newline = Usings.NewlineOf(target);
        string start = newline + target.IndentationAt(method.SpanStart);
        string access = method.Modifiers.Any(SyntaxKind.PublicKeyword) ? "public" : "internal";
        List<string> members = gathered.ConvertAll(parameter => target.Text.ToString(
            TextSpan.FromBounds(parameter.SpanStart, parameter.Identifier.SpanStart))
            + Capitalized(parameter.Identifier.ValueText)
            + target.Text.ToString(TextSpan.FromBounds(parameter.Identifier.Span.End, parameter.Span.End)));
        string head = $"{access} sealed record {type}(";
        string line = head + string.Join(", ", members) + ");";
        bool fits = start.Length + line.Length <= ColumnMax;
        return newline + start + $"[{names.OfAttribute("Bind")}]" + start
            + (fits ? line : head + start + Step + string.Join("," + start + Step, members) + ");");
    }

    private static string FreeName(string name, Func<string, bool> isTaken)
    {
        string free = name;
        for (int number = 2; isTaken(free); number++)
            free = name + number;
        return free;
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind()
        is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    private static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
