using Microsoft.CodeAnalysis;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Writes route attributes.</summary>
internal static class RouteText
{
    /// <summary>As in <c>Get("/users")</c>, or <c>Route("PURGE", "/users")</c>.</summary>
    public static string Of(LibraryNames names, string verb, string template, string? name = null)
    {
        string attribute = KnownNames.VerbAttributes.FirstOrDefault(pair => pair.Verb == verb).MetadataName ?? "";
        string named = name is null ? "" : $", Name = {LiteralText.Quote(name)}";
        if (attribute.Length == 0)
            return $"{names.OfAttribute("Route")}({LiteralText.Quote(verb)}, {LiteralText.Quote(template)}{named})";
        int start = "Waymark.".Length;
        string simple = attribute.Substring(start, attribute.Length - start - "Attribute".Length);
        return $"{names.OfAttribute(simple)}({LiteralText.Quote(template)}{named})";
    }

    /// <summary>Attribute lists, each in a line of its own.</summary>
    public static string Of(
        LibraryNames names, IEnumerable<string> verbs, string template, string newline, string indentation) =>
        string.Concat(verbs.Select(verb => $"[{Of(names, verb, template)}]{newline}{indentation}"));

    /// <summary>The edits with the using directive that their names rest on.</summary>
    public static IReadOnlyList<SourceEdit> With(this LibraryNames names, IEnumerable<SourceEdit> edits) =>
        names.Import is { } import ? [import, .. edits] : [.. edits];

    /// <summary>True for a type that a handler's method can be put into.</summary>
    public static bool CanHold(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType || type.IsFileLocal || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
                return false;
        }

        return true;
    }
}
