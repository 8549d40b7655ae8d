using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Waymark.Analyzers.Descriptors;
using Waymark.Analyzers.Places;
using Waymark.Generator.Extraction;

namespace Waymark.Analyzers.Rules;

/// <summary>
/// WM3006, WM3012: reports a media type of <c>[Produces]</c> that cannot be sent, or that is spelled like no other.
/// </summary>
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
                {
                    string? meant = MediaTypeReader.Suggest(types[index]);
                    report(Create(ResponseDescriptors.MediaType, attribute, types, index, meant, mistake, stop));
                }
                else if (MediaTypeReader.FindSlip(types[index]) is { } usual)
                {
                    report(Create(
                        ResponseDescriptors.UnusualMediaType, attribute, types, index, usual,
                        $"\"{types[index]}\" is no media type that is in common use, and clients that accept " +
                        $"\"{usual}\" do not accept it: did you mean \"{usual}\"?",
                        stop));
                }
            }
        }
    }

    private static Diagnostic Create(
        DiagnosticDescriptor descriptor,
        AttributeData attribute,
        string[] types,
        int index,
        string? suggestion,
        string message,
        CancellationToken stop)
    {
        ImmutableDictionary<string, string?> properties = Place.Nothing;
        Location location = Place.OfAttribute(attribute);
        // One argument for each type, and not an array of them.
        if (attribute.ApplicationSyntaxReference?.GetSyntax(stop)
                is AttributeSyntax { ArgumentList.Arguments: var list }
            && list.Count == types.Length && list[index].NameColon is null)
        {
            location = list[index].GetLocation();
            if (suggestion is not null)
                properties = properties.Add(Place.SuggestionProperty, suggestion);
        }

        return Diagnostic.Create(descriptor, location, properties, message);
    }
}
