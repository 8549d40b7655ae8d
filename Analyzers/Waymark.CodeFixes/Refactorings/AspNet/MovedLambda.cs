using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Makes a method of a lambda: in the class around it, or in a class below the top-level statements.</summary>
internal static class MovedLambda
{
    private const string ClassName = "Handlers";
    private const string Step = "    ";
    private const int ColumnMax = 120;

    /// <summary>Null where the lambda needs something that a static method has not, or has no equal.</summary>
    public static NewHandler? Move(
        EditTarget target,
        MapCall call,
        LambdaExpressionSyntax lambda,
        IReadOnlyList<string> captures,
        IReadOnlyList<string> comments)
    {
        if (target.Model.GetSymbolInfo(lambda).Symbol is not IMethodSymbol symbol || Captures(target.Model, lambda)
            || lambda.AttributeLists.Count > 0 || HasCommentBeforeBlock(lambda)
            || Holder.Find(target, call.Statement, ClassName) is not { } holder)
        {
            return null;
        }

        List<ParameterSyntax> list = lambda is ParenthesizedLambdaExpressionSyntax { ParameterList: { } declared }
            ? [.. declared.Parameters]
            : [];
        if (lambda is SimpleLambdaExpressionSyntax)
            return null;
        var names = new LibraryNames(target, holder.Position);
        AspParameters? parameters = AspParameters.Read(target, names, list, call.Verbs, captures, isAction: false);
        if (parameters is null || AspTemplate.Convert(call.Template, parameters.Find) is not { } template)
            return null;
        AspResults? results = AspResults.Read(
            target, names, lambda.Body, symbol.ReturnType, symbol.IsAsync, isAction: false, holder.Position);
        if (results is null)
            return null;
        List<SourceEdit> edits = [.. parameters.Edits, .. results.Edits];
        if (AspNames.IsUsedIn(target.Model, lambda, [.. edits.Select(edit => edit.Span)]))
            return null;

        string name = HandlerName.Of(call.Verbs[0], template, holder.IsTaken);
        string head = $"internal static {(symbol.IsAsync ? "async " : "")}{results.Type} {name}";
        string newline = Usings.NewlineOf(target);
        string from = target.IndentationAt(call.Statement.SpanStart);
        string start = newline + holder.Indentation;
        head += ParametersOf(target, lambda, edits, from, holder.Indentation);
        string method = holder.Indentation + string.Concat(comments.Select(comment => comment + start))
            + RouteText.Of(names, call.Verbs, template, newline, holder.Indentation)
            + head + BodyOf(target, lambda, edits, from, holder.Indentation, newline, head.Length);
        SourceEdit declaration = target.Insert(holder.Position, holder.Wrap(method, newline));
        return new NewHandler(
            target.Document.Id, holder.TypeName, name, template, results.Note, names.With([declaration]));
    }

    private static string ParametersOf(
        EditTarget target, LambdaExpressionSyntax lambda, List<SourceEdit> edits, string from, string to)
    {
        ParameterListSyntax list = ((ParenthesizedLambdaExpressionSyntax)lambda).ParameterList;
        return MovedText.Take(target, list.Span, edits, from, to);
    }

    private static string BodyOf(
        EditTarget target,
        LambdaExpressionSyntax lambda,
        List<SourceEdit> edits,
        string from,
        string to,
        string newline,
        int headLength)
    {
        if (lambda.Block is { } block)
        {
            string blockFrom = target.IndentationAt(block.CloseBraceToken.SpanStart);
            return newline + to + MovedText.Take(target, block.Span, edits, blockFrom, to);
        }

        string text = MovedText.Take(
            target, TextSpan.FromBounds(lambda.ArrowToken.Span.End, lambda.Body.Span.End), edits, from, to);
        bool fits = text.IndexOf('\n') >= 0
            || to.Length + headLength + " =>".Length + text.Length + ";".Length <= ColumnMax;
        return (fits ? " =>" + text : " =>" + newline + to + Step + text.TrimStart()) + ";";
    }

    /// <summary>True where a lambda uses what lives outside of it and is not static.</summary>
    private static bool Captures(SemanticModel model, LambdaExpressionSyntax lambda)
    {
        DataFlowAnalysis? flow = model.AnalyzeDataFlow(lambda);
        return flow is not { Succeeded: true }
            || flow.ReadInside.Concat(flow.WrittenInside).Concat(flow.UsedLocalFunctions)
                .Any(used => !used.DeclaringSyntaxReferences.Any(reference => lambda.Span.Contains(reference.Span)));
    }

    /// <summary>True for a comment between the parameters and the braces, where a method has no arrow.</summary>
    private static bool HasCommentBeforeBlock(LambdaExpressionSyntax lambda) => lambda.Block is { } block
        && lambda.DescendantTrivia().Any(trivia => trivia.ToString().StartsWith("/", StringComparison.Ordinal)
            && trivia.SpanStart < block.SpanStart && trivia.SpanStart > lambda.ArrowToken.GetPreviousToken().SpanStart);
}

/// <summary>The class that a new method goes into.</summary>
/// <param name="TypeName">Its name.</param>
/// <param name="Position">Where the method is inserted.</param>
/// <param name="Indentation">The blanks before a member of it.</param>
/// <param name="Before">What stands before the method: the head of a class that is new.</param>
/// <param name="After">What stands behind it.</param>
/// <param name="Type">The class; null for a new one.</param>
internal sealed record Holder(
    string TypeName, int Position, string Indentation, string Before, string After, INamedTypeSymbol? Type)
{
    private const string Step = "    ";

    public bool IsTaken(string name) => name == TypeName || Type?.GetMembers(name).IsEmpty == false;

    public string Wrap(string method, string newline) =>
        Before.Replace("\n", newline) + method + After.Replace("\n", newline);

    /// <summary>The class around a statement, or one below the top-level statements.</summary>
    public static Holder? Find(EditTarget target, StatementSyntax statement, string className)
    {
        if (statement.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            return null;
        if (member is not GlobalStatementSyntax)
        {
            return member.Parent is TypeDeclarationSyntax around
                && target.Model.GetDeclaredSymbol(around) is INamedTypeSymbol type && RouteText.CanHold(type)
                ? new Holder(
                    type.Name, member.Span.End, target.IndentationAt(member.SpanStart), "\n\n", "", type)
                : null;
        }

        var unit = (CompilationUnitSyntax)target.Root;
        ClassDeclarationSyntax? present = unit.Members.OfType<ClassDeclarationSyntax>().FirstOrDefault(other =>
            other.Identifier.ValueText == className && other.Modifiers.Any(SyntaxKind.StaticKeyword)
            && other.Members.Count > 0);
        if (present is not null)
        {
            return new Holder(
                className, present.Members[present.Members.Count - 1].Span.End, Step, "\n\n", "",
                target.Model.GetDeclaredSymbol(present));
        }

        string name = className;
        // The statement itself goes, and what follows it in its line.
        bool isLast = unit.Members[unit.Members.Count - 1] == member;
        int end = isLast ? unit.Span.End : unit.Members[unit.Members.Count - 1].Span.End;
        for (int number = 2; !target.Model.LookupNamespacesAndTypes(end, name: name).IsEmpty; number++)
            name = className + number;
        string head = $"{(isLast ? "" : "\n")}\ninternal static class {name}\n{{\n";
        return new Holder(name, end, Step, head, "\n}", null);
    }
}
