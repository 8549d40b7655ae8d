using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Templates;

namespace Waymark.CodeFixes.Handlers;

/// <summary>Adds parameters for captures to a handler, in the order of the template.</summary>
/// <remarks>
/// The type is what the constraints of the capture say, so that it takes every value that they let through. Without
/// such a constraint it is <c>string</c>, which takes every capture, while a number would answer 400 to paths that were
/// fine. A required parameter goes before optional ones, as C# demands.
/// </remarks>
internal static class ParameterList
{
    /// <summary>
    /// The captures of all routes and commands of a method, in the order of their templates, each name once.
    /// </summary>
    public static IReadOnlyList<Part> CapturesOf(IMethodSymbol method) =>
        [.. AllCapturesOf(method).GroupBy(capture => capture.Text).Select(group => group.First())];

    /// <summary>The parameter that takes a capture in every route of a method.</summary>
    public static NewParameter ParameterFor(IMethodSymbol method, string name)
    {
        List<Part> captures = [.. AllCapturesOf(method).Where(capture => capture.Text == name)];
        List<string> types = [.. captures.Select(ConstrainedType.Of).Distinct()];
        return new NewParameter(
            name, types.Count == 1 ? types[0] : ConstrainedType.Text, captures.Exists(capture => capture.IsOptional));
    }

    /// <summary>The insertions that add the named parameters.</summary>
    /// <param name="names">In the order of the template.</param>
    /// <param name="order">All captures, in the order of the template, the new ones included.</param>
    public static IReadOnlyList<SourceEdit> Add(
        EditTarget target,
        MethodDeclarationSyntax method,
        IReadOnlyList<NewParameter> names,
        IReadOnlyList<string> order)
    {
        SeparatedSyntaxList<ParameterSyntax> present = method.ParameterList.Parameters;
        var texts = new SortedDictionary<int, List<string>>();
        foreach (NewParameter added in names)
        {
            int index = IndexFor(present, added.Name, added.IsOptional, order);
            if (!texts.TryGetValue(index, out List<string>? list))
                texts[index] = list = [];
            list.Add(TextOf(target, method, added));
        }

        int last = present.Count == 0 ? 0 : present[present.Count - 1].Span.End;
        IEnumerable<SourceEdit> imports =
            names.Any(added => added.Type == ConstrainedType.Guid)
            && Usings.Add(target, method.SpanStart, ConstrainedType.Guid, "System") is { } import
                ? [import]
                : [];
        return
        [
            .. imports,
            .. texts.Select(pair => present.Count == 0
                ? target.Insert(method.ParameterList.OpenParenToken.Span.End, string.Join(", ", pair.Value))
                : pair.Key < present.Count
                    ? target.Insert(present[pair.Key].SpanStart, string.Concat(pair.Value.Select(text => text + ", ")))
                    : target.Insert(last, string.Concat(pair.Value.Select(text => ", " + text)))),
        ];
    }

    private static int IndexFor(
        SeparatedSyntaxList<ParameterSyntax> present, string name, bool isOptional, IReadOnlyList<string> order)
    {
        int rank = IndexOf(order, name);
        int index = 0;
        int required = 0;
        for (int position = 0; position < present.Count; position++)
        {
            ParameterSyntax parameter = present[position];
            int other = IndexOf(order, parameter.Identifier.ValueText);
            if (other >= 0 && other < rank)
                index = position + 1;
            if (parameter.Default is null && !parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
                required = position + 1;
        }

        return isOptional ? Math.Max(index, required) : Math.Min(index, FirstOptional(present));
    }

    private static int FirstOptional(SeparatedSyntaxList<ParameterSyntax> present)
    {
        int index = present.IndexOf(parameter => parameter.Default is not null);
        return index < 0 ? present.Count : index;
    }

    private static int IndexOf(IReadOnlyList<string> order, string name)
    {
        for (int index = 0; index < order.Count; index++)
        {
            if (order[index] == name)
                return index;
        }

        return -1;
    }

    private static string TextOf(EditTarget target, MethodDeclarationSyntax method, NewParameter added)
    {
        string identifier =
            SyntaxFacts.GetKeywordKind(added.Name) == SyntaxKind.None ? added.Name : "@" + added.Name;
        if (!added.IsOptional)
            return added.Type + " " + identifier;
        bool isMarked = added.Type != ConstrainedType.Text
            || target.Model.GetNullableContext(method.SpanStart).AnnotationsEnabled();
        return added.Type + (isMarked ? "? " : " ") + identifier + " = null";
    }

    private static IEnumerable<Part> AllCapturesOf(IMethodSymbol method) => RouteReader.ReadAll(method)
        .SelectMany(pair => TemplateParser.Parse(pair.Route.Template).Captures)
        .Concat(CommandReader.ReadAll(method)
            .SelectMany(pair => CommandTemplateParser.Parse(pair.Command.Template).Path.Captures));
}

/// <summary>A parameter to be added.</summary>
/// <param name="Name">As the template has it.</param>
/// <param name="Type">One that text is parsed into, as source.</param>
/// <param name="IsOptional">True where a route may lack the value.</param>
internal sealed record NewParameter(string Name, string Type, bool IsOptional);
