using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Middleware;

/// <summary>An attribute is made as it was written: the emitted code and reflection make equal ones.</summary>
public sealed partial class ConstructionTests
{
    private const string Kit =
        """
        namespace Kit;

        public enum Level : byte { Low, High = 200, @default = 3 }
        [Flags] public enum Signed : long { Least = long.MinValue, A = 1, B = 2 }

        /// One constructor for each type: a constant of another type would choose another one.
        public sealed class AllAttribute : MiddlewareAttribute
        {
            public AllAttribute() => Value = "nothing";
            public AllAttribute(sbyte x) => Value = x;
            public AllAttribute(byte x) => Value = x;
            public AllAttribute(short x) => Value = x;
            public AllAttribute(ushort x) => Value = x;
            public AllAttribute(int x) => Value = x;
            public AllAttribute(uint x) => Value = x;
            public AllAttribute(long x) => Value = x;
            public AllAttribute(ulong x) => Value = x;
            public AllAttribute(float x) => Value = x;
            public AllAttribute(double x) => Value = x;
            public AllAttribute(char x) => Value = x;
            public AllAttribute(bool x) => Value = x;
            public AllAttribute(string? x) => Value = x;
            public AllAttribute(Type? x) => Value = x;
            public AllAttribute(Level x) => Value = x;
            public AllAttribute(Signed x) => Value = x;
            public AllAttribute(object? x) => Value = x;
            public AllAttribute(int[]? x) => Value = x;
            public AllAttribute(params object?[]? x) => Value = x;
            public AllAttribute(string x, int y, params string[] rest) => Value = (x, y, string.Join("|", rest));
            public AllAttribute(int x, string y = "left out", Level z = Level.High) => Value = (x, y, z);

            public object? Value { get; }
            public object? Any { get; set; }
            public string? @class { get; init; }
            public Type[]? Types;
            public Level[]? Levels { get; set; }

            public override Handler Wrap(Handler next, ServerContext server) => next;
        }

        public sealed class OfAttribute<T> : MiddlewareAttribute
        {
            public T? Value { get; set; }
            public override Handler Wrap(Handler next, ServerContext server) => next;
        }
        """;

    public static TheoryData<string> Written =>
    [
        "All", "All()", "All((sbyte)-128)", "All((byte)255)", "All((short)-1)", "All((ushort)1)", "All(int.MinValue)",
        "All(7)", "All(7u)", "All(long.MinValue)", "All(7L)", "All(ulong.MaxValue)", "All(1.5f)", "All(float.NaN)",
        "All(float.MinValue)", "All(float.NegativeInfinity)", "All(double.MaxValue)", "All(double.Epsilon)",
        "All(double.PositiveInfinity)", "All(-0.1)", "All(1d)", "All('x')", "All('\\'')", "All('\\\\')", "All('\\0')",
        "All('\\n')", "All('\\u2028')", "All('\\ud800')", "All(true)", "All(false)", "All(\"\")", "All((string?)null)",
        "All(\"\\\"quoted\\\" \\\\ \\0 \\a \\b \\f \\n \\r \\t \\v \\u0085 \\u2029 \\ufeff \\ud83d\\ude00 é {0} {{\")",
        "All(@\"c:\\\"\"x\")", "All(\"\"\"raw \" \\n\"\"\")", "All((Type?)null)",
        "All(typeof(int))", "All(typeof(void))", "All(typeof(int?[]))", "All(typeof(List<>))",
        "All(typeof(Dictionary<string, Kit.Level[,]>))", "All(typeof((int A, string B)))",
        "All(typeof(Kit.OfAttribute<>))", "All(typeof(Outer.Inner))", "All(Kit.Level.High)",
        "All(Kit.Level.@default)", "All((Kit.Level)99)", "All(Kit.Signed.Least)", "All((Kit.Signed)(-5))",
        "All(Kit.Signed.A | Kit.Signed.B)", "All((object)(byte)5)", "All((object)5u)", "All((object)Kit.Level.High)",
        "All((object?)null)", "All((object)\"x\")", "All((object)typeof(int))", "All((object)new[] { 1, 2 })",
        "All(new int[] { 1, -2 })", "All(new int[0])", "All((int[]?)null)", "All(1, 'c', null, \"x\", 2.5)",
        "All(new object?[] { 1L, new string?[] { \"a\", null }, typeof(int), (short)3 })", "All((object?[]?)null)",
        "All(\"x\", 1)", "All(\"x\", 1, \"a\", \"b\")", "All(5, \"y\")", "All(x: 5, z: Kit.Level.Low)",
        "All(y: 2, x: \"x\")", "All(Any = 1)", "All(Any = (byte)1, @class = \"c\")", "All(1, Any = Kit.Level.High)",
        "All(Types = new[] { typeof(int), typeof(Kit.Level) })", "All(Levels = new Kit.Level[] { (Kit.Level)3 })",
        "All(Any = null, Types = null)", "Of<int>(Value = 3)", "Of<Kit.Level[]>(Value = new[] { Kit.Level.Low })",
        "Of<string>", "Of<Outer.Inner>",
    ];

    [Fact]
    public void Every_kind_of_argument_is_written_as_what_it_is()
    {
        // All at once: compiling is what takes time.
        string[] written = [.. Written.Select(row => row.Data)];
        string source = "using Kit;\npublic class Outer { public enum Inner { X } }\nstatic class H\n{\n"
            + string.Concat(written.Select((text, number) =>
                $"    [Get(\"/{number}\"), {text}] public static void M{number}() {{ }}\n"))
            + "}";
        using LoadedTable table = GeneratorRun.Load(Kit, source);

        Assembly assembly = table.Routes.Assembly;
        List<IMiddleware> made = table.Table.Middleware!.Create();
        Assert.Equal(written.Length, made.Count);
        var methods = assembly.GetType("H")!.GetMethods().ToDictionary(method => method.Name);
        IReadOnlyList<string> routes = [.. table.Table.Routes.Select(route => route.Handler)];
        for (int number = 0; number < made.Count; number++)
        {
            string method = routes[number].Split('.')[1];
            Attribute expected = methods[method].GetCustomAttributes<MiddlewareAttribute>().Single();
            Assert.Equal(
                written[int.Parse(method[1..], CultureInfo.InvariantCulture)] + ": " + Shown(expected),
                written[int.Parse(method[1..], CultureInfo.InvariantCulture)] + ": " + Shown(made[number]));
        }
    }

    /// <summary>The metadata of attributes is UTF-8, which has no half of a pair; source has.</summary>
    [Fact]
    public void Half_a_surrogate_pair_is_kept()
    {
        using LoadedTable table = GeneratorRun.Load(
            Kit, "static class H { [Get(\"/\"), Kit.All(\"\\ud800 alone \\udc00\")] public static void M() { } }");

        Assert.Contains(
            "Value=string \\ud800 alone \\udc00;", Shown(table.Table.Middleware!.Create()[0]),
            StringComparison.Ordinal);
    }

    /// <summary>All of its values, with their types.</summary>
    private static string Shown(object made)
    {
        IEnumerable<string> properties = made.GetType().GetProperties()
            .Where(property => property.Name != "TypeId")
            .Select(property => property.Name + "=" + Value(property.GetValue(made)));
        IEnumerable<string> fields = made.GetType().GetFields()
            .Select(field => field.Name + "=" + Value(field.GetValue(made)));
        return made.GetType() + ": " + string.Join("; ", properties.Concat(fields));
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        Array array => array.GetType() + "{" + string.Join(", ", array.Cast<object?>().Select(Value)) + "}",
        double number => "double " + BitConverter.DoubleToInt64Bits(number),
        float number => "float " + BitConverter.SingleToInt32Bits(number),
        Type type => "type " + type,
        string text => "string " + Escaped().Replace(text, match => $"\\u{(int)match.Value[0]:x4}"),
        char text => "char " + (int)text,
        _ => value.GetType() + " " + value,
    };

    [GeneratedRegex("[^ -~]")]
    private static partial Regex Escaped();
}
