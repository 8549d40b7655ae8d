using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction;
using Waymark.Generator.Model;

namespace Waymark.Analyzers;

/// <summary>What the JSON of the served routes looks like, and which types derive from which.</summary>
/// <remarks>Built when the first rule asks, which most projects never do.</remarks>
internal sealed class JsonReach
{
    private readonly Dictionary<string, TypeShape> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TypeShape>> _reached = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<ISymbol, INamedTypeSymbol>> _derived;

    // Many routes answer few types, and to spell a type's name is what costs in this. Kept apart by nullability, since
    // the types come back as they were asked for.
    private readonly ConcurrentDictionary<ITypeSymbol, IReadOnlyList<(INamedTypeSymbol Type, TypeShape Shape)>>
        _objects = new(SymbolEqualityComparer.IncludeNullability);

    /// <param name="shapes">Of all contexts.</param>
    /// <param name="served">The routes that are served.</param>
    /// <param name="assembly">Where derived types are looked for.</param>
    public JsonReach(IEnumerable<TypeShape> shapes, IEnumerable<RouteEntry> served, IAssemblySymbol assembly)
    {
        foreach (TypeShape shape in shapes)
        {
            // Of two contexts with one type, the first is as good as the other.
            if (!_shapes.ContainsKey(shape.Type))
                _shapes.Add(shape.Type, shape);
        }

        Walk(served.SelectMany(entry => RouteChecks.JsonTypesOf(entry.Route.Handler)));
        _derived = new Lazy<ILookup<ISymbol, INamedTypeSymbol>>(() => FindDerived(assembly.GlobalNamespace));
    }

    /// <summary>True where a type, or the definition of a generic one, has this member in a route's JSON.</summary>
    public bool HasMember(INamedTypeSymbol type, string member) =>
        _reached.TryGetValue(DefinitionOf(TypeNames.Qualified(type)), out List<TypeShape>? shapes)
        && shapes.Exists(shape => shape.Members.Any(found => found.Name == member && found.JsonType.Length == 0));

    /// <summary>The objects that a type's JSON is or is a list or map of, at any depth.</summary>
    public IReadOnlyList<(INamedTypeSymbol Type, TypeShape Shape)> ObjectsOf(ITypeSymbol type) =>
        _objects.GetOrAdd(type, key => [.. FindObjects(key)]);

    /// <summary>The classes and structs of this assembly that derive from a type and can be made.</summary>
    public IEnumerable<INamedTypeSymbol> DerivedFrom(INamedTypeSymbol type) => _derived.Value[type.OriginalDefinition];

    private IEnumerable<(INamedTypeSymbol Type, TypeShape Shape)> FindObjects(ITypeSymbol type)
    {
        type = TypeNames.UnwrapNullable(type) ?? type;
        if (!_shapes.TryGetValue(TypeNames.Qualified(type), out TypeShape? shape))
            return [];
        if (shape.Kind == ShapeKind.Object && type is INamedTypeSymbol named)
            return [(named, shape)];
        if (shape.Kind is not (ShapeKind.Array or ShapeKind.Map))
            return [];
        IEnumerable<ITypeSymbol> parts = type switch
        {
            IArrayTypeSymbol array => [array.ElementType],
            INamedTypeSymbol generic => generic.TypeArguments,
            _ => [],
        };
        return parts
            .Where(part => TypeNames.Qualified(TypeNames.UnwrapNullable(part) ?? part) == shape.Element)
            .SelectMany(FindObjects);
    }

    private static string DefinitionOf(string type)
    {
        int arguments = type.IndexOf('<');
        return arguments < 0 ? type : type.Substring(0, arguments);
    }

    private void Walk(IEnumerable<string> types)
    {
        var pending = new Queue<string>(types.Select(type => type.TrimEnd('?')));
        var seen = new HashSet<string>(pending, StringComparer.Ordinal);
        while (pending.Count > 0)
        {
            if (!_shapes.TryGetValue(pending.Dequeue(), out TypeShape? shape))
                continue;
            string definition = DefinitionOf(shape.Type);
            if (!_reached.TryGetValue(definition, out List<TypeShape>? alike))
                _reached.Add(definition, alike = []);
            alike.Add(shape);
            IEnumerable<string> below = shape.Members.Select(member => member.ShapeOf)
                .Concat(shape.Derived.Select(derived => derived.Type));
            foreach (string next in shape.Element.Length > 0 ? below.Concat([shape.Element]) : below)
            {
                if (seen.Add(next))
                    pending.Enqueue(next);
            }
        }
    }

    private static ILookup<ISymbol, INamedTypeSymbol> FindDerived(INamespaceSymbol root)
    {
        var pairs = new List<(ISymbol Base, INamedTypeSymbol Type)>();
        Visit(root);
        return pairs.ToLookup(pair => pair.Base, pair => pair.Type, SymbolEqualityComparer.Default);

        void Visit(INamespaceOrTypeSymbol container)
        {
            foreach (ISymbol member in container.GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol inner)
                    continue;
                Visit(inner);
                if (member is not INamedTypeSymbol { IsAbstract: false } type
                    || type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
                    continue;
                foreach (INamedTypeSymbol contract in type.AllInterfaces)
                    pairs.Add((contract.OriginalDefinition, type));
                for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
                    pairs.Add((current.OriginalDefinition, type));
            }
        }
    }
}
