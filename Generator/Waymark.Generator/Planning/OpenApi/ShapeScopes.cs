using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>A type as one JSON context writes it.</summary>
/// <param name="Scope">The number of the context, among those that write their types differently.</param>
/// <param name="Type">The type, qualified.</param>
/// <param name="Base">The base type whose discriminator its JSON has; "" for none.</param>
internal readonly record struct ShapeKey(int Scope, string Type, string Base = "");

/// <summary>Finds the shape of a type: contexts may write one type in several ways.</summary>
/// <remarks>Contexts that agree on all types that they share are one scope, so that most programs have one.</remarks>
internal sealed class ShapeScopes
{
    private readonly List<Dictionary<string, TypeShape>> _scopes = [];
    private readonly Dictionary<string, int> _scopeOf = new(StringComparer.Ordinal);

    public ShapeScopes(EquatableArray<JsonContextModel> contexts)
    {
        foreach (JsonContextModel context in contexts)
        {
            int scope = _scopes.FindIndex(known => Agrees(known, context));
            if (scope < 0)
            {
                scope = _scopes.Count;
                _scopes.Add(new Dictionary<string, TypeShape>(StringComparer.Ordinal));
            }

            foreach (TypeShape shape in context.Shapes)
                _scopes[scope][shape.Type] = shape;
            // The first context that lists a type writes it, as generated code has it.
            foreach (string type in context.SerializableTypes)
            {
                if (!_scopeOf.ContainsKey(type))
                    _scopeOf.Add(type, scope);
            }
        }
    }

    /// <summary>Where a type is looked up that a handler takes or returns.</summary>
    public ShapeKey RootOf(string type)
    {
        string bare = type.TrimEnd('?');
        int scope = _scopeOf.TryGetValue(type, out int found) || _scopeOf.TryGetValue(bare, out found) ? found : 0;
        return new ShapeKey(scope, bare);
    }

    /// <summary>The shape; null for a type of which nothing is known.</summary>
    public TypeShape? Find(ShapeKey key) =>
        key.Scope < _scopes.Count && _scopes[key.Scope].TryGetValue(key.Type, out TypeShape? shape) ? shape : null;

    private static bool Agrees(Dictionary<string, TypeShape> known, JsonContextModel context) =>
        context.Shapes.All(shape => !known.TryGetValue(shape.Type, out TypeShape? other) || other.Equals(shape));
}
