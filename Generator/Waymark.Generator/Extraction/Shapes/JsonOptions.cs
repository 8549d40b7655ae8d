using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>What <c>[JsonSourceGenerationOptions]</c> of a context says about the look of its JSON.</summary>
/// <remarks>Holds symbols: it lives as long as the reading of one context.</remarks>
internal sealed class JsonOptions
{
    private const int WebDefaults = 1;
    private const int WriteAsString = 2;

    private JsonOptions()
    {
    }

    /// <summary>How names of members become JSON.</summary>
    public NamingPolicy Policy { get; private set; }

    public bool IncludesFields { get; private set; }

    public bool IgnoresReadOnlyProperties { get; private set; }

    public bool IgnoresReadOnlyFields { get; private set; }

    /// <summary>True where enums are written as text, unless one says otherwise itself.</summary>
    public bool WritesEnumsAsText { get; private set; }

    /// <summary>True where numbers are written in quotes.</summary>
    public bool WritesNumbersAsText { get; private set; }

    /// <summary>The converters of the context, in their order.</summary>
    public ImmutableArray<INamedTypeSymbol> Converters { get; private set; } = ImmutableArray<INamedTypeSymbol>.Empty;

    /// <summary>Reads the attributes of a context; without the attribute, the serializer's own defaults.</summary>
    public static JsonOptions Read(ImmutableArray<AttributeData> attributes)
    {
        var options = new JsonOptions();
        foreach (AttributeData attribute in attributes)
        {
            if (!JsonAttributes.Is(attribute, "JsonSourceGenerationOptionsAttribute"))
                continue;
            if (attribute.ConstructorArguments is [{ Value: int defaults }] && defaults == WebDefaults)
                options.Policy = NamingPolicy.CamelCase;
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
                options.Set(argument.Key, argument.Value);
        }

        return options;
    }

    private void Set(string name, TypedConstant value)
    {
        if (value.Kind == TypedConstantKind.Array)
        {
            if (name == "Converters" && !value.IsNull)
                Converters = [.. value.Values.Select(item => item.Value).OfType<INamedTypeSymbol>()];
            return;
        }

        bool isTrue = value.Value is true;
        switch (name)
        {
            case "PropertyNamingPolicy":
                Policy = value.Value is int policy ? (NamingPolicy)policy : NamingPolicy.None;
                break;
            case "IncludeFields":
                IncludesFields = isTrue;
                break;
            case "IgnoreReadOnlyProperties":
                IgnoresReadOnlyProperties = isTrue;
                break;
            case "IgnoreReadOnlyFields":
                IgnoresReadOnlyFields = isTrue;
                break;
            case "UseStringEnumConverter":
                WritesEnumsAsText = isTrue;
                break;
            case "NumberHandling":
                WritesNumbersAsText = value.Value is int handling && (handling & WriteAsString) != 0;
                break;
        }
    }
}
