using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Waymark.CodeFixes.Editing;

namespace Waymark.CodeFixes.Templates;

/// <summary>
/// WM1015: takes a query or fragment out of a template and adds a handler parameter for each name in it.
/// </summary>
/// <remarks>The parameters are optional, as what is left out of a query is: <c>?page=1</c> is <c>int page = 1</c>.
/// </remarks>
internal sealed class MoveToQuery : EditFix
{
    private static readonly Regex Query = new(
        @"^\?(?:[A-Za-z_][\w-]*(?:=[^&#""\\{}]*)?(?:&|(?=#|$)))*(?:#.*)?$|^#[^""\\{}]*$",
        RegexOptions.CultureInvariant);

    public override string Key => "WM1015.query";

    public override string TitleOf(FixTarget target) => target.Marked.StartsWith("#", StringComparison.Ordinal)
        ? "Leave out the fragment"
        : "Make the query a matter of parameters";

    public override Task<IReadOnlyList<SourceEdit>> FindEditsAsync(FixTarget target, CancellationToken stop) =>
        FindAllEditsAsync([target], stop);

    public override Task<IReadOnlyList<SourceEdit>> FindAllEditsAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        // Two templates of one method may name the same value.
        foreach (IGrouping<(DocumentId, TextSpan?), FixTarget> inMethod in targets
            .Where(target => target.IsExact && target.Method is not null && Query.IsMatch(target.Marked))
            .GroupBy(target => (target.Document.Id, target.Method?.Span)))
        {
            FixTarget first = inMethod.First();
            edits.AddRange(inMethod.Select(target => target.Replace(target.Span, "")));
            edits.AddRange(Add(first, first.Method!, inMethod.SelectMany(ValuesOf)));
        }

        return Task.FromResult<IReadOnlyList<SourceEdit>>(edits);
    }

    private static IEnumerable<(string Name, string Value)> ValuesOf(FixTarget target) =>
        target.Marked[0] == '#' ? [] : target.Marked.Split('#')[0].Substring(1)
            .Split('&')
            .Where(pair => pair.Length > 0)
            .Select(pair => (pair.Split('=')[0], pair.Substring(Math.Min(pair.Length, pair.IndexOf('=') < 0
                ? pair.Length
                : pair.IndexOf('=') + 1))));

    private static IEnumerable<SourceEdit> Add(
        FixTarget target, MethodDeclarationSyntax method, IEnumerable<(string Name, string Value)> values)
    {
        SeparatedSyntaxList<ParameterSyntax> present = method.ParameterList.Parameters;
        var taken = new HashSet<string>(
            present.Select(parameter => parameter.Identifier.ValueText), StringComparer.OrdinalIgnoreCase);
        List<string> added = [];
        foreach ((string name, string value) in values)
        {
            // A parameter of that name takes the value as it is.
            string identifier = CamelCase(name);
            if (taken.Add(identifier))
                added.Add(TextOf(target, method, name, identifier, value));
        }

        if (added.Count == 0)
            yield break;
        if (Usings.Add(target, method.SpanStart, "QueryAttribute", "Waymark") is { } import)
            yield return import;
        string text = string.Join(", ", added);
        yield return present.Count == 0
            ? target.Insert(method.ParameterList.OpenParenToken.Span.End, text)
            : target.Insert(present[present.Count - 1].Span.End, ", " + text);
    }

    private static string TextOf(
        FixTarget target, MethodDeclarationSyntax method, string name, string identifier, string value)
    {
        string attribute = identifier == name ? "[Query]" : $"[Query(\"{name}\")]";
        string safe = SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None ? identifier : "@" + identifier;
        if (Regex.IsMatch(value, "^-?[0-9]{1,9}$"))
            return $"{attribute} int {safe} = {value}";
        if (value is "true" or "false")
            return $"{attribute} bool {safe} = {value}";
        if (Regex.IsMatch(value, "^[A-Za-z][A-Za-z0-9_-]*$"))
            return $"{attribute} string {safe} = \"{value}\"";
        bool isMarked = target.Model.GetNullableContext(method.SpanStart).AnnotationsEnabled();
        return $"{attribute} string{(isMarked ? "?" : "")} {safe} = null";
    }

    private static string CamelCase(string name) => Regex.Replace(
        name, "-+(.?)", match => match.Groups[1].Value.ToUpperInvariant());
}
