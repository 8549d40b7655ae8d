using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Waymark.CompilerServices;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Emit;

/// <summary>Emitted validators, compiled with warnings as errors and run.</summary>
public sealed class ValidatorTests
{
    private const string Context =
        """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using System.ComponentModel.DataAnnotations;

        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
        [JsonSerializable(typeof(Body))]
        public sealed partial class AppJson : JsonSerializerContext
        {
            public AppJson() : base(null) { }
            public static AppJson Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }

        public static class Handlers
        {
            [Post("/")] public static void Take(Body body) { }
        }

        """;

    /// <summary>A member, an object that has it, and what is found there.</summary>
    public static TheoryData<string, string, string> Rows => new()
    {
        { "[Required] public string? A { get; set; }", "", "/a: must be given" },
        { "[Required] public string? A { get; set; }", "A = \" \"", "/a: must not be empty" },
        { "[Required(AllowEmptyStrings = true)] public string? A { get; set; }", "A = \"\"", "" },
        { "[Required] public int? A { get; set; }", "", "/a: must be given" },
        { "[Range(1, 9)] public int A { get; set; }", "A = 0", "/a: must be from 1 to 9" },
        { "[Range(1, 9)] public int A { get; set; }", "A = 9", "" },
        { "[Range(1, 9)] public int? A { get; set; }", "", "" },
        { "[Range(1, 9)] public int? A { get; set; }", "A = 10", "/a: must be from 1 to 9" },
        { "[Range(300, 400)] public byte A { get; set; }", "A = 1", "/a: must be from 300 to 400" },
        { "[Range(0.5, 1.5)] public double A { get; set; }", "A = double.NaN", "/a: must be from 0.5 to 1.5" },
        { "[Range(1, 9)] public decimal A { get; set; }", "A = 9.01m", "/a: must be from 1 to 9" },
        { "[Range(-1, 9)] public ulong A { get; set; }", "A = 10", "/a: must be from -1 to 9" },
        { "[Range(0.5, 1.5)] public int A { get; set; }", "A = 2", "/a: must be from 0.5 to 1.5" },
        { "[Range(typeof(decimal), \"0.1\", \"0.2\")] public decimal A { get; set; }", "A = 0.3m",
                "/a: must be from 0.1 to 0.2" },
        { "[Range(1, 9, MinimumIsExclusive = true, MaximumIsExclusive = true)] public long A { get; set; }",
                "A = 1", "/a: must be more than 1 and less than 9" },
        { "[Range(typeof(DateOnly), \"2024-01-01\", \"2024-12-31\")] public DateOnly A { get; set; }",
                "A = new DateOnly(2025, 1, 1)", "/a: must be from 2024-01-01 to 2024-12-31" },
        { "[Range(typeof(DateOnly), \"2024-01-01\", \"2024-12-31\")] public DateOnly A { get; set; }",
                "A = new DateOnly(2024, 12, 31)", "" },
        { "[Range(typeof(DateTime), \"2024-01-01\", \"2024-12-31\")] public DateTime A { get; set; }",
                "A = new DateTime(2023, 1, 1)", "/a: must be from 2024-01-01 to 2024-12-31" },
        { "[Range(typeof(DateTimeOffset), \"2024-01-01\", \"2024-12-31\")] public DateTimeOffset A { get; set; }",
                "A = new DateTimeOffset(2025, 1, 1, 0, 0, 0, default)", "/a: must be from 2024-01-01 to 2024-12-31" },
        { "[Range(typeof(TimeSpan), \"00:00:01\", \"01:00:00\")] public TimeSpan A { get; set; }", "",
                "/a: must be from 00:00:01 to 01:00:00" },
        { "[Range(typeof(TimeOnly), \"08:00\", \"17:00\")] public TimeOnly A { get; set; }",
                "A = new TimeOnly(17, 1)", "/a: must be from 08:00 to 17:00" },
        { "[Range(0, 1)] public Half A { get; set; }", "A = (Half)2", "/a: must be from 0 to 1" },
        { "[MaxLength(2)] public string? A { get; set; }", "A = \"abc\"", "/a: must have at most 2 characters" },
        { "[MaxLength(2)] public string? A { get; set; }", "", "" },
        { "[MinLength(1)] public List<int>? A { get; set; }", "A = []", "/a: must have at least 1 item" },
        { "[MinLength(1)] public int[]? A { get; set; }", "A = []", "/a: must have at least 1 item" },
        { "[Length(2, 3)] public HashSet<int?>? A { get; set; }", "A = [1]", "/a: must have from 2 to 3 items" },
        { "[Length(2, 2)] public Dictionary<string, int>? A { get; set; }", "A = []",
                "/a: must have exactly 2 items" },
        { "[StringLength(3, MinimumLength = 2)] public string A { get; set; } = \"\";", "",
                "/a: must have from 2 to 3 characters" },
        { "[MaxLength(1)] public byte[]? A { get; set; }", "A = [1, 2]", "/a: must have at most 1 item" },
        { "[RegularExpression(\"a|ab\")] public string? A { get; set; }", "A = \"ab\"",
                "/a: must match the pattern a|ab" },
        { "[RegularExpression(\"[a-z]+\")] public string? A { get; set; }", "A = \"abc\"", "" },
        { "[EmailAddress] public string? A { get; set; }", "A = \"a\"", "/a: must be an e-mail address" },
        { "[Url] public Uri? A { get; set; }", "A = new Uri(\"mailto:a@b\")",
                "/a: must be an absolute URL that begins with http://, https:// or ftp://" },
        { "[Phone] public string? A { get; set; }", "A = \"x\"", "/a: must be a phone number" },
        { "[CreditCard] public string? A { get; set; }", "A = \"1\"", "/a: must be the number of a credit card" },
        { "[Base64String] public string? A { get; set; }", "A = \"*\"", "/a: must be base64" },
        { "[AllowedValues(\"x\", \"y\")] public string? A { get; set; }", "A = \"z\"",
                "/a: must be one of \"x\", \"y\"" },
        { "[AllowedValues(\"x\", null)] public string? A { get; set; }", "", "" },
        { "[AllowedValues(\"x\")] public string? A { get; set; }", "", "/a: must be \"x\"" },
        { "[DeniedValues(1, 2)] public long A { get; set; }", "A = 2", "/a: must not be one of 1, 2" },
        { "[AllowedValues(DayOfWeek.Friday)] public DayOfWeek A { get; set; }", "", "/a: must be (5)" },
        { "[Compare(\"B\")] public string? A { get; set; } public string? B { get; set; }", "B = \"x\"",
                "/a: must be equal to 'b'" },
        { "[Compare(\"B\")] public int A { get; set; } public int? B { get; set; }", "B = 0", "" },
        { "[MaxLength(2, ErrorMessage = \"{0} is at most {1}\")] public string? A { get; set; }", "A = \"abc\"",
                "/a: a is at most 2" },
        { "[JsonPropertyName(\"a/b~c\"), Required] public string? A { get; set; }", "",
            "/a~1b~0c: must be given" },
        { "[Required, MinLength(3), EmailAddress] public string? A { get; set; }", "A = \"x\"",
                "/a: must have at least 3 characters; /a: must be an e-mail address" },
        { "[Required] public string? value { get; set; } [Required] public string? @class { get; set; }", "",
                "/value: must be given; /class: must be given" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_is_checked(string member, string initializer, string expected)
    {
        Assert.Equal(expected, Validate(
            $"public class Body {{ {member} }}", $"new Body {{ {initializer} }}"));
    }

    private const string Nested =
        """
        public class Body
        {
            public Item? One { get; set; }
            public List<Item?>? Many { get; set; }
            public Item[][]? Grid { get; set; }
            public Dictionary<string, Item>? Map { get; set; }
            public IReadOnlyDictionary<int, Item>? ByNumber { get; set; }
            public IEnumerable<Point?>? Points { get; set; }
            public Body? Next { get; set; }
            public Animal? Pet { get; set; }
        }
        public record Item([MaxLength(1)] string Name, [property: Range(1, 9)] int Count = 1);
        public struct Point
        {
            [Range(0, 9)] public int X { get; set; }
            public static IEnumerable<ValidationError> Validate(Point value) =>
                value.X == 5 ? [new("", "must not be 5"), new("x", "5"), new("/x", "five")] : [];
        }
        [JsonDerivedType(typeof(Dog), "dog")]
        public class Animal { [Required] public string? Name { get; set; } }
        public class Dog : Animal { [Range(1, 2)] public int Age { get; set; } }

        """;

    [Theory]
    [InlineData("One = new(\"ab\", 0)", "/one/name: must have at most 1 character; /one/count: must be from 1 to 9")]
    [InlineData("Many = [new(\"a\"), null, new(\"ab\")]", "/many/2/name: must have at most 1 character")]
    [InlineData("Grid = [[new(\"a\")], [new(\"a\"), new(\"ab\")]]", "/grid/1/1/name: must have at most 1 character")]
    [InlineData("Map = new() { [\"a/b\"] = new(\"ab\") }", "/map/a~1b/name: must have at most 1 character")]
    [InlineData("ByNumber = new Dictionary<int, Item> { [7] = new(\"ab\") }",
        "/byNumber/7/name: must have at most 1 character")]
    [InlineData("Points = new Point?[] { null, new Point { X = 10 } }", "/points/1/x: must be from 0 to 9")]
    [InlineData("Points = new Point?[] { new Point { X = 5 } }",
        "/points/0: must not be 5; /points/0/x: 5; /points/0/x: five")]
    [InlineData("Next = new() { Next = new() { One = new(\"ab\") } }",
        "/next/next/one/name: must have at most 1 character")]
    [InlineData("Pet = new Dog { Name = \"a\" }", "/pet/age: must be from 1 to 2")]
    [InlineData("Pet = new Animal()", "/pet/name: must be given")]
    [InlineData("Pet = new Dog()", "/pet/age: must be from 1 to 2; /pet/name: must be given")]
    [InlineData("", "")]
    public void Errors_of_what_lies_inside_have_its_place(string initializer, string expected)
    {
        Assert.Equal(expected, Validate(Nested, $"new Body {{ {initializer} }}"));
    }

    [Fact]
    public void A_type_of_nothing_but_a_method_is_validated_by_it()
    {
        const string type =
            """
            public class Parent { public static List<ValidationError> Validate(Parent value) => [new("", "no")]; }
            public class Body : Parent;
            """;
        Assert.Equal(": no", Validate(type, "new Body()"));
    }

    [Fact]
    public void An_object_that_leads_to_itself_comes_to_an_end()
    {
        const string type =
            "public class Body { [Required] public string? A { get; set; } public Body? B { get; set; } }";
        string found = Validate(
            type, "((Func<Body>)(() => { var body = new Body { A = \"a\" }; body.B = body; return body; }))()");
        Assert.EndsWith("/b/b: must not be nested deeper than 64 levels", found, StringComparison.Ordinal);
        Assert.Equal(64, found.Split("/b").Length - 1);
    }

    [Fact]
    public void No_more_than_100_errors_are_looked_for()
    {
        const string type =
            "public class Body { public List<Body?>? A { get; set; } [Required] public string? B { get; set; } }";
        string found = Validate(type, "new Body { A = Enumerable.Repeat(new Body(), 200).ToList<Body?>() }");
        Assert.Equal(100, found.Split("; ").Length);
    }

    [Fact]
    public void A_valid_body_allocates_nothing()
    {
        const string body =
            """
            new Body
            {
                One = new("a"), Many = [new("a"), null], Grid = [[new("a")]], Map = new() { ["a"] = new("a") },
                Points = new Point?[] { new Point { X = 1 } }, Next = new(), Pet = new Dog { Name = "a", Age = 1 },
            }
            """;
        using var loaded = LoadedValidator.Load(Context + Nested + Program(body));
        Assert.Equal(0, loaded.Measure());
    }

    [Theory]
    [InlineData("public int A { get; set; }")]
    [InlineData("[Required] public int A { get; set; }")]
    [InlineData("[MaxLength] public string? A { get; set; }")]
    [InlineData("[Required] public string? A { set { } }")]
    [InlineData("[Required, JsonIgnore] public string? A { get; set; }")]
    public void Without_rules_there_is_no_file(string member)
    {
        Dictionary<string, string> files = GeneratorRun.Run(GeneratorRun.Compile(
            Context + "public class Body { " + member + " }"));
        Assert.DoesNotContain("Waymark.Validators.g.cs", files.Keys);
    }

    private static string Program(string body) =>
        "public static class Maker { public static Body Make() => " + body + "; }";

    private static string Validate(string types, string body)
    {
        using var loaded = LoadedValidator.Load(
            "using System.Linq;\n" + Context + types + Program(body));
        return loaded.Run();
    }

    /// <summary>The emitted class Validators, asked by reflection as a thunk would ask it.</summary>
    private sealed class LoadedValidator(AssemblyLoadContext context, MethodInfo validate, object body) : IDisposable
    {
        private delegate void Validator(object body, ref BindErrors errors);

        public static LoadedValidator Load(string source)
        {
            CSharpCompilation compilation = GeneratorRun.Compile(source);
            GeneratorRun.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
            using var assembly = new MemoryStream();
            Microsoft.CodeAnalysis.Emit.EmitResult emitted = updated.Emit(assembly);
            Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
            assembly.Position = 0;
            var context = new AssemblyLoadContext(updated.AssemblyName, isCollectible: true);
            Assembly loaded = context.LoadFromStream(assembly);
            Type validators = loaded.GetType("Routes", throwOnError: true)!
                .GetNestedType("Validators", BindingFlags.NonPublic)!;
            MethodInfo check = validators.GetMethod("Check_Body", BindingFlags.Static | BindingFlags.NonPublic)!;
            object body = loaded.GetType("Maker", throwOnError: true)!.GetMethod("Make")!.Invoke(null, null)!;
            Assert.NotNull(validators.GetMethod("Validate_Body", BindingFlags.Static | BindingFlags.NonPublic));
            return new LoadedValidator(context, check, body);
        }

        public string Run()
        {
            object?[] arguments = [body, default(ValidationFindings), 0];
            validate.Invoke(null, arguments);
            var found = (ValidationFindings)arguments[1]!;
            var errors = (List<ValidationError>?)typeof(ValidationFindings)
                .GetField("_errors", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(found);
            return string.Join("; ", (errors ?? []).Select(error => $"{error.Pointer}: {error.Detail}"));
        }

        public long Measure()
        {
            Type routes = validate.DeclaringType!;
            MethodInfo root = routes.GetMethod("Validate_Body", BindingFlags.Static | BindingFlags.NonPublic)!;
            var call = (Validator)typeof(LoadedValidator)
                .GetMethod(nameof(Adapt), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(body.GetType())
                .Invoke(null, [root])!;
            BindErrors errors = default;
            for (int run = 0; run < 100; run++)
                call(body, ref errors);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int run = 0; run < 100; run++)
                call(body, ref errors);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(errors.IsEmpty);
            return allocated;
        }

        public void Dispose() => context.Unload();

        private static Validator Adapt<T>(MethodInfo root)
        {
            TypedValidator<T> typed = root.CreateDelegate<TypedValidator<T>>();
            return (object body, ref BindErrors errors) => typed((T)body, ref errors);
        }

        private delegate void TypedValidator<T>(T body, ref BindErrors errors);
    }
}
