using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Extraction;

/// <summary>What only all parameters of a handler together can get wrong.</summary>
internal static class ParameterChecks
{
    /// <summary>Adds the problems.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="verb">The verb of the route.</param>
    /// <param name="template">The template.</param>
    /// <param name="parameters">Those that could be bound.</param>
    /// <param name="isWhole">True where all could.</param>
    /// <param name="problems">Takes the problems.</param>
    public static void Check(
        IMethodSymbol method,
        string verb,
        Template template,
        List<ParameterModel> parameters,
        bool isWhole,
        ImmutableArray<Problem>.Builder problems)
    {
        var leaves = new List<(ParameterModel Leaf, string Parameter)>();
        foreach (ParameterModel parameter in parameters)
            leaves.AddRange(parameter.Leaves.Select(leaf => (leaf, parameter.Name)));
        CheckCaptures(method, template, leaves, isWhole, problems);
        CheckBodies(method, verb, leaves, problems);
        CheckNames(leaves, problems);
    }

    private static void CheckCaptures(
        IMethodSymbol method,
        Template template,
        List<(ParameterModel Leaf, string Parameter)> leaves,
        bool isWhole,
        ImmutableArray<Problem>.Builder problems)
    {
        foreach (Part capture in template.Captures)
        {
            // A name that starts with an underscore says that the value is not wanted; one without a name is WM1003.
            if (capture.Text.Length == 0 || capture.Text[0] == '_')
                continue;
            if (leaves.Exists(leaf => leaf.Leaf.Source == ParameterSource.Path && leaf.Leaf.Key == capture.Text))
                continue;
            // A parameter of the name was refused for its type, or a type that could not be taken apart may hold it.
            if (method.Parameters.Any(parameter =>
                    (SourceReader.Explicit(parameter.GetAttributes())?.Key ?? parameter.Name) == capture.Text)
                || (!isWhole && method.Parameters.Any(parameter => SourceReader.Gathers(parameter.Type))))
                continue;
            string sigil = capture.Kind == PartKind.CatchAll ? "*" : ":";
            problems.Add(Problem.InTemplate(
                "WM2001", capture.Start, capture.Length,
                $"No parameter of '{method.Name}' takes '{sigil}{capture.Text}' of \"{template.Text}\": add one, " +
                $"or write '{sigil}_{capture.Text}' to ignore the value."));
        }
    }

    private static void CheckBodies(
        IMethodSymbol method,
        string verb,
        List<(ParameterModel Leaf, string Parameter)> leaves,
        ImmutableArray<Problem>.Builder problems)
    {
        List<(ParameterModel Leaf, string Parameter)> bodies =
            leaves.FindAll(leaf => leaf.Leaf.Source == ParameterSource.Body);
        foreach ((ParameterModel extra, string parameter) in bodies.Skip(1))
        {
            problems.Add(Problem.AtParameter(
                "WM2007", parameter,
                $"'{method.Name}' takes its body twice, as '{bodies[0].Leaf.Name}' and as '{extra.Name}': a request " +
                "has one body. Put both into one record."));
        }

        List<(ParameterModel Leaf, string Parameter)> fields =
            leaves.FindAll(leaf => leaf.Leaf.Source is ParameterSource.Form or ParameterSource.File);
        if (fields.Count == 0)
            return;
        if (bodies.Count > 0)
        {
            problems.Add(Problem.AtParameter(
                "WM2009", bodies[0].Parameter,
                $"'{method.Name}' takes the body as '{bodies[0].Leaf.Name}' and as a form ('{fields[0].Leaf.Name}'): " +
                "a request has one body. Take everything from the form, or everything from the body."));
        }

        if (verb is "GET" or "HEAD")
        {
            problems.Add(Problem.AtParameter(
                "WM2022", fields[0].Parameter,
                $"'{fields[0].Leaf.Name}' comes from a form, and {verb} has no body (RFC 9110 section 9.3.1): use " +
                "[Post], or [Query]."));
        }
    }

    private static void CheckNames(
        List<(ParameterModel Leaf, string Parameter)> leaves, ImmutableArray<Problem>.Builder problems)
    {
        var seen = new Dictionary<(ParameterSource, string), string>();
        foreach ((ParameterModel leaf, string parameter) in leaves)
        {
            if (leaf.Source is not (ParameterSource.Path or ParameterSource.Query or ParameterSource.Header
                or ParameterSource.Cookie or ParameterSource.Form or ParameterSource.File))
                continue;
            string key = leaf.Source == ParameterSource.Header ? leaf.Key.ToLowerInvariant() : leaf.Key;
            ParameterSource source = leaf.Source == ParameterSource.File ? ParameterSource.Form : leaf.Source;
            if (seen.TryGetValue((source, key), out string? first))
            {
                problems.Add(Problem.AtParameter(
                    "WM2017", parameter,
                    $"'{leaf.Name}' and '{first}' are both read from '{leaf.Key}' of the " +
                    $"{source.ToString().ToLowerInvariant()}: take the value once, or read one of " +
                    $"them by another name with [{source}(\"…\")]."));
            }
            else
            {
                seen.Add((source, key), leaf.Name);
            }
        }
    }
}
