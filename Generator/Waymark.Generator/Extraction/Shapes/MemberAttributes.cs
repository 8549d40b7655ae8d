using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Extraction.Shapes;

/// <summary>What the attributes of a member say about its JSON.</summary>
/// <param name="Name">Its name in JSON; null where the policy gives it.</param>
/// <param name="Order">Members of a lower order come first.</param>
/// <param name="IgnoreCondition">As <c>JsonIgnoreCondition</c> counts; null without the attribute.</param>
/// <param name="IsIncluded">True with <c>[JsonInclude]</c>.</param>
/// <param name="IsRequired">True with <c>[JsonRequired]</c>.</param>
/// <param name="IsExtensionData">True for the dictionary of all that has no member.</param>
/// <param name="AllowsNull">True where null is said to be a value against the annotation.</param>
/// <param name="Form">What a converter on the member makes of it.</param>
/// <param name="NumberHandling">As <c>JsonNumberHandling</c> counts; null without the attribute.</param>
internal sealed record MemberAttributes(
    string? Name,
    int Order,
    int? IgnoreCondition,
    bool IsIncluded,
    bool IsRequired,
    bool IsExtensionData,
    bool AllowsNull,
    ConverterForm Form,
    int? NumberHandling)
{
    private const int Always = 1;

    private static readonly MemberAttributes Nothing =
        new(null, 0, null, false, false, false, false, ConverterForm.None, null);

    public static MemberAttributes Read(ImmutableArray<AttributeData> attributes)
    {
        MemberAttributes said = Nothing;
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is { } type)
                said = said.With(attribute, type);
        }

        return said;
    }

    private MemberAttributes With(AttributeData attribute, INamedTypeSymbol type)
    {
        if (type.Name is "AllowNullAttribute" or "MaybeNullAttribute")
            return this with { AllowsNull = true };
        if (!JsonAttributes.IsOfJson(type))
        {
            // A user's attribute may derive from [JsonConverter].
            ConverterForm form = EnumForms.FormOf(attribute);
            return form == ConverterForm.None ? this : this with { Form = form };
        }

        return type.Name switch
        {
            "JsonPropertyNameAttribute" => this with { Name = JsonAttributes.TextOf(attribute) },
            "JsonPropertyOrderAttribute" => this with { Order = NumberOf(attribute) ?? 0 },
            "JsonIgnoreAttribute" =>
                this with { IgnoreCondition = JsonAttributes.Named(attribute, "Condition", Always) },
            "JsonIncludeAttribute" => this with { IsIncluded = true },
            "JsonRequiredAttribute" => this with { IsRequired = true },
            "JsonExtensionDataAttribute" => this with { IsExtensionData = true },
            "JsonConverterAttribute" => this with { Form = EnumForms.FormOf(attribute) },
            "JsonNumberHandlingAttribute" => this with { NumberHandling = NumberOf(attribute) },
            _ => this,
        };
    }

    private static int? NumberOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: int number }] ? number : null;
}
