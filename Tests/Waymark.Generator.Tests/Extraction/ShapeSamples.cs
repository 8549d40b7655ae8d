// Compiled twice: into the tests, where System.Text.Json's own generator completes the contexts, and as text by
// ShapeReaderTests, whose shapes are compared with what the serializer knows of the very same types.
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Waymark.Generator.Tests.Extraction.Samples;

#pragma warning disable CA1051, CA1720, CA1819, CA2227, CA1805, CA1815, CA1812, CA1008, CA1027, CA1028, CA1711

internal sealed class Scalars
{
    public bool Bool { get; set; }
    public sbyte SByte { get; set; }
    public byte Byte { get; set; }
    public short Short { get; set; }
    public ushort UShort { get; set; }
    public int Int { get; set; }
    public uint UInt { get; set; }
    public long Long { get; set; }
    public ulong ULong { get; set; }
    public float Float { get; set; }
    public double Double { get; set; }
    public decimal Decimal { get; set; }
    public Half Half { get; set; }
    public Int128 Int128 { get; set; }
    public UInt128 UInt128 { get; set; }
    public char Char { get; set; }
    public string String { get; set; } = "";
    public string? Text { get; set; }
    public int? Number { get; set; }
    public Guid Guid { get; set; }
    public Uri? Uri { get; set; }
    public Version? Version { get; set; }
    public DateTime DateTime { get; set; }
    public DateTimeOffset DateTimeOffset { get; set; }
    public DateOnly DateOnly { get; set; }
    public TimeOnly TimeOnly { get; set; }
    public TimeSpan TimeSpan { get; set; }
    public byte[] Bytes { get; set; } = [];
    public Memory<byte> Memory { get; set; }
    public JsonElement Element { get; set; }
    public JsonNode? Node { get; set; }
    public JsonObject? JsonObject { get; set; }
    public JsonDocument? Document { get; set; }
    public object? Anything { get; set; }
}

internal sealed class Lists
{
    public int[] Array { get; set; } = [];
    public List<string?> Texts { get; set; } = [];
    public List<string> Names { get; set; } = [];
    public IEnumerable<Leaf> Leaves { get; set; } = [];
    public IReadOnlyList<Leaf?> Nullables { get; set; } = [];
    public HashSet<Guid> Set { get; set; } = [];
    public IAsyncEnumerable<Leaf>? Stream { get; set; }
    public List<int?> Numbers { get; set; } = [];
    public Queue<double>? Queue { get; set; }
    public Leaf[][] Jagged { get; set; } = [];
    public ArrayList? Untyped { get; set; }
    public Dictionary<string, Leaf> Map { get; set; } = [];
    public IReadOnlyDictionary<int, List<Leaf>>? Lookup { get; set; }
    public SortedDictionary<string, int?>? Sorted { get; set; }
    public Memory<int> Memory { get; set; }
}

internal sealed record Leaf(int Id, string Name);

internal sealed record Person(int Id, string FirstName, string? NickName = null, int Age = 18, Color Color = Color.Dark)
{
    public string IOAddress { get; init; } = "none";
    public int Full => Id + Age;
    public long Signed { get; init; } = -5;
    public double Ratio { get; set; } = 0.5;
}

internal record struct Point(int X, int Y);

internal readonly record struct Span(int Start, int End = 5);

internal sealed class Members
{
    public required string Keyword { get; init; }
    [JsonRequired] public int Attributed { get; set; }
    [JsonPropertyName("other-name")] public int Renamed { get; set; }
    [JsonIgnore] public int Hidden { get; set; }
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public int Shown { get; set; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Sometimes { get; set; }
    [JsonInclude] public int Field;
    public int PlainField;
    public int PrivateSetter { get; private set; }
    [JsonInclude] public int IncludedSetter { get; internal set; }
    [JsonInclude] internal int Inner { get; set; }
    internal int Unseen { get; set; }
    public static int Static { get; set; }
    public int WriteOnly { set => PlainField = value; }
    [JsonPropertyOrder(-1)] public int First { get; set; }
    [JsonPropertyOrder(1)] public int Last { get; set; }
    [AllowNull] public string Allowed { get => field ?? ""; set; }
    public int this[int index] => index;
    [JsonExtensionData] public Dictionary<string, JsonElement>? Rest { get; set; }
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int Quoted { get; set; }
    [JsonConverter(typeof(JsonStringEnumConverter<Color>))] public Color AsText { get; set; }
    public Color AsNumber { get; set; }
    public Named Named { get; set; }
    public Named? MaybeNamed { get; set; }
    [JsonConverter(typeof(JsonNumberEnumConverter<Named>))] public Named NamedNumber { get; set; }
    public Rights Rights { get; set; }
    public Money Money { get; set; }
    [JsonConverter(typeof(MoneyConverter))] public Money? MemberMoney { get; set; }
}

internal enum Color : byte { Bright, Dark, Dim = Dark }

[JsonConverter(typeof(JsonStringEnumConverter<Named>))]
internal enum Named { One, [JsonStringEnumMemberName("the-second")] Two }

[Flags, JsonConverter(typeof(JsonStringEnumConverter<Rights>))]
internal enum Rights { None, Read = 1, Write = 2 }

[JsonConverter(typeof(MoneyConverter))]
internal readonly record struct Money(decimal Amount);

internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetDecimal());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Amount);
}

internal abstract class Base
{
    public int Id { get; set; }
    public virtual string Title { get; set; } = "";
    public string Own { get; set; } = "";
}

internal sealed class Derived : Base
{
    public override string Title { get; set; } = "";
    public int Extra { get; set; }
    public new int Own { get; set; }
}

internal interface IShape
{
    public int Sides { get; }
}

internal interface ISquare : IShape
{
    public int Width { get; set; }
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dog), "dog")]
[JsonDerivedType(typeof(Cat), 2)]
internal class Animal
{
    public string Name { get; set; } = "";
}

internal sealed class Dog : Animal
{
    public int Barks { get; set; }
}

internal sealed class Cat : Animal
{
    public Cat? Kitten { get; set; }
}

[JsonDerivedType(typeof(Bus))]
internal class Vehicle
{
    public int Wheels { get; set; }
}

internal sealed class Bus : Vehicle;

internal sealed class Page<T>
{
    public required List<T> Items { get; init; }
    public Page<T>? Next { get; init; }
}

internal sealed class Chosen
{
    public Chosen(int id) => Id = id;

    [JsonConstructor]
    internal Chosen(int id, string name) => (Id, Name) = (id, name);

    public int Id { get; }
    public string Name { get; } = "";
    public int Length => Name.Length;
}

internal sealed class Generic
{
    public Page<Leaf>? Leaves { get; set; }
    public Page<Page<int>>? Pages { get; set; }
    public KeyValuePair<int, int> Pair { get; set; }
    public (int Left, int Right) Tuple { get; set; }
}

[JsonSourceGenerationOptions]
[JsonSerializable(typeof(Scalars)), JsonSerializable(typeof(Lists)), JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(Point)), JsonSerializable(typeof(Span)), JsonSerializable(typeof(Members))]
[JsonSerializable(typeof(Derived)), JsonSerializable(typeof(Animal)), JsonSerializable(typeof(Vehicle))]
[JsonSerializable(typeof(ISquare)), JsonSerializable(typeof(Chosen)), JsonSerializable(typeof(Generic))]
internal sealed partial class PlainJson : JsonSerializerContext;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, IncludeFields = true)]
[JsonSerializable(typeof(Person)), JsonSerializable(typeof(Members)), JsonSerializable(typeof(Generic))]
internal sealed partial class WebJson : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.WriteAsString,
    Converters = [typeof(JsonStringEnumConverter<Color>)])]
[JsonSerializable(typeof(Person)), JsonSerializable(typeof(Scalars)), JsonSerializable(typeof(Members))]
internal sealed partial class SnakeJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]
[JsonSerializable(typeof(Person))]
internal sealed partial class KebabJson : JsonSerializerContext;
