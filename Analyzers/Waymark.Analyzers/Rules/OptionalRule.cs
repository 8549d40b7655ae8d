using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM2005, WM2006: a capture that may be missing and a parameter that cannot say so, or the other way round.
/// </summary>
internal static class OptionalRule
{
    public static void Check(SymbolAnalysisContext context, IMethodSymbol method, IReadOnlyList<RouteEntry> entries)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            List<ParameterModel> models =
                [.. entries.Select(entry => entry.Route.Handler.Parameters[parameter.Ordinal])];
            string? message = ExplainMissing(parameter, models, entries) is { } missing ? missing
                : ExplainNeverNull(method, parameter, models);
            if (message is null)
                continue;
            bool isMissing = models.Exists(model => model.IsOptional);
            context.ReportDiagnostic(Diagnostic.Create(
                isMissing ? BindingDescriptors.MissingCapture : BindingDescriptors.NeverNull,
                Place.OfSymbol(parameter),
                Place.Nothing.Add(Place.NameProperty, parameter.Name),
                message));
        }
    }

    private static string? ExplainMissing(
        IParameterSymbol parameter, List<ParameterModel> models, IReadOnlyList<RouteEntry> entries)
    {
        int index = models.FindIndex(model => model is
        {
            Source: ParameterSource.Path, IsOptional: true, Nullability: Nullability.None, Default: null,
        });
        // A span cannot be null, and where nullable types are off no class can say that it may be.
        if (index < 0 || models[index].Value is { Kind: ValueKind.Utf8Span or ValueKind.CharacterSpan }
            || (parameter.Type.IsReferenceType && parameter.Type.NullableAnnotation == NullableAnnotation.None))
        {
            return null;
        }

        ParameterModel model = models[index];
        bool isText = parameter.Type.SpecialType == SpecialType.System_String;
        // The rest of a path is empty where there is none: that is no other value than what was sent.
        Part capture = entries[index].Template.Captures.ElementAt(model.Depth);
        if (isText && capture.Kind == PartKind.CatchAll)
            return null;
        string type = TypeNames.Shown(parameter.Type);
        string value = isText ? "\"\"" : parameter.Type.IsReferenceType ? "null" : $"default({type})";
        return $"'{Sigil(capture)}{model.Key}' may be missing from the path, and '{type} {parameter.Name}' " +
            $"cannot tell, because it is {value} then: write '{type}? {parameter.Name}', or give it a default value.";
    }

    private static string? ExplainNeverNull(
        IMethodSymbol method, IParameterSymbol parameter, List<ParameterModel> models)
    {
        if (!models.TrueForAll(model => model is { Source: ParameterSource.Path, IsOptional: false }
            && model.Nullability != Nullability.None))
        {
            return null;
        }

        string type = TypeNames.Shown(parameter.Type).TrimEnd('?');
        return $"':{models[0].Key}' stands in every path that '{method.Name}' answers, so '{type}? {parameter.Name}' " +
            $"is never null: write '{type} {parameter.Name}'.";
    }

    private static string Sigil(Part capture) => capture.Kind == PartKind.CatchAll ? "*" : ":";
}
