using System.Globalization;
using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Planning;

/// <summary>The values that a link to a route holds: its captures, and what its handler takes from the query.</summary>
internal static class LinkParameters
{
    private const string Unreserved = "-._~";

    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["Wm::DateTimeParser"] = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        ["Wm::DateTimeOffsetParser"] = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        ["Wm::DateOnlyParser"] = "yyyy-MM-dd",
        ["Wm::TimeOnlyParser"] = "HH:mm:ss.FFFFFFF",
        ["Wm::TimeSpanParser"] = "c",
    };

    /// <summary>In the order of the method: captures before query values, required before optional.</summary>
    public static EquatableArray<LinkParameter> Of(RouteModel route)
    {
        List<Leaf> leaves = route.Handler.Parameters
            .SelectMany(parameter => Flatten(parameter, isMember: false, isOptional: false))
            .ToList();
        var names = new NameSet(StringComparer.Ordinal, []);
        var parameters = new List<LinkParameter>();
        int depth = 0;
        foreach (Part capture in TemplateParser.Parse(route.Template).Captures)
        {
            Leaf? leaf = leaves.Find(leaf =>
                leaf.Model.Source == ParameterSource.Path && leaf.Model.Depth == depth);
            string name = names.Take(leaf?.Name ?? capture.Text);
            parameters.Add(Of(name, leaf?.Model.Value) with { IsOptional = capture.IsOptional, Depth = depth });
            depth++;
        }

        foreach (Leaf leaf in leaves.Where(leaf => leaf.Model.Source == ParameterSource.Query))
        {
            LinkParameter parameter = Of(names.Take(leaf.Name), leaf.Model.Value);
            parameters.Add(parameter with
            {
                IsOptional = leaf.IsOptional || leaf.Model.IsOptional || parameter.IsList,
                Key = Encode(leaf.Model.Key),
                Default = parameter.IsList ? null : DefaultOf(leaf.Model, parameter.Type),
            });
        }

        return parameters.OrderBy(parameter => parameter.IsOptional).ToEquatableArray();
    }

    private static IEnumerable<Leaf> Flatten(ParameterModel parameter, bool isMember, bool isOptional)
    {
        if (parameter.Source != ParameterSource.Members)
        {
            string name = isMember
                ? char.ToLowerInvariant(parameter.Name[0]) + parameter.Name.Substring(1)
                : parameter.Name;
            return [new Leaf(parameter, name, isOptional)];
        }

        return parameter.Members.SelectMany(member =>
            Flatten(member.Value, isMember: true, isOptional || parameter.IsOptional));
    }

    private static LinkParameter Of(string name, ValueModel? value)
    {
        bool isText = value is null or { Kind: ValueKind.Utf8Span or ValueKind.CharacterSpan };
        string parser = value?.Parser ?? "";
        return new LinkParameter(
            name,
            isText ? LinkValueKind.Text : KindOf(value!),
            isText ? "string" : value!.Type,
            Formats.TryGetValue(parser, out string? format) ? format : "",
            IsOptional: false,
            value is not null && value.Collection != CollectionKind.None,
            Depth: -1,
            Key: "",
            Default: null,
            value?.Names ?? EquatableArray<string>.Empty);
    }

    private static LinkValueKind KindOf(ValueModel value)
    {
        if (value.Kind == ValueKind.Enum)
            return LinkValueKind.Enum;
        if (value.Kind != ValueKind.Runtime)
            return LinkValueKind.Any;
        int generic = value.Parser.IndexOf('<');
        return (generic < 0 ? value.Parser : value.Parser.Substring(0, generic)) switch
        {
            "Wm::TextParser" => LinkValueKind.Text,
            "Wm::BooleanParser" => LinkValueKind.Boolean,
            "Wm::CharacterParser" => LinkValueKind.Character,
            "Wm::FractionParser" => LinkValueKind.Fraction,
            "Wm::Int32Parser" or "Wm::Int64Parser" or "Wm::IntegerParser" or "Wm::GuidParser"
                or "Wm::DateTimeParser" or "Wm::DateTimeOffsetParser" or "Wm::DateOnlyParser"
                or "Wm::TimeOnlyParser" or "Wm::TimeSpanParser" => LinkValueKind.Plain,
            _ => LinkValueKind.Any,
        };
    }

    /// <summary>The value that need not be written; null where it is null itself.</summary>
    private static string? DefaultOf(ParameterModel leaf, string type)
    {
        if (leaf.Default is null || (leaf.Default == "default" && leaf.Nullability != Nullability.None))
            return null;
        return leaf.Default == "default" ? $"default({type})" : leaf.Default;
    }

    /// <summary>RFC 3986 section 2.3: what is not unreserved is percent-encoded.</summary>
    private static string Encode(string key)
    {
        var encoded = new StringBuilder();
        foreach (byte octet in Encoding.UTF8.GetBytes(key))
        {
            char character = (char)octet;
            bool isKept = character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
                || Unreserved.IndexOf(character) >= 0;
            if (isKept)
                encoded.Append(character);
            else
                encoded.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    /// <summary>A value of a request with the name that a link has for it.</summary>
    private sealed record Leaf(ParameterModel Model, string Name, bool IsOptional);
}
