namespace Waymark.Generator.Tests.Emit;

/// <summary>Sources that a generator may stumble over.</summary>
internal static class UnusualHandlers
{
    public static readonly IReadOnlyList<(string What, string Source)> All =
    [
        (
            "a keyword as every name",
            """
            namespace @namespace.@class; static class @static {
            [Get("/:int")] internal static string @event(int @int, string @string) => ""; }
            """),
        (
            "contextual keywords",
            """
            static class @async {
            [Post("/:await")] internal static string await(int @await, Shop.User @async, int @field = 1) => ""; }
            """),
        (
            "nested classes",
            """
            namespace A.B.C; static class Outer { public static class Inner { internal
            class Deep { [Get("/")] internal static void M() { } } } }
            """),
        (
            "a struct and a record",
            """
            struct S { [Get("/s")] public static void M() { } } record R {
            [Get("/r")] public static void M() { } }
            """),
        (
            "unicode names",
            """
            namespace Größe; static class Straße {
            [Get("/:größe")] internal static string Finde(int größe, string? straße) => ""; }
            """),
        (
            "combining marks",
            """
            static class क्षेत्र { [Get("/a")] internal static void M() { } }
            """),
        (
            "a line separator in a template",
            """
            static class A { [Get("/a\u2028b")] internal static void M() { } }
            """),
        (
            "a comment's end in a template",
            """
            static class A { [Get("/a*/b")] internal static void M() { }
            [Get("/x&y'<")] internal static void N() { }
            [Get("/x&y'z")] internal static void O() { } }
            """),
        (
            "an obsolete handler",
            """
            static class A { [Obsolete] [Get("/a")] internal static void M() { } [Obsolete("no")]
            [Get("/b")] internal static void N() { } }
            """),
        (
            "nullable disabled",
            """
            #nullable disable
            static class A {
            [Post("/a")] internal static Shop.User M(Shop.User u, string q) => u; }
            """),
        (
            "names of the runtime in the global namespace",
            """
            class Bind { } class Results { } class Verbs { } class Exchange2 { }
            class ValueTask { } static class A {
            [Get("/a/:id")] internal static string M(int id) => ""; }
            """),
        (
            "namespaces in the way",
            """
            namespace Shop.System.Threading { class X { } } namespace Shop.Waymark { class Y { } }
            namespace Shop.Wm { static class A { [Get("/a")] internal static void M() { } } }
            class Wm { }
            """),
        (
            "classes whose names differ in case",
            """
            static class Ab { [Get("/a")] internal static void M() { } } static class AB {
            [Get("/b")] internal static void M() { } }
            """),
        (
            "names that collide when joined",
            """
            namespace Shop { static class A_B { [Get("/a")] internal static void M() { } } }
            static class Shop_A { [Get("/b")] internal static void B_M() { } } namespace Shop.A {
            static class B { [Get("/c")] internal static void M() { } } }
            """),
        (
            "names of the generated members",
            """
            static class Match { [Get("/users")] internal static void users() { }
            [Get("/x")] internal static Shop.User Json() => null!; } static class Table {
            [Get("/t")] internal static Shop.User Json() => null!; }
            """),
        (
            "names of the generated files",
            """
            namespace Waymark { static class Problems { [Get("/a")] internal static void M() { } }
            static class Routes { [Get("/b")] internal static void M() { } } }
            """),
        (
            "overloads",
            """
            static class A { [Get("/a")] internal static void M() { }
            [Get("/a/:id")] internal static void M(int id) { }
            [Get("/b/:id"), Get("/c/:id"), Get("/d/:_x/:id")] internal static void M(long id) { } }
            """),
        (
            "an extension method and an async one",
            """
            static class A { [Get("/a/:id")] internal static string M(this int id) => "";
            [Get("/b")] internal static async Task<Shop.User?> N() { await Task.Yield(); return null; } }
            """),
        (
            "a JSON type called like its class or like object's members",
            """
            namespace N { public class Equals { } public class A_Json { } }
            [System.Text.Json.Serialization.JsonSerializable(typeof(N.Equals))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(N.A_Json))]
            partial class J : System.Text.Json.Serialization.JsonSerializerContext {
            public J() : base(null) { } public static J Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null; }
            static class A { [Get("/a")] internal static N.Equals M() => new();
            [Get("/b")] internal static N.A_Json N() => new(); }
            """),
        (
            "names of generated locals and classes as parameters",
            """
            enum Parsers { One } enum Wm { Two } enum B_Json { Three } enum Equals { Four }
            static class B { [Post("/:Parsers/:errors")] internal static Shop.User M(
                int Parsers, Parsers errors, Equals e, Wm exchange,
                B_Json form, int Bind, [Body] Shop.User B_Json) => B_Json; }
            """),
        (
            "enums with unusual names",
            """
            namespace @enum { enum @class { @int = -1, INT, Int, ü, _ } }
            static class Outer<T> { internal enum Inner : ulong { A = ulong.MaxValue, B = A } }
            enum Empty { } [Flags] enum F : sbyte { None, All = -1 }
            static class A { [Get("/a")] internal static void M(
                @enum.@class a, Outer<int>.Inner b, Outer<string[]>.Inner? c, Empty d, F e = F.All,
                @enum.@class f = @enum.@class.@int, Outer<int>.Inner g = Outer<int>.Inner.A, F? h = (F)(-5)) { } }
            """),
        (
            "types whose simple names are equal",
            """
            namespace A.B { enum C { X } } namespace A { enum B_C { X } } namespace A_B { enum C { X } }
            static class A_ { [Get("/a")] internal static void M(A.B.C a, A.B_C b, A_B.C c) { } }
            """),
        (
            "types that parse themselves inside of others",
            """
            static class Outer<T> { internal readonly struct Id { internal static bool TryParse(
                string text, out Id id) { id = default; return true; } } }
            class Base { public static bool TryParse(ReadOnlySpan<byte> text, out Base? it) {
                it = new(); return true; } }
            static class A { [Get("/:a")] internal static void M(
                Outer<int>.Id a, Outer<Shop.User>.Id? b, Base c, Base? d, List<Base> e, [Header] Base[] f) { } }
            """),
        (
            "one thunk for two routes with every source",
            """
            static class A { [Get("/a/:id"), Get("/b/:id"), Put("/c/:id")] internal static string M(
                DayOfWeek id, [Query] DayOfWeek[] q, [Header] DateOnly h, [Cookie] Guid c, [Service] IFormatProvider s,
                [Service] Shop.User? u, Exchange e, Request r, Response w, CancellationToken t, IServiceProvider p,
                System.Net.EndPoint n) => ""; }
            """),
        (
            "gathered types",
            """
            [Bind] record struct @struct(int @class, [Header] string? @new = "a\"b", DayOfWeek d = DayOfWeek.Friday);
            [Bind] record Box<T>(T Value, [Path("id")] int Id) where T : struct {
                public required T[] Rest { get; init; } }
            [Bind] class Base { [Query("b")] public virtual int B { get; set; } = -1;
                public static int S { get; set; } }
            class Derived : Base { public override int B { get; set; } public int this[int i] { get => i; set { } }
                public int Hidden { get; private set; } public string Name { private get; set; } = "n"; }
            class Nested { public @struct? First { get; init; } [Service] public IFormatProvider? P { get; init; } }
            class Taken(ReadOnlySpan<char> name, in int size) { public int Size { get; } = size + name.Length; }
            static class A { [Get("/:id")] internal static void M(
                @struct a, Box<DayOfWeek> b, [Query] Derived c) { }
            [Get("/n")] internal static void N([Bind] Nested n) { }
            [Post("/t/:name")] internal static async Task O([Bind] Taken t, Shop.User body) { await Task.Yield(); } }
            """),
        (
            "spans beside a body",
            """
            static class A { [Post("/:a")] internal static Task<Shop.User?> M(
                ReadOnlySpan<byte> a, Shop.User body, ReadOnlySpan<char> b = default) =>
                Task.FromResult<Shop.User?>(body);
            [Get("/s/:a?")] internal static byte[] N(scoped ReadOnlySpan<byte> a) => a.ToArray(); }
            """),
        (
            "links called like what is around them",
            """
            static class Links { [Get("/a")] internal static void Write() { }
            [Get("/a/:writer/:text/:some")] internal static void Links_(string writer, string text, string some) { }
            internal static class LinkPaths { [Get("/b/:Write-:_x<re(a+)>", Name = "LinkPaths")]
            internal static void ToString(int Write) { } } }
            static class Equals { [Get("/c/:LinkNames/:LinkAutomata<re(b+)>")]
            internal static void M(DayOfWeek LinkNames, string LinkAutomata, DayOfWeek? Wm = DayOfWeek.Friday) { }
            [Get("/d", Name = "Equals")] internal static void N(string o) { }
            [Get("/e", Name = "GetHashCode")] internal static void O(float global = 1, DayOfWeek[]? days = null) { } }
            """),
        (
            "links of one name in two namespaces",
            """
            namespace A { static class X { [Get("/a")] internal static void M() { } }
            static class A { [Get("/b/:id?")] internal static void M(long id = 0) { } } }
            namespace B { static class X { [Get("/c")] internal static void M() { } } namespace A { static class X {
            [Get("/d")] internal static void M() { } } } }
            """),
        (
            "links with values of every kind",
            """
            enum E { A, B = A, @class } sealed class Sku : IParsable<Sku> {
            public static Sku Parse(string s, IFormatProvider? p) => new();
            public static bool TryParse(string? s, IFormatProvider? p, out Sku result) { result = new(); return true; } }
            readonly struct Old { public static bool TryParse(string s, out Old value) { value = default; return true; } }
            static class A {
            [Get("/a/:e/:sku/:old/:c/:d/:uri-:when<len(1,99)>/:t?")] internal static void M(E e, Sku sku, Old old, char c,
            double d, Uri uri, DateTime when, TimeOnly? t, Half? h, decimal m = 1.5m, E f = E.@class, Old? o = null,
            [Query] E[]? es = null, [Query] List<Sku>? skus = null, [Query] HashSet<bool>? flags = null,
            DateTime w = default, string s = "a", ulong u = 1, byte b = 2, char x = 'x', nint n = 3, float y = 1) { }
            [Get("/b")] internal static void N(Sku sku) { }
            [Get("/c/:sku")] internal static void N(Sku sku, Old? old) { }
            [Get("/d/:x/*rest")] internal static string S(ReadOnlySpan<byte> x, ReadOnlySpan<char> rest) => "";
            [Get("/e/*rest?")] internal static string S(int rest) => ""; }
            """),
    ];
}
