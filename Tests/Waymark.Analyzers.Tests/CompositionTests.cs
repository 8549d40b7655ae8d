using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM4009, WM5003: what a handler asks for, and what the program has.</summary>
public sealed class CompositionTests
{
    private const string Scheme = "[assembly: SecurityScheme(\"token\", SecurityKind.Bearer)]\n";

    [Theory]
    [InlineData(Scheme, """[Get("/"), Security({|WM4009:"tokn"|})] internal static void F() { }""")]
    [InlineData(Scheme, """[Get("/"), Security({|WM4009:"key"|}, "read")] internal static void F() { }""")]
    [InlineData(
        "[assembly: OpenApi(Title = \"T\", Version = \"1\")]\n",
        """[Get("/"), Security({|WM4009:"key"|})] internal static void F() { }""")]
    public Task A_scheme_that_nobody_describes_is_shown(string assembly, string member) =>
        Verify.ReportsAsync(assembly + "internal static class A { " + member + " }");

    [Theory]
    [InlineData(Scheme, """[Get("/"), Security("token")] internal static void F() { }""")]
    [InlineData(Scheme, """[Get("/"), Security] internal static void F() { }""")]
    [InlineData("", """[Get("/"), Security("key")] internal static void F() { }""")]
    public Task A_scheme_that_is_described_is_right(string assembly, string member) =>
        Verify.IsSilentAsync("WM4009", assembly + "internal static class A { " + member + " }");

    private const string Handlers = """
        internal sealed class Clock;
        internal interface ILibrary;
        internal sealed class Library : ILibrary;
        """;

    [Theory]
    [InlineData("new ServiceSet { new Clock() }", "[Service] ILibrary {|WM5003:library|}")]
    [InlineData("new ServiceSet { new Library() }", "[Service] ILibrary {|WM5003:library|}")]
    [InlineData("new ServiceSet()", "[Service] ILibrary {|WM5003:library|}, [Service] Clock {|WM5003:clock|}")]
    [InlineData("new ServiceSet { }", "[Service] ILibrary? other, [Service] Clock {|WM5003:clock|}")]
    public Task A_service_that_the_set_lacks_is_shown(string set, string parameters) =>
        Verify.ReportsAsync(Program(set, parameters));

    [Theory]
    [InlineData(
        "new ServiceSet { new Clock(), (ILibrary)new Library() }", "[Service] ILibrary library, [Service] Clock c")]
    [InlineData("new ServiceSet { new Clock() }", "[Service] ILibrary? library")]
    [InlineData("Make(new ServiceSet { new Clock() })", "[Service] ILibrary library")]
    [InlineData("null", "[Service] ILibrary library")]
    [InlineData("new ServiceSet() ?? new ServiceSet()", "[Service] ILibrary library")]
    public Task What_cannot_be_told_is_left_alone(string set, string parameters) =>
        Verify.IsSilentAsync("WM5003", Program(set, parameters));

    [Fact]
    public Task A_library_does_not_know_its_host() => Verify.IsSilentAsync(
        "WM5003",
        $$"""
        {{Handlers}}
        internal static class A
        {
            internal static readonly ServerOptions Options = new() { Services = new ServiceSet() };
            [Get("/")] internal static string F([Service] Clock clock) => "";
        }
        """);

    private static string Program(string set, string parameters) => $$"""
        // top level: serves Routes.
        var options = new ServerOptions { Services = {{set}} };
        static IServiceProvider Make(IServiceProvider services) => services;

        {{Handlers}}
        internal static class A { [Get("/")] internal static string F({{parameters}}) => ""; }
        """;
}
