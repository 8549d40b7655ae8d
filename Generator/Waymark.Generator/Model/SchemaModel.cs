namespace Waymark.Generator.Model;

/// <summary>A schema, independent of the dialect that it is written in. Empty: anything.</summary>
internal sealed record SchemaModel
{
    public static readonly SchemaModel Anything = new();

    /// <summary>The name of the schema that this one refers to; "" for none.</summary>
    public string Reference { get; init; } = "";

    /// <summary>A type of JSON, that of what is referred to included; "" for any.</summary>
    public string Type { get; init; } = "";

    public string Format { get; init; } = "";

    /// <summary>In CommonMark.</summary>
    public string Description { get; init; } = "";

    public bool IsNullable { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>As JSON; "" for none.</summary>
    public string Default { get; init; } = "";

    /// <summary>The values that there are, as JSON; empty for no limit.</summary>
    public EquatableArray<string> Values { get; init; }

    /// <summary>The values that there are not, as JSON.</summary>
    public EquatableArray<string> DeniedValues { get; init; }

    /// <summary>The lower bound as JSON; "" for none.</summary>
    public string Minimum { get; init; } = "";

    /// <summary>The upper bound as JSON; "" for none.</summary>
    public string Maximum { get; init; } = "";

    public bool IsMinimumExclusive { get; init; }

    public bool IsMaximumExclusive { get; init; }

    /// <summary>The least count of characters, items or members, as the type is.</summary>
    public int? CountMin { get; init; }

    /// <summary>The greatest count of characters, items or members, as the type is.</summary>
    public int? CountMax { get; init; }

    /// <summary>Regular expressions of ECMA-262, all of which have to match.</summary>
    public EquatableArray<string> Patterns { get; init; }

    /// <summary>True for bytes in base64.</summary>
    public bool IsBase64 { get; init; }

    /// <summary>True for bytes as they are.</summary>
    public bool IsBinary { get; init; }

    /// <summary>What the items of an array are.</summary>
    public SchemaModel? Items { get; init; }

    /// <summary>True where no item comes twice.</summary>
    public bool HasUniqueItems { get; init; }

    /// <summary>What the values of a map are.</summary>
    public SchemaModel? MapValues { get; init; }

    /// <summary>The members of an object.</summary>
    public EquatableArray<SchemaMember> Members { get; init; }

    /// <summary>Of these, exactly one holds; at least one where <see cref="IsAnyOf"/> is set.</summary>
    public EquatableArray<SchemaModel> Choices { get; init; }

    public bool IsAnyOf { get; init; }

    /// <summary>The member that tells the choices apart; "" where none does.</summary>
    public string Discriminator { get; init; } = "";

    /// <summary>Which value of the discriminator means which schema.</summary>
    public EquatableArray<NamedText> Mapping { get; init; }
}

/// <summary>A member of an object.</summary>
internal sealed record SchemaMember(string Name, bool IsRequired, SchemaModel Schema);
