using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.CodeFixes.Handlers;

/// <summary>WM2017: reads the second of two equal values under a name of its own.</summary>
/// <remarks>
/// Its parameter's own name where that is free, else the name that is taken with a number behind it. A capture stands
/// in the template once, so for the path there is none.
/// </remarks>
internal sealed class RenameKey : TriedFix
{
    private static readonly string[] Sources = ["Query", "Header", "Cookie", "Form", "File"];

    public override string Key => "WM2017.rename";

    public override string TitleOf(FixTarget target) =>
        $"Read '{target.Parameter?.Identifier.Text}' under a name of its own";

    protected override Task<IReadOnlyList<SourceEdit>> ProposeAsync(
        IReadOnlyList<FixTarget> targets, CancellationToken stop)
    {
        var edits = new List<SourceEdit>();
        foreach (MethodTargets inMethod in ByMethod(targets, stop))
        {
            if (RouteReader.ReadAll(inMethod.Symbol).FirstOrDefault().Route is not { } route)
                continue;

            var taken = new HashSet<string>(
                route.Handler.Leaves.Select(leaf => leaf.Key), StringComparer.OrdinalIgnoreCase);
            foreach (FixTarget target in inMethod.All)
            {
                ParameterModel? model = route.Handler.Parameters.FirstOrDefault(
                    other => other.Name == target.Parameter?.Identifier.ValueText);
                if (model is not null && Sources.Contains(model.Source.ToString())
                    && EditOf(target, target.Parameter!, model, FreeKey(model, taken)) is { } edit)
                {
                    edits.Add(edit);
                }
            }
        }

        return Edits([.. edits]);
    }

    private static string FreeKey(ParameterModel model, HashSet<string> taken)
    {
        string name = model.Source == ParameterSource.Header ? model.Name.ToLowerInvariant() : model.Name;
        string separator = model.Source == ParameterSource.Header ? "-" : "";
        for (int number = 2; !taken.Add(name); number++)
            name = model.Key + separator + number;
        return name;
    }

    private static SourceEdit? EditOf(FixTarget target, ParameterSyntax parameter, ParameterModel model, string key)
    {
        AttributeSyntax? attribute = Sources
            .Select(source => BodyAttribute.Find(parameter, source)).FirstOrDefault(found => found is not null);
        if (attribute is null)
            return target.Insert(parameter.SpanStart, $"[{model.Source}(\"{key}\")] ");
        if (attribute.ArgumentList is not { Arguments: [{ } argument, ..] })
            return target.Insert(BodyAttribute.NameOf(attribute).Span.End, $"(\"{key}\")");
        return argument.Expression is LiteralExpressionSyntax literal
            ? target.Replace(literal.Span, $"\"{key}\"")
            : null;
    }
}
