using System.Text.Json.Nodes;
using Waymark.Generator.Model;
using Waymark.Generator.OpenApi;
using Waymark.Generator.Planning.OpenApi;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Tests.OpenApi;

/// <summary>Types, constraints and rules as schemas, in both dialects.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("int", """{"type":"integer","format":"int32"}""")]
    [InlineData("long", """{"type":"integer","format":"int64"}""")]
    [InlineData("byte", """{"type":"integer","minimum":0,"maximum":255}""")]
    [InlineData("ulong", """{"type":"integer","minimum":0,"maximum":18446744073709551615}""")]
    [InlineData("double", """{"type":"number","format":"double"}""")]
    [InlineData("bool", """{"type":"boolean"}""")]
    [InlineData("string", """{"type":"string"}""")]
    [InlineData("char", """{"type":"string","minLength":1,"maxLength":1}""")]
    [InlineData("global::System.Guid", """{"type":"string","format":"uuid"}""")]
    [InlineData("global::System.DateOnly", """{"type":"string","format":"date"}""")]
    [InlineData("global::System.DateTimeOffset", """{"type":"string","format":"date-time"}""")]
    [InlineData("global::System.Uri", """{"type":"string","format":"uri-reference"}""")]
    [InlineData("global::Shop.Sku", """{"type":"string"}""")]
    public void A_type_has_a_schema(string type, string expected) =>
        Assert.Equal(expected, Write(ValueSchemas.Of(Value(type))));

    [Fact]
    public void A_list_has_the_schema_of_its_items() => Assert.Equal(
        """{"type":"array","items":{"type":"string","enum":["Red","Green"]}}""",
        Write(ValueSchemas.Of(Value("global::Shop.Color") with
        {
            Kind = ValueKind.Enum,
            Names = Texts("Red", "Green"),
            Collection = CollectionKind.List,
        })));

    [Theory]
    [InlineData("string", "int", """{"type":"integer","format":"int32"}""")]
    [InlineData("string", "long", """{"type":"integer","format":"int64"}""")]
    [InlineData("int", "int", """{"type":"integer","format":"int32"}""")]
    [InlineData("string", "guid", """{"type":"string","format":"uuid"}""")]
    [InlineData("string", "bool", """{"type":"boolean"}""")]
    [InlineData("string", "alpha", """{"type":"string","pattern":"^[A-Za-z]+$"}""")]
    [InlineData("string", "alnum", """{"type":"string","pattern":"^[A-Za-z0-9]+$"}""")]
    [InlineData("string", "hex", """{"type":"string","pattern":"^[0-9A-Fa-f]+$"}""")]
    [InlineData("string", "slug", """{"type":"string","pattern":"^[a-z0-9]+(?:-[a-z0-9]+)*$"}""")]
    [InlineData("string", "len(2,5)", """{"type":"string","minLength":2,"maxLength":5}""")]
    [InlineData("string", "len(3)", """{"type":"string","minLength":3,"maxLength":3}""")]
    [InlineData("int", "len(3)",
        """{"type":"integer","format":"int32","description":"Has to meet the constraint `len(3)`."}""")]
    [InlineData("int", "min(1)", """{"type":"integer","format":"int32","minimum":1}""")]
    [InlineData("byte", "max(9)", """{"type":"integer","minimum":0,"maximum":9}""")]
    [InlineData("string", "range(-1,9)", """{"type":"integer","format":"int64","minimum":-1,"maximum":9}""")]
    [InlineData("long", "min(2),range(1,5)", """{"type":"integer","format":"int64","minimum":2,"maximum":5}""")]
    [InlineData("string", "in(b|a)", """{"type":"string","enum":["a","b"]}""")]
    [InlineData("int", "in(10|9)", """{"type":"integer","format":"int32","enum":[10,9]}""")]
    [InlineData("int", "in(x|9)",
        """{"type":"integer","format":"int32","description":"Has to meet the constraint `in(9|x)`."}""")]
    [InlineData("string", "re([a-z]{2})", """{"type":"string","pattern":"^[a-z]{2}$"}""")]
    [InlineData("string", "re(^[a-z]{2}$)", """{"type":"string","pattern":"^[a-z]{2}$"}""")]
    [InlineData("string", "alpha,len(1,3),re(a.*)",
        """{"type":"string","minLength":1,"maxLength":3,"pattern":"^[A-Za-z]+$","allOf":[{"pattern":"^a.*$"}]}""")]
    [InlineData("string", "sku", """{"type":"string","description":"Has to meet the constraint `sku`."}""")]
    public void A_constraint_narrows_the_schema_of_its_type(string type, string constraints, string expected)
    {
        Template template = TemplateParser.Parse($"/:x<{constraints}>");
        Assert.Empty(template.Problems);
        SchemaModel schema = ConstraintSchemas.Apply(
            ValueSchemas.Of(Value(type)), template.Captures.Single().Constraints);
        Assert.Equal(expected, Write(schema));
    }

    public static TheoryData<string, string, string, string> Rules => new()
    {
        { "int", "Range 1 9", """{"type":"integer","format":"int32","minimum":1,"maximum":9}""", "" },
        {
            "int", "Range ]1 9[",
            """{"type":"integer","format":"int32","exclusiveMinimum":1,"exclusiveMaximum":9}""",
            """{"type":"integer","format":"int32","minimum":1,"exclusiveMinimum":true,"maximum":9,"exclusiveMaximum":true}"""
        },
        {
            "global::System.DateOnly", "Range 2020-01-01 ",
            """{"type":"string","format":"date","description":"Has to be from 2020-01-01."}""", ""
        },
        { "string", "Length 1 5", """{"type":"string","minLength":1,"maxLength":5}""", "" },
        { "string", "Length  5", """{"type":"string","maxLength":5}""", "" },
        { "string", "Required 1", """{"type":"string","minLength":1}""", "" },
        { "string", "Required ", """{"type":"string"}""", "" },
        { "string", "Pattern a|b", """{"type":"string","pattern":"^(?:a|b)$"}""", "" },
        { "string", "Pattern (?i)a", """{"type":"string","description":"Has to match `(?i)a` (.NET)."}""", "" },
        { "string", "Email", """{"type":"string","format":"email"}""", "" },
        { "string", "Url", """{"type":"string","format":"uri"}""", "" },
        { "string", "Phone", """{"type":"string","description":"Has to be a telephone number."}""", "" },
        {
            "string", "Base64", """{"type":"string","contentEncoding":"base64"}""",
            """{"type":"string","format":"byte"}"""
        },
        { "string", "AllowedValues \"a\" \"b\"", """{"type":"string","enum":["a","b"]}""", "" },
        { "string", "AllowedValues \"a\"", """{"type":"string","const":"a"}""", """{"type":"string","enum":["a"]}""" },
        { "int", "DeniedValues 1 -2", """{"type":"integer","format":"int32","not":{"enum":[1,-2]}}""", "" },
        { "string", "Compare other", """{"type":"string","description":"Has to be the same as `other`."}""", "" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_narrows_the_schema_of_its_type(string type, string rule, string expected, string expectedV30)
    {
        SchemaModel schema = RuleSchemas.Apply(ValueSchemas.Of(Value(type)), [Rule(rule)], _ => null);
        Assert.Equal(expected, Write(schema));
        Assert.Equal(expectedV30.Length > 0 ? expectedV30 : expected, Write(schema, isV30: true));
    }

    [Fact]
    public void Null_is_spelled_in_either_dialect()
    {
        SchemaModel text = new() { Type = "string", Values = Texts("\"a\"", "\"b\"") };
        Assert.Equal("""{"type":["string","null"],"enum":["a","b",null]}""", Write(text with { IsNullable = true }));
        Assert.Equal(
            """{"type":"string","nullable":true,"enum":["a","b",null]}""",
            Write(text with { IsNullable = true }, isV30: true));
        SchemaModel reference = new() { Reference = "User", Type = "object", IsNullable = true };
        Assert.Equal("""{"oneOf":[{"$ref":"#/components/schemas/User"},{"type":"null"}]}""", Write(reference));
        Assert.Equal(
            """{"type":"object","nullable":true,"allOf":[{"$ref":"#/components/schemas/User"}]}""",
            Write(reference, isV30: true));
    }

    [Fact]
    public void What_stands_beside_a_reference_is_seen_in_either_dialect()
    {
        SchemaModel reference = new() { Reference = "User", Type = "object", Description = "Who.", IsReadOnly = true };
        Assert.Equal(
            """{"$ref":"#/components/schemas/User","description":"Who.","readOnly":true}""", Write(reference));
        Assert.Equal(
            """{"allOf":[{"$ref":"#/components/schemas/User"}],"description":"Who.","readOnly":true}""",
            Write(reference, isV30: true));
    }

    private static EquatableArray<string> Texts(params string[] texts) => texts.ToEquatableArray();

    private static ValueModel Value(string type) =>
        new(ValueKind.Runtime, type, "", EquatableArray<string>.Empty, CollectionKind.None);

    private static RuleModel Rule(string text)
    {
        string[] parts = text.Split(' ');
        RuleKind kind = Enum.Parse<RuleKind>(parts[0]);
        bool hasValues = kind is RuleKind.AllowedValues or RuleKind.DeniedValues;
        string low = hasValues || parts.Length < 2 ? "" : parts[1];
        string high = hasValues || parts.Length < 3 ? "" : parts[2];
        return new RuleModel(
            kind,
            low.TrimStart(']'),
            high.TrimEnd('['),
            low.StartsWith(']'),
            high.EndsWith('['),
            hasValues ? parts.Skip(1).ToEquatableArray() : EquatableArray<string>.Empty,
            Message: null);
    }

    private static string Write(SchemaModel schema, bool isV30 = false)
    {
        var json = new JsonText();
        new SchemaWriter(json, isV30).Write(schema);
        return JsonNode.Parse(json.ToString())!.ToJsonString(Relaxed);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
