using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Json;

/// <summary>
/// WM3001: lists a type in the project's JSON context, or writes a context below the handler's class.
/// </summary>
internal sealed class ListJsonType : EditFix
{
    private const string Space = "System.Text.Json.Serialization";

    public override string Key => "WM3001.list";

    public override string TitleOf(FixTarget target) =>
        $"List '{target.Name.Replace("global::", "")}' in a JsonSerializerContext";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public override async Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        if (targets.Count == 0)
            return [];
        // 'object' is not to be listed: see the rule.
        IEnumerable<string> types = targets.Select(target => target.Name).Where(name => name.Length > 0);
        return await FindAsync(targets[0], targets[0].Span.Start, types, stop).ConfigureAwait(false);
    }

    /// <summary>The edits that list types, whoever asks for it.</summary>
    /// <param name="target">The document of a handler.</param>
    /// <param name="position">
    /// A place in the handler's class, below which a context is written where there is none.
    /// </param>
    /// <param name="types">As the models name them.</param>
    /// <param name="stop">Ends the search.</param>
    public static async Task<IReadOnlyList<SourceEdit>> FindAsync(
        EditTarget target, int position, IEnumerable<string> types, CancellationToken stop)
    {
        List<string> sorted = [.. types.Distinct().OrderBy(name => name, StringComparer.Ordinal)];
        if (sorted.Count == 0)
            return [];
        INamedTypeSymbol? context = FindContext(target.Model.Compilation.Assembly.GlobalNamespace);
        return context is null
            ? Create(target, position, sorted)
            : await ExtendAsync(target, context, sorted, stop).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<SourceEdit>> ExtendAsync(
        EditTarget target, INamedTypeSymbol context, List<string> types, CancellationToken stop)
    {
        SyntaxReference reference = context.DeclaringSyntaxReferences[0];
        if (target.Document.Project.GetDocument(reference.SyntaxTree) is not { } document
            || await EditTarget.FindAsync(document, stop).ConfigureAwait(false) is not { } place
            || await reference.GetSyntaxAsync(stop).ConfigureAwait(false) is not TypeDeclarationSyntax declaration)
        {
            return [];
        }

        // Behind the attributes that are there already, each on a line of its own.
        int position = declaration.Modifiers.Count > 0
            ? declaration.Modifiers[0].SpanStart
            : declaration.Keyword.SpanStart;
        string indentation = place.IndentationAt(declaration.SpanStart);
        string newline = Usings.NewlineOf(place);
        string text = string.Concat(types.Select(type =>
            AttributeFor(place, declaration.SpanStart, type) + newline + indentation));
        SourceEdit edit = place.Insert(position, text);
        return Usings.Add(place, declaration.SpanStart, "JsonSerializableAttribute", Space) is { } import
            ? [import, edit]
            : [edit];
    }

    private static List<SourceEdit> Create(EditTarget target, int position, List<string> types)
    {
        TypeDeclarationSyntax? outermost = target.Root.FindToken(position).Parent?
            .AncestorsAndSelf().OfType<TypeDeclarationSyntax>().LastOrDefault();
        if (outermost is null)
            return [];
        string indentation = target.IndentationAt(outermost.SpanStart);
        string newline = Usings.NewlineOf(target);
        string start = newline + indentation;
        string name = "AppJson";
        for (int number = 2; IsTaken(target, outermost.SpanStart, name); number++)
            name = "AppJson" + number;
        string attributes = string.Concat(types.Select(type =>
            start + AttributeFor(target, outermost.SpanStart, type)));
        SourceEdit edit = target.Insert(
            outermost.Span.End,
            $"{newline}{attributes}{start}internal sealed partial class {name} : JsonSerializerContext;");
        return Usings.Add(target, outermost.SpanStart, "JsonSerializerContext", Space) is { } import
            ? [import, edit]
            : [edit];
    }

    private static bool IsTaken(EditTarget target, int position, string name) =>
        !target.Model.LookupNamespacesAndTypes(position, name: name).IsEmpty;

    private static string AttributeFor(EditTarget place, int position, string type)
    {
        TypeSyntax syntax = SyntaxFactory.ParseTypeName(type);
        ITypeSymbol? symbol = place.Model
            .GetSpeculativeTypeInfo(position, syntax, SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
        string shown = symbol is null or IErrorTypeSymbol ? type : symbol.ToMinimalDisplayString(place.Model, position);
        return $"[JsonSerializable(typeof({shown}))]";
    }

    private static INamedTypeSymbol? FindContext(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type && JsonContextReader.IsUsable(type))
                return type;
            if (member is INamespaceOrTypeSymbol inner && FindContext(inner) is { } found)
                return found;
        }

        return null;
    }
}
