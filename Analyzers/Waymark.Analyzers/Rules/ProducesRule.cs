using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>WM3006: reports a media type of <c>[Produces]</c> that cannot be sent, at the argument.</summary>
internal static class ProducesRule
{
    /// <summary>The attributes of a method or a class themselves.</summary>
    public static void Check(Action<Diagnostic> report, ISymbol owner, CancellationToken stop)
    {
        foreach (AttributeData attribute in owner.GetAttributes())
        {
            if (!MediaTypeReader.IsProduces(attribute))
                continue;
            string[] types = [.. MediaTypeReader.TypesOf(attribute)];
            for (int index = 0; index < types.Length; index++)
            {
                if (MediaTypeReader.FindMistake(types[index]) is { } mistake)
                    report(Create(attribute, types, index, mistake, stop));
            }
        }
    }

    private static Diagnostic Create(
        AttributeData attribute, string[] types, int index, string mistake, CancellationToken stop)
    {
        ImmutableDictionary<string, string?> properties = Place.Nothing;
        Location location = Place.OfAttribute(attribute);
        // One argument for each type, and not an array of them.
        if (attribute.ApplicationSyntaxReference?.GetSyntax(stop)
                is AttributeSyntax { ArgumentList.Arguments: var list }
            && list.Count == types.Length && list[index].NameColon is null)
        {
            location = list[index].GetLocation();
            if (MediaTypeReader.Suggest(types[index]) is { } suggestion)
                properties = properties.Add(Place.SuggestionProperty, suggestion);
        }

        return Diagnostic.Create(ResponseDescriptors.MediaType, location, properties, mistake);
    }
}
