using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2030: makes a handler static that uses no instance.</summary>
internal sealed class MakeStatic : EditFix
{
    public override string Key => "WM2030.static";

    public override string TitleOf(FixTarget target) => "Make the handler static";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        // A method of a hierarchy has a contract, one that uses its instance has state: neither is undone by a word.
        if (target.Method is not { } method
            || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol
            || symbol.IsOverride || symbol.IsVirtual || symbol.IsAbstract
            || UsesInstance(target.Model, method))
        {
            return Edits();
        }

        // Behind the accessibility, before everything else: the order that the style rules expect.
        SyntaxToken next = method.Modifiers
            .FirstOrDefault(modifier => !SyntaxFacts.IsAccessibilityModifier(modifier.Kind()));
        int position = next.IsKind(SyntaxKind.None) ? method.ReturnType.SpanStart : next.SpanStart;
        return Edits(target.Insert(position, "static "));
    }

    private static bool UsesInstance(SemanticModel model, MethodDeclarationSyntax method)
    {
        SyntaxNode? body = (SyntaxNode?)method.Body ?? method.ExpressionBody?.Expression;
        if (body is null)
            return false;
        DataFlowAnalysis? flow = body is ExpressionSyntax expression
            ? model.AnalyzeDataFlow(expression)
            : model.AnalyzeDataFlow((StatementSyntax)body);
        return flow is not { Succeeded: true }
            || flow.ReadInside.Concat(flow.WrittenInside).Any(used => used is IParameterSymbol { IsThis: true });
    }
}

/// <summary>WM2031: makes a handler, the types around it and the types in its signature internal.</summary>
internal sealed class MakeInternal : TriedFix
{
    public override string Key => "WM2031.internal";

    public override string TitleOf(FixTarget target) => "Make the handler and its types internal";

    // What a handler answers as JSON is looked at when a context could list it.
    protected override IReadOnlyList<string> Uncovers => ["WM3001"];

    protected override Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop) =>
        Edits([.. targets.SelectMany(target => FindEdits(target, stop)).Distinct()]);

    private static List<SourceEdit> FindEdits(FixTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method || target.Model.GetDeclaredSymbol(method, stop) is not { } symbol)
            return [];
        var hidden = new List<ISymbol>();
        AddHidden(symbol, hidden);
        AddHiddenTypes(symbol.ReturnType, hidden);
        foreach (IParameterSymbol parameter in symbol.Parameters)
            AddHiddenTypes(parameter.Type, hidden);

        // Two types of one name, which the compiler may report in a document that is not touched.
        if (hidden.Exists(IsOneOfSeveral))
            return [];
        var edits = new List<SourceEdit>();
        foreach (SyntaxReference reference in hidden.SelectMany(item => item.DeclaringSyntaxReferences).Distinct())
        {
            if (target.Document.Project.Solution.GetDocument(reference.SyntaxTree) is { } document
                && reference.GetSyntax(stop) is MemberDeclarationSyntax declaration)
            {
                edits.AddRange(EditsOf(document.Id, declaration));
            }
        }

        return edits;
    }

    private static bool IsOneOfSeveral(ISymbol symbol) => symbol is INamedTypeSymbol { IsFileLocal: true } type
        && type.ContainingNamespace.GetTypeMembers(type.Name, type.Arity).Length > 1;

    private static void AddHidden(ISymbol? symbol, List<ISymbol> hidden)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            bool isHidden = symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected
                or Accessibility.ProtectedAndInternal || symbol is INamedTypeSymbol { IsFileLocal: true };
            if (isHidden && !symbol.DeclaringSyntaxReferences.IsEmpty)
                hidden.Add(symbol);
        }
    }

    private static void AddHiddenTypes(ITypeSymbol type, List<ISymbol> hidden)
    {
        if (type is IArrayTypeSymbol array)
            AddHiddenTypes(array.ElementType, hidden);
        if (type is not INamedTypeSymbol named)
            return;
        AddHidden(named.OriginalDefinition, hidden);
        foreach (ITypeSymbol argument in named.TypeArguments)
            AddHiddenTypes(argument, hidden);
    }

    private static IEnumerable<SourceEdit> EditsOf(DocumentId document, MemberDeclarationSyntax declaration)
    {
        List<SyntaxToken> access =
        [
            .. declaration.Modifiers.Where(modifier =>
                SyntaxFacts.IsAccessibilityModifier(modifier.Kind()) || modifier.IsKind(SyntaxKind.FileKeyword)),
        ];
        if (access.Count > 0)
        {
            yield return new SourceEdit(
                document, TextSpan.FromBounds(access[0].SpanStart, access[access.Count - 1].Span.End),
                "internal");
            yield break;
        }

        // Part of a partial type may say nothing where another part does; the compiler accepts it said twice alike.
        int position = declaration.Modifiers.Count > 0 ? declaration.Modifiers[0].SpanStart : declaration switch
        {
            TypeDeclarationSyntax type => type.Keyword.SpanStart,
            EnumDeclarationSyntax enumeration => enumeration.EnumKeyword.SpanStart,
            MethodDeclarationSyntax method => method.ReturnType.SpanStart,
            _ => -1,
        };
        if (position >= 0)
            yield return new SourceEdit(document, new TextSpan(position, 0), "internal ");
    }
}

/// <summary>WM2033: lets an <c>async void</c> handler return <c>ValueTask</c>.</summary>
internal sealed class ReturnValueTask : EditFix
{
    private const string Space = "System.Threading.Tasks";

    public override string Key => "WM2033.valuetask";

    public override string TitleOf(FixTarget target) => "Return ValueTask";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop)
    {
        if (target.Method is not { } method)
            return Edits();
        SourceEdit result = target.Replace(method.ReturnType.Span, "ValueTask");
        return Usings.Add(target, method.SpanStart, "ValueTask", Space) is { } import
            ? Edits(import, result)
            : Edits(result);
    }
}
