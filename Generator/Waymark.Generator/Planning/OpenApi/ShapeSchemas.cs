using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>The schemas of JSON: objects and enums by name, the rest where it stands.</summary>
/// <remarks>
/// First <see cref="Reach(string)"/> is called for every type that a handler takes or returns, then the names are
/// given, since a name depends on all others; then schemas are made.
/// </remarks>
internal sealed class ShapeSchemas(ShapeScopes scopes, TypeNotes notes)
{
    private readonly Dictionary<ShapeKey, TypeShape> _reached = [];
    private Dictionary<ShapeKey, string> _names = [];

    /// <summary>Sees to it that a type and all that it leads to have names where they need one.</summary>
    public void Reach(string type) => Reach(scopes.RootOf(type));

    /// <summary>Names what was reached.</summary>
    public void GiveNames() => _names = SchemaNames.Give(_reached
        .Select(pair => (
            pair.Key,
            NameOf(pair.Key, pair.Value),
            pair.Value.Type + (pair.Key.Base.Length > 0 ? "?" : "")))
        .ToList());

    /// <summary>The schema of a type that a handler takes or returns.</summary>
    public SchemaModel Of(string type) => Of(scopes.RootOf(type));

    /// <summary>All named schemas, sorted by name.</summary>
    public EquatableArray<NamedSchema> Named() => _reached
        .Select(pair => new NamedSchema(_names[pair.Key], Full(pair.Key, pair.Value)))
        .OrderBy(named => named.Name, StringComparer.Ordinal)
        .ToEquatableArray();

    private string NameOf(ShapeKey key, TypeShape shape) => key.Base.Length == 0
        ? shape.Name
        : scopes.Find(key with { Type = key.Base, Base = "" })!.Name + shape.Name;

    private void Reach(ShapeKey key)
    {
        var pending = new Stack<ShapeKey>([key]);
        var seen = new HashSet<ShapeKey>();
        while (pending.Count > 0)
        {
            ShapeKey next = pending.Pop();
            if (_reached.ContainsKey(next) || !seen.Add(next) || scopes.Find(next) is not { } shape)
                continue;
            if (IsNamed(next, shape))
                _reached.Add(next, shape);
            if (shape.Element.Length > 0)
                pending.Push(new ShapeKey(next.Scope, shape.Element));
            foreach (MemberShape member in shape.Members)
                pending.Push(new ShapeKey(next.Scope, member.ShapeOf));
            if (next.Base.Length > 0)
                continue;
            foreach (ShapeKey variant in VariantsOf(next, shape))
                pending.Push(variant);
        }
    }

    /// <summary>Objects and enums; a collection only where it holds itself, since it could not be written
    /// else.</summary>
    private bool IsNamed(ShapeKey key, TypeShape shape) => shape.Kind switch
    {
        ShapeKind.Object => shape.Members.Count > 0 || shape.Derived.Count > 0 
            || !shape.Type.StartsWith("global::System.", StringComparison.Ordinal),
        ShapeKind.Enum => true,
        ShapeKind.Array or ShapeKind.Map => HoldsItself(key),
        _ => false,
    };

    private bool HoldsItself(ShapeKey key)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ShapeKey current = key;
        while (scopes.Find(current) is { Kind: ShapeKind.Array or ShapeKind.Map } shape && seen.Add(current.Type))
        {
            current = current with { Type = shape.Element };
            if (current.Type == key.Type)
                return true;
        }

        return false;
    }

    private IEnumerable<ShapeKey> VariantsOf(ShapeKey key, TypeShape shape)
    {
        IEnumerable<ShapeKey> derived = shape.Derived.Select(other => other.Discriminator.Length > 0
            ? new ShapeKey(key.Scope, other.Type, key.Type)
            : new ShapeKey(key.Scope, other.Type));
        return HasPlainBase(shape) ? derived.Concat([new ShapeKey(key.Scope, key.Type, key.Type)]) : derived;
    }

    /// <summary>True where a value may be of the base type itself, which then has no discriminator.</summary>
    private bool HasPlainBase(TypeShape shape) => shape.Derived.Count > 0
        && shape.Derived.All(other => other.Type != shape.Type) && notes.Find(shape.Type) is { IsAbstract: false };

    private SchemaModel Of(ShapeKey key)
    {
        if (_names.TryGetValue(key, out string? name))
        {
            ShapeKind kind = _reached[key].Kind;
            string type = kind == ShapeKind.Enum ? "string" : kind == ShapeKind.Array ? "array" : "object";
            return new SchemaModel { Reference = name, Type = type };
        }

        return scopes.Find(key) is { } shape ? Full(key, shape) : SchemaModel.Anything;
    }

    private SchemaModel Full(ShapeKey key, TypeShape shape) => shape.Kind switch
    {
        ShapeKind.Object when key.Base.Length == 0 && shape.Derived.Count > 0 => Choice(key, shape),
        ShapeKind.Object => Object(key, shape),
        ShapeKind.Array => Described(shape, new SchemaModel { Type = "array", Items = Element(key, shape) }),
        ShapeKind.Map => Described(shape, new SchemaModel { Type = "object", MapValues = Element(key, shape) }),
        ShapeKind.Enum => new SchemaModel
        {
            Type = "string",
            Values = shape.EnumNames.Select(JsonLiteral.Of).ToEquatableArray(),
            Description = notes.EnumDescription(shape),
        },
        ShapeKind.String => OfText(shape.Format),
        ShapeKind.Integer => OfInteger(shape.Format),
        ShapeKind.Number => new SchemaModel
        {
            Type = "number",
            Format = shape.Format is "float" or "double" ? shape.Format : "",
        },
        ShapeKind.Boolean => new SchemaModel { Type = "boolean" },
        _ => SchemaModel.Anything,
    };

    /// <summary>A collection without a name has none of its type's description: it is what it holds.</summary>
    private SchemaModel Described(TypeShape shape, SchemaModel schema) =>
        schema with { Description = notes.Find(shape.Type)?.Description ?? "" };

    private SchemaModel Element(ShapeKey key, TypeShape shape)
    {
        SchemaModel element = Of(new ShapeKey(key.Scope, shape.Element));
        return shape.IsElementNullable ? element with { IsNullable = true } : element;
    }

    private SchemaModel Object(ShapeKey key, TypeShape shape)
    {
        var members = new List<SchemaMember>();
        TypeShape? told = key.Base.Length == 0 ? null : scopes.Find(key with { Type = key.Base, Base = "" });
        string value = told?.Derived.Where(other => other.Type == key.Type)
            .Select(other => other.Discriminator).FirstOrDefault() ?? "";
        if (value.Length > 0)
        {
            members.Add(new SchemaMember(told!.Discriminator, true, new SchemaModel
            {
                Type = value[0] == '"' ? "string" : "integer",
                Values = new[] { value }.ToEquatableArray(),
            }));
        }

        members.AddRange(shape.Members.Select(member => Member(key, shape, member)));
        return Described(shape, new SchemaModel { Type = "object", Members = members.ToEquatableArray() });
    }

    private SchemaMember Member(ShapeKey key, TypeShape owner, MemberShape member)
    {
        SchemaModel schema = Of(new ShapeKey(key.Scope, member.ShapeOf)) with
        {
            IsNullable = member.IsNullable,
            IsReadOnly = member.IsReadOnly,
        };
        string note = notes.MemberDescription(owner.Type, member.Name);
        if (note.Length > 0)
            schema = schema with { Description = note };
        schema = RuleSchemas.Apply(schema, member.Rules, number => notes.ConstantOf(member.Type, number));
        if (member.Default.Length > 0)
            schema = schema with { Default = member.Default };
        bool isRequired = member.IsRequired || (RuleSchemas.AreRequiring(member.Rules) && member.Default.Length == 0);
        return new SchemaMember(member.JsonName, isRequired, schema);
    }

    private SchemaModel Choice(ShapeKey key, TypeShape shape)
    {
        List<ShapeKey> variants = VariantsOf(key, shape).ToList();
        // A value without discriminator also fits what has one, so that more than one may hold.
        bool areTold = variants.TrueForAll(variant => variant.Base.Length > 0) && !HasPlainBase(shape);
        bool areTexts = areTold
            && shape.Derived.All(other => other.Discriminator.StartsWith("\"", StringComparison.Ordinal));
        IEnumerable<NamedText> mapping = !areTexts ? [] : shape.Derived.Select(other => new NamedText(
            other.Discriminator, _names[new ShapeKey(key.Scope, other.Type, key.Type)]));
        return Described(shape, new SchemaModel
        {
            Type = "object",
            Choices = variants.Select(Of).ToEquatableArray(),
            IsAnyOf = !areTold,
            Discriminator = areTexts ? shape.Discriminator : "",
            Mapping = mapping.ToEquatableArray(),
        });
    }

    private static SchemaModel OfText(string format) => format switch
    {
        "byte" => new SchemaModel { Type = "string", IsBase64 = true },
        "char" => new SchemaModel { Type = "string", CountMin = 1, CountMax = 1 },
        "time-span" => new SchemaModel
        {
            Type = "string",
            Patterns = new[] { ValueSchemas.TimeSpanPattern }.ToEquatableArray(),
        },
        "uri" => new SchemaModel { Type = "string", Format = "uri-reference" },
        _ => new SchemaModel { Type = "string", Format = format },
    };

    private static SchemaModel OfInteger(string format) => format switch
    {
        "int32" or "int64" => new SchemaModel { Type = "integer", Format = format },
        "int8" => Bounded("-128", "127"),
        "uint8" => Bounded("0", "255"),
        "int16" => Bounded("-32768", "32767"),
        "uint16" => Bounded("0", "65535"),
        "uint32" => Bounded("0", "4294967295"),
        "uint64" => Bounded("0", "18446744073709551615"),
        "uint128" => Bounded("0", ""),
        _ => new SchemaModel { Type = "integer" },
    };

    private static SchemaModel Bounded(string minimum, string maximum) =>
        new() { Type = "integer", Minimum = minimum, Maximum = maximum };
}
