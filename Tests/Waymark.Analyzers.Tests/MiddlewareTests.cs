using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM5001, WM5015: generated code makes the middleware of attributes, and it stands around routes.</summary>
public sealed class MiddlewareTests
{
    private const string Kit =
        """

        internal sealed class Audit : IMiddleware
        {
            public Handler Wrap(Handler next, ServerContext server) => next;
        }

        internal class KeyAttribute : MiddlewareAttribute
        {
            public KeyAttribute() { }
            public KeyAttribute(object? value) { }
            protected KeyAttribute(int value, int other) { }
            public object? Shown { get; set; }
            public override Handler Wrap(Handler next, ServerContext server) => next;
        }

        // Not derived from MiddlewareAttribute.
        [System.AttributeUsage(System.AttributeTargets.All)]
        internal sealed class PlainAttribute : System.Attribute, IMiddleware
        {
            public Handler Wrap(Handler next, ServerContext server) => next;
        }
        """;

    [Theory]
    [InlineData("[Get(\"/\"), {|WM5001:Use<Hidden>|}] internal static void F() { }")]
    [InlineData("[Get(\"/\"), {|WM5001:HiddenKey|}] internal static void F() { }")]
    [InlineData("[Get(\"/\"), {|WM5001:Key(typeof(Hidden))|}] internal static void F() { }")]
    [InlineData("[Get(\"/\"), {|WM5001:Key(typeof(System.Collections.Generic.List<Hidden[]>))|}] internal static void F() { }")]
    [InlineData("[Get(\"/\"), {|WM5001:Key(Choice.Yes)|}] internal static void F() { }")]
    [InlineData("[Get(\"/\"), {|WM5001:Key(new object[] { 1, Choice.Yes })|}] internal static void F() { }")]
    [InlineData("[Get(\"/\"), {|WM5001:Key(Shown = typeof(Hidden))|}] internal static void F() { }")]
    [InlineData("[Get(\"/1\"), Get(\"/2\"), Key, {|WM5001:Use<Hidden>|}] internal static void F() { }")]
    [InlineData("[{|WM5001:Use<Hidden>|}] internal static class B { [Get(\"/\")] internal static void F() { } }")]
    [InlineData(
        """
        internal sealed class OwnAttribute : KeyAttribute
        {
            private OwnAttribute(int value) { }
            [Get("/"), {|WM5001:Own(1)|}] internal static void F() { }
        }
        """)]
    public Task What_generated_code_cannot_name_is_shown(string member) => Verify.ReportsAsync(
        $$"""
        internal static class A
        {
            private sealed class Hidden : IMiddleware
            {
                public Handler Wrap(Handler next, ServerContext server) => next;
            }

            private sealed class HiddenKeyAttribute : KeyAttribute;
            private enum Choice { No, Yes }

            {{member}}
        }
        """ + Kit);

    [Fact]
    public Task A_class_of_one_file_is_shown() => Verify.ReportsAsync(
        "[assembly: {|WM5001:Use<Local>|}]\n" +
        "internal static class A { [Get(\"/\")] internal static void F() { } }\n" +
        "file sealed class Local : IMiddleware { public Handler Wrap(Handler next, ServerContext server) => next; }");

    [Theory]
    [InlineData("[{|WM5015:Use<Audit>|}] internal static void F() { }")]
    [InlineData("[{|WM5015:Use<Audit>|}, {|WM5015:Key|}, {|WM5015:Plain|}] private static void F() { }")]
    [InlineData("[{|WM5015:Key|}] internal static class B { internal static class C { static void F() { } } }")]
    [InlineData("[{|WM5015:Plain|}] internal interface IB { void F(); }")]
    [InlineData("[Constraint(\"odd\"), {|WM5015:Key|}] internal static bool F(ReadOnlySpan<byte> value) => true;")]
    public Task What_stands_around_nothing_is_shown(string member) => Verify.ReportsAsync(
        "internal static class A { [Get(\"/a\")] internal static void G() { } " + member + " }" + Kit);

    [Theory]
    [InlineData("[assembly: {|WM5015:Use<Audit>|}]\n[assembly: {|WM5015:Key(1)|}]\n")]
    public Task An_assembly_without_routes_is_shown(string assembly) =>
        Verify.ReportsAsync(assembly + "internal static class A { internal static void G() { } }" + Kit);

    [Theory]
    [InlineData("", "[Get(\"/\"), Use<Audit>, Key, Key(null, Shown = 'c'), Plain] internal static void F() { }")]
    [InlineData("", "[Key] internal static class B { internal static class C { [Get(\"/\")] internal static void F() { } } }")]
    [InlineData("[assembly: Use<Audit>]\n[assembly: Key(typeof(int))]\n", "[Get(\"/\")] internal static int F() => 1;")]
    [InlineData("", "[Get(\"/\"), Key(Level.High)] internal static void F() { } internal enum Level { High }")]
    public async Task What_can_be_made_and_stands_around_routes_is_right(string assembly, string member)
    {
        string source = assembly + "internal static class A { " + member + " }" + Kit;
        await Verify.IsSilentAsync("WM5001", source);
        await Verify.IsSilentAsync("WM5015", source);
    }

    [Fact]
    public Task What_the_compiler_refuses_is_its_own_to_report() => Verify.ReportsWithAsync(
        "",
        "CS0246 CS1729",
        "internal static class A { [Get(\"/\"), Use<Nobody>, Key(1, 2, 3)] internal static void F() { } }" + Kit);
}
