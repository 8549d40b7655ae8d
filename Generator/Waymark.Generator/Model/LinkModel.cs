using Waymark.Generator.Templates;

namespace Waymark.Generator.Model;

/// <summary>All that a file of links depends on: those to the handlers of one class and of the classes in it.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Namespace">The namespace of the class Routes; "" for none.</param>
/// <param name="IsExported">True where other assemblies see the table.</param>
/// <param name="Options">How paths are compared.</param>
/// <param name="Class">The class in <c>Links</c>.</param>
/// <param name="Constraints">The users' constraints that templates name.</param>
internal sealed record LinkFileModel(
    string HintName,
    string Namespace,
    bool IsExported,
    TableOptions Options,
    LinkClassModel Class,
    EquatableArray<ConstraintCall> Constraints);

/// <summary>A class of links, nested as the handler classes are.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Classes">The classes in it, sorted by name.</param>
/// <param name="Links">The links in it, sorted by name.</param>
internal sealed record LinkClassModel(
    string Name, EquatableArray<LinkClassModel> Classes, EquatableArray<LinkModel> Links)
{
    /// <summary>Every link in it and below.</summary>
    public IEnumerable<LinkModel> All => Links.Concat(Classes.SelectMany(nested => nested.All));
}

/// <summary>A link to one route.</summary>
/// <param name="Name">The method that makes it: <c>Find</c>.</param>
/// <param name="Path">The struct that holds its values: <c>Users_Find</c>.</param>
/// <param name="Route">The route for people: <c>GET /users/:id</c>.</param>
/// <param name="Template">The whole template.</param>
/// <param name="Parameters">In the order of the method: required ones first.</param>
internal sealed record LinkModel(
    string Name, string Path, string Route, string Template, EquatableArray<LinkParameter> Parameters);

/// <summary>A value of a link.</summary>
/// <param name="Name">The parameter of the method.</param>
/// <param name="Kind">How its value becomes text.</param>
/// <param name="Type">The type of one value, qualified, without a trailing <c>?</c>.</param>
/// <param name="Format">How a date or time is written; "" where the type needs no format.</param>
/// <param name="IsOptional">True where it may be left out.</param>
/// <param name="IsList">True where the query holds it as often as there are values.</param>
/// <param name="Depth">Which capture of the template it fills; -1 in the query.</param>
/// <param name="Key">Its key in the query, percent-encoded.</param>
/// <param name="Default">What the handler takes where it is missing, as C# source; null for null.</param>
/// <param name="Names">The names of an enum.</param>
internal sealed record LinkParameter(
    string Name,
    LinkValueKind Kind,
    string Type,
    string Format,
    bool IsOptional,
    bool IsList,
    int Depth,
    string Key,
    string? Default,
    EquatableArray<string> Names)
{
    /// <summary>The type of the parameter.</summary>
    public string Declared => IsList
        ? $"global::System.Collections.Generic.IReadOnlyList<{Type}>?"
        : Type + (IsOptional ? "?" : "");

    /// <summary>True where every value is a segment of its own that a server takes.</summary>
    public bool IsAlwaysSegment => Kind is LinkValueKind.Plain or LinkValueKind.Fraction or LinkValueKind.Boolean
        or LinkValueKind.Enum;
}

/// <summary>How a value of a link becomes text.</summary>
internal enum LinkValueKind
{
    /// <summary>It is text.</summary>
    Text,
    Boolean,

    /// <summary>A number, date or Guid of the framework, which formats itself as UTF-8.</summary>
    Plain,

    /// <summary>The same, where not every value can be read back.</summary>
    Fraction,
    Character,

    /// <summary>By its declared name.</summary>
    Enum,

    /// <summary>As its type says.</summary>
    Any,
}
