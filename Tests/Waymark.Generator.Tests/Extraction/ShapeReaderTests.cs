using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Extraction;
using Waymark.Generator.Extraction.Shapes;
using Waymark.Generator.Model;
using Waymark.Generator.Tests.Extraction.Samples;
using Waymark.Generator.Tests.Harness;
using Waymark.TestSupport;

namespace Waymark.Generator.Tests.Extraction;

/// <summary>Shapes say of types what the serializer itself knows of them.</summary>
public sealed class ShapeReaderTests
{
    private const string Samples = "Tests/Waymark.Generator.Tests/Extraction/ShapeSamples.cs";

    private static readonly Lazy<Compilation> Compilation = new(() => GeneratorRun
        .Compile(File.ReadAllText(Repository.PathOf(Samples))));

    [Theory]
    [InlineData("PlainJson")]
    [InlineData("WebJson")]
    [InlineData("SnakeJson")]
    [InlineData("KebabJson")]
    public void A_shape_is_what_the_serializer_writes(string context)
    {
        JsonContextModel model = ModelOf(context);
        var twin = new SerializerTwin(ContextOf(context), model);
        var differences = new List<string>();
        foreach (Type type in twin.Listed)
            twin.Compare(type, "global::" + type.FullName, differences);
        Assert.True(differences.Count == 0, string.Join("\n", differences));
        Assert.True(twin.Compared >= 3, "The comparison met next to nothing.");
    }

    [Fact]
    public void Formats_and_defaults_are_read()
    {
        JsonContextModel model = ModelOf("WebJson");
        TypeShape person = ShapeOf(model, "global::Waymark.Generator.Tests.Extraction.Samples.Person");
        Assert.Equal(
            "id: int ·, firstName: string ·, nickName: string ·, age: int 18, " +
            "color: global::Waymark.Generator.Tests.Extraction.Samples.Color \"Dark\", ioAddress: string \"none\", " +
            "full: int ·, signed: long -5, ratio: double 0.5",
            string.Join(", ", person.Members.Select(member =>
                $"{member.JsonName}: {member.Type} {(member.Default.Length == 0 ? "·" : member.Default)}")));
        Assert.Equal("int32", ShapeOf(model, "int").Format);
    }

    [Fact]
    public void Generic_types_are_named_in_words()
    {
        JsonContextModel model = ModelOf("PlainJson");
        Assert.Contains(model.Shapes, shape => shape.Name == "PageOfPageOfInt32");
        Assert.Contains(model.Shapes, shape => shape.Name == "LeafArrayArray");
    }

    [Fact]
    public void A_type_that_leads_to_ever_deeper_ones_comes_to_an_end()
    {
        Compilation compilation = GeneratorRun.Compile(
            """
            using System.Text.Json.Serialization;
            public class Deep<T> { public Deep<List<T>>? Left { get; set; } public Deep<T[]>? Right { get; set; } }
            [JsonSerializable(typeof(Deep<int>))] internal partial class AppJson : JsonSerializerContext;
            """);
        JsonContextModel model = JsonContextReader.Read(compilation.GetTypeByMetadataName("AppJson")!)!;
        Assert.InRange(model.Shapes.Count, 10, 2000);
        Assert.Contains(model.Shapes, shape => shape.Kind == ShapeKind.Any);
    }

    [Fact]
    public void The_hook_of_a_type_is_found_where_its_signature_is_right()
    {
        Compilation compilation = GeneratorRun.Compile(
            """
            using System.Text.Json.Serialization;
            namespace Waymark { public sealed record ValidationError(string Pointer, string Detail); }
            public class Right { public static IEnumerable<ValidationError> Validate(Right value) => []; }
            public class Listed { internal static List<ValidationError> Validate(Listed value) => []; }
            public class Hidden { private static IEnumerable<ValidationError> Validate(Hidden value) => []; }
            public class Instance { public IEnumerable<ValidationError> Validate(Instance value) => []; }
            public class Other { public static IEnumerable<ValidationError> Validate(Right value) => []; }
            public class Texts { public static IEnumerable<string> Validate(Texts value) => []; }
            [JsonSerializable(typeof(Right)), JsonSerializable(typeof(Listed)), JsonSerializable(typeof(Hidden))]
            [JsonSerializable(typeof(Instance)), JsonSerializable(typeof(Other)), JsonSerializable(typeof(Texts))]
            internal partial class AppJson : JsonSerializerContext;
            """);
        JsonContextModel model = JsonContextReader.Read(compilation.GetTypeByMetadataName("AppJson")!)!;
        Assert.Equal(
            ["global::Listed.Validate", "global::Right.Validate"],
            model.Shapes.Select(shape => shape.ValidateMethod).Where(method => method.Length > 0));
    }

    [Theory]
    [InlineData(JsonKnownNamingPolicy.CamelCase)]
    [InlineData(JsonKnownNamingPolicy.SnakeCaseLower)]
    [InlineData(JsonKnownNamingPolicy.SnakeCaseUpper)]
    [InlineData(JsonKnownNamingPolicy.KebabCaseLower)]
    [InlineData(JsonKnownNamingPolicy.KebabCaseUpper)]
    public void Names_are_converted_as_the_serializer_converts_them(JsonKnownNamingPolicy known)
    {
        JsonNamingPolicy expected = known switch
        {
            JsonKnownNamingPolicy.CamelCase => JsonNamingPolicy.CamelCase,
            JsonKnownNamingPolicy.SnakeCaseLower => JsonNamingPolicy.SnakeCaseLower,
            JsonKnownNamingPolicy.SnakeCaseUpper => JsonNamingPolicy.SnakeCaseUpper,
            JsonKnownNamingPolicy.KebabCaseLower => JsonNamingPolicy.KebabCaseLower,
            _ => JsonNamingPolicy.KebabCaseUpper,
        };
        const string alphabet = "AABbcd1_ éÉǅ語";
        var random = new Random(20);
        for (int run = 0; run < 20_000; run++)
        {
            string name = string.Concat(
                Enumerable.Range(0, random.Next(1, 9)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.Equal(expected.ConvertName(name), ((NamingPolicy)(int)known).Convert(name));
        }
    }

    private static JsonContextModel ModelOf(string context) => JsonContextReader.Read(
        Compilation.Value.GetTypeByMetadataName("Waymark.Generator.Tests.Extraction.Samples." + context)!)!;

    private static JsonSerializerContext ContextOf(string context) => context switch
    {
        "PlainJson" => PlainJson.Default,
        "WebJson" => WebJson.Default,
        "SnakeJson" => SnakeJson.Default,
        _ => KebabJson.Default,
    };

    private static TypeShape ShapeOf(JsonContextModel model, string type) =>
        model.Shapes.Single(shape => shape.Type == type);

    /// <summary>Walks the serializer's own metadata beside the shapes.</summary>
    private sealed class SerializerTwin(JsonSerializerContext context, JsonContextModel model)
    {
        private readonly JsonSerializerOptions _options = new(context.Options)
        {
            TypeInfoResolver = context,
            // What shapes document; the serializer is laxer unless it is told.
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
        };

        private readonly HashSet<string> _seen = [];

        public int Compared => _seen.Count;

        public IEnumerable<Type> Listed => context.GetType().GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!);

        public void Compare(Type type, string shapeType, List<string> differences)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (!_seen.Add(shapeType))
                return;
            if (model.Shapes.SingleOrDefault(candidate => candidate.Type == shapeType) is not { } shape)
            {
                differences.Add($"{shapeType}: no shape");
                return;
            }

            JsonTypeInfo info = _options.GetTypeInfo(type);
            string actual = Shown(shape);
            string expected = Shown(info, shape);
            if (actual != expected)
                differences.Add($"{type.Name}\n  expected {expected}\n  actual   {actual}");
            foreach ((JsonPropertyInfo property, MemberShape member) in PropertiesOf(info)
                .Join(shape.Members, property => property.Name, member => member.JsonName, (a, b) => (a, b)))
            {
                if (member.JsonType.Length == 0)
                    Compare(property.PropertyType, member.Type, differences);
            }

            if (info.ElementType is { } element)
                Compare(element, shape.Element, differences);
            foreach (DerivedShape derived in shape.Derived)
            {
                JsonDerivedType real = info.PolymorphismOptions!.DerivedTypes.Single(other =>
                    JsonSerializer.Serialize(other.TypeDiscriminator ?? "") is var id
                    && (id == "\"\"" ? "" : id) == derived.Discriminator);
                Compare(real.DerivedType, derived.Type, differences);
            }
        }

        private static string Shown(TypeShape shape)
        {
            string members = string.Join(", ", shape.Members.Select(member =>
                $"{member.JsonName}{(member.IsRequired ? "!" : "")}{(member.IsNullable ? "?" : "")}" +
                (member.IsReadOnly ? " read-only" : "")));
            return $"{shape.Kind} [{members}] [{string.Join(",", shape.EnumNames)}] {shape.Discriminator} " +
                $"{shape.Derived.Count} {shape.IsValueType}";
        }

        private string Shown(JsonTypeInfo info, TypeShape shape)
        {
            string members = string.Join(", ", PropertiesOf(info).Select(property =>
                $"{property.Name}{(property.IsRequired ? "!" : "")}{(IsNullable(property) ? "?" : "")}" +
                (property.Set is null && property.AssociatedParameter is null ? " read-only" : "")));
            (string kind, string names) = KindOf(info);
            bool isTold = info.PolymorphismOptions?.DerivedTypes
                .Any(type => type.TypeDiscriminator is not null) == true;
            string discriminator = isTold ? info.PolymorphismOptions!.TypeDiscriminatorPropertyName : "";
            int derived = info.PolymorphismOptions?.DerivedTypes.Count ?? 0;
            return $"{kind} [{members}] [{names}] {discriminator} {derived} {info.Type.IsValueType}";
        }

        private (string Kind, string Names) KindOf(JsonTypeInfo info)
        {
            if (info.Kind != JsonTypeInfoKind.None)
            {
                return (info.Kind switch
                {
                    JsonTypeInfoKind.Enumerable => "Array",
                    JsonTypeInfoKind.Dictionary => "Map",
                    _ => "Object",
                }, "");
            }

            JsonNode schema = _options.GetJsonSchemaAsNode(info.Type);
            if (schema is not JsonObject found)
                return ("Any", "");
            if (found["enum"] is JsonArray names)
                return ("Enum", string.Join(",", names.Select(name => name!.GetValue<string>())));
            bool isQuoted = (info.Options.NumberHandling & JsonNumberHandling.WriteAsString) != 0;
            string type = found["type"] is JsonArray several
                ? string.Join("|", several.Select(one => one!.GetValue<string>()).Where(one => one != "null"))
                : found["type"]?.GetValue<string>() ?? "any";
            return (type switch
            {
                // Numbers that may be read from text are still written as numbers.
                "string|integer" when !isQuoted => "Integer",
                "string|number" when !isQuoted => "Number",
                "string|integer" or "string|number" => "String",
                _ => char.ToUpperInvariant(type[0]) + type[1..],
            }, "");
        }

        private static IEnumerable<JsonPropertyInfo> PropertiesOf(JsonTypeInfo info) => info.Properties
            .Where(property => !property.IsExtensionData && (property.Get is not null || property.Set is not null
                || property.AssociatedParameter is not null))
            // The metadata keeps what the options leave out when an object is written.
            .Where(property => !info.Options.IgnoreReadOnlyProperties || property.Set is not null
                || property.AssociatedParameter is not null);

        private static bool IsNullable(JsonPropertyInfo property) => property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : (property.IsGetNullable && property.Get is not null)
                || (property.IsSetNullable && property.Set is not null)
                || property.AssociatedParameter?.IsNullable == true;
    }
}
