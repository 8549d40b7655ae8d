using Waymark.Generator.Model;

namespace Waymark.Generator.Planning.OpenApi;

/// <summary>What is known of types beside their shapes: documentation, constants.</summary>
internal sealed class TypeNotes(EquatableArray<TypeFacts> types)
{
    private readonly Dictionary<string, TypeFacts> _types =
        types.ToDictionary(type => type.Type, StringComparer.Ordinal);

    public TypeFacts? Find(string type) => _types.TryGetValue(type, out TypeFacts? facts) ? facts : null;

    /// <summary>The documentation of a member; "" for none.</summary>
    public string MemberDescription(string type, string member) => TextOf(Find(type)?.Members, member) ?? "";

    /// <summary>The name of an enum's constant by its number as text; null for none.</summary>
    public string? ConstantOf(string type, string number) => Find(type)?.Constants
        .Where(constant => constant.Text == number)
        .Select(constant => constant.Name)
        .FirstOrDefault();

    /// <summary>The documentation of an enum, and of its constants where they keep their names in JSON.</summary>
    public string EnumDescription(TypeShape shape)
    {
        if (Find(shape.Type) is not { } facts)
            return "";
        IEnumerable<string> lines = shape.EnumNames
            .Select(name => (Name: name, Text: ConstantText(facts, name)))
            .Where(pair => pair.Text is not null)
            .Select(pair => $"- `{pair.Name}`: {pair.Text!.Replace("\n", "\n  ")}");
        string list = string.Join("\n", lines);
        string gap = facts.Description.Length > 0 && list.Length > 0 ? "\n\n" : "";
        return facts.Description + gap + list;
    }

    public static string? TextOf(EquatableArray<NamedText>? texts, string name) => texts?
        .Where(text => text.Name == name)
        .Select(text => text.Text)
        .FirstOrDefault();

    /// <summary>A naming policy changes case and adds separators: the letters stay.</summary>
    private static string? ConstantText(TypeFacts facts, string jsonName) => facts.Members
        .Where(member => Letters(member.Name).Equals(Letters(jsonName), StringComparison.OrdinalIgnoreCase))
        .Select(member => member.Text)
        .FirstOrDefault();

    private static string Letters(string name) => name.Replace("-", "").Replace("_", "");
}
