using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Waymark.CodeFixes.Editing;
using Waymark.Generator.Extraction;

namespace Waymark.CodeFixes.Refactorings.AspNet;

/// <summary>Names what belongs to Waymark in a document that has names of ASP.NET as well.</summary>
/// <remarks>
/// <c>Results</c> and <c>Route</c> are names of both. Where a <c>using</c> would make others ambiguous, none is added.
/// </remarks>
internal sealed class LibraryNames(EditTarget target, int position)
{
    private const string Space = KnownNames.RouteNamespace;

    /// <summary>The using directive that the names rest on; null where none is missing.</summary>
    public SourceEdit? Import { get; private set; }

    /// <summary>A type as it is named here.</summary>
    /// <param name="type">Its simple name, without type arguments.</param>
    public string Of(string type)
    {
        if (Find("GetAttribute").Any(IsOurs))
            return IsOnlyOurs(type) ? type : Space + "." + type;
        if (!IsFree("Results") || !IsFree(type))
            return Space + "." + type;
        Import ??= Usings.Add(target, position, "GetAttribute", Space);
        return type;
    }

    /// <summary>An attribute as it is named here.</summary>
    public string OfAttribute(string name)
    {
        string full = Of(name + "Attribute");
        return full.Substring(0, full.Length - "Attribute".Length);
    }

    private bool IsOnlyOurs(string type) => Find(type).All(IsOurs);

    private bool IsFree(string type) => Find(type).IsEmpty;

    private ImmutableArray<ISymbol> Find(string type) => target.Model.LookupNamespacesAndTypes(position, name: type);

    private static bool IsOurs(ISymbol symbol) =>
        symbol is INamedTypeSymbol type && TypeNames.IsIn(type, Space);
}
