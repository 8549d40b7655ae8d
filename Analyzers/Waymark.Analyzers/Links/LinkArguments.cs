using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Links;

/// <summary>Reads the values of a link off a path that it makes.</summary>
internal static class LinkArguments
{
    /// <summary>The arguments as C# source, in the order of the link's parameters; null where one is missing.</summary>
    /// <param name="link">The link.</param>
    /// <param name="route">The template that it fills.</param>
    /// <param name="path">The path, which the template matches.</param>
    /// <param name="typeOf">The qualified type of an expression.</param>
    public static IReadOnlyList<string>? Of(
        LinkModel link, Template route, LiteralPath path, Func<ExpressionSyntax, string?> typeOf)
    {
        if (ValuesOf(route, path) is not { } values)
            return null;
        var arguments = new List<string>();
        foreach (LinkParameter parameter in link.Parameters)
        {
            if (parameter.Depth < 0)
            {
                // What the query needs stands nowhere in the path.
                if (!parameter.IsOptional)
                    return null;
                continue;
            }

            if (parameter.IsOptional && parameter.Depth >= values.Count)
                continue;
            // A parameter behind one that was left out would need its name.
            if (parameter.Depth >= values.Count || arguments.Count != parameter.Depth
                || SourceOf(values[parameter.Depth], parameter, path, typeOf) is not { } source)
                return null;
            arguments.Add(source);
        }

        return arguments;
    }

    /// <summary>True where each literal of a template stands in the path, and something at each capture.</summary>
    public static bool Fit(Template route, LiteralPath path) => ValuesOf(route, path) is not null;

    /// <summary>What stands where each capture is: literal text or a hole; null where the forms differ.</summary>
    private static List<Part>? ValuesOf(Template route, LiteralPath path)
    {
        int count = path.Template.Segments.Count;
        // A segment that is optional as a whole may be missing.
        bool isShorter = route.Segments.Count == count + 1
            && route.Segments[count].Parts is [{ Kind: PartKind.Parameter, IsOptional: true }];
        if ((route.Segments.Count != count && !isShorter) || route.HasTrailingSlash != path.Template.HasTrailingSlash)
            return null;
        var values = new List<Part>();
        for (int index = 0; index < count; index++)
        {
            EquatableArray<Part> wanted = route.Segments[index].Parts;
            EquatableArray<Part> written = path.Template.Segments[index].Parts;
            if (wanted.Count != written.Count)
                return null;
            for (int part = 0; part < wanted.Count; part++)
            {
                bool isLiteral = wanted[part].Kind == PartKind.Literal;
                if (wanted[part].Kind == PartKind.CatchAll
                    || (isLiteral && (written[part].Kind != PartKind.Literal
                        || !string.Equals(wanted[part].Text, written[part].Text, StringComparison.OrdinalIgnoreCase))))
                    return null;
                if (!isLiteral)
                    values.Add(written[part]);
            }
        }

        return values;
    }

    private static string? SourceOf(
        Part value, LinkParameter parameter, LiteralPath path, Func<ExpressionSyntax, string?> typeOf)
    {
        if (value.Kind != PartKind.Literal)
        {
            int number = int.Parse(value.Text.Substring(1), CultureInfo.InvariantCulture);
            ExpressionSyntax hole = path.Holes[number];
            return typeOf(hole) == parameter.Type ? hole.ToString() : null;
        }

        return parameter.Type switch
        {
            // An escape would be escaped again.
            "string" when value.Text.IndexOf('%') < 0 => SymbolDisplay.FormatLiteral(value.Text, quote: true),
            "int" when int.TryParse(
                value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                && number.ToString(CultureInfo.InvariantCulture) == value.Text => value.Text,
            "long" when long.TryParse(
                value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number.ToString(CultureInfo.InvariantCulture) == value.Text => value.Text,
            _ => null,
        };
    }
}
