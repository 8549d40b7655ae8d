using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>A place in a template is found in the string, however the string is written.</summary>
public sealed class TemplatePlaceTests
{
    /// <summary>Arguments of an attribute; the mark is where WM1002 or WM2001 stands.</summary>
    public static TheoryData<string> Arguments =>
    [
        """ "/a[|//|]b" """,
        """ "/\u0061[|//|]b" """,
        """ "/\x61\u00FC[|//|]b" """,
        """ "/\U0001F600[|//|]b" """,
        """ "/a[|\u002f/|]b" """,
        """ @"/a[|//|]b" """,
        " \"\"\"/a[|//|]b\"\"\" ",
        " \"\"\"\n        /a[|//|]b\n        \"\"\" ",
        " \"\"\"\"\r\n  /a[|//|]b\r\n  \"\"\"\" ",
        """ "/a" + "/b[|//|]c" """,
        """ Prefix + "/b[|//|]c" """,
        """ ("/b[|//|]c" + Prefix) """,
        """ "/a[|//|]b" + Prefix + "/" + nameof(Prefix) """,
        """ Prefix + nameof(Prefix) + "/a[|//|]b" """,
        """ Prefix + ("/a[|//|]b" + "/c") """,
        """ $"/a[|//|]b{Prefix}" """,
        """ $"{Prefix}/a\t[|//|]b" """.Replace("\\t", "\\u0061", StringComparison.Ordinal),
        """ $@"{Prefix}/a[|//|]b" """,
        " $\"\"\"{Prefix}/a[|//|]b\"\"\" ",
        """ template: "/a[|//|]b" """,
    ];

    /// <summary>Arguments in which the place cannot be told from others: the whole argument is marked.</summary>
    public static TheoryData<string> Whole =>
    [
        "[|Wrong|]",
        """[|"/a" + Wrong|]""",
        """[|"/a" + Prefix + "//" + Prefix|]""",
        """[|true ? "/a//b" : "/c"|]""",
        " [|$\"\"\"\n  /a//b{Prefix}\n  \"\"\"|]",
    ];

    [Theory]
    [MemberData(nameof(Arguments))]
    [MemberData(nameof(Whole))]
    public async Task A_problem_is_placed_inside_the_literal(string argument) => await Verify.ReportsWithAsync(
        "WM1002",
        "",
        $$"""
        internal static class Users
        {
            private const string Prefix = "/p";
            private const string Wrong = "/a//b";
            [Get({{argument}})] internal static void A() { }
        }
        """);

    [Fact]
    public async Task A_problem_of_a_prefix_is_shown_once_at_the_group() => await Verify.ReportsAsync(
        """
        [Group("/a{|WM1002://|}b/{|WM1003:{id}|}")]
        internal static class Users
        {
            [Get("/")] internal static void A(int id) { }
            [Get("/x")] internal static void B(int id) { }
            internal static class Nested { [Get("/y")] internal static void C(int id) { } }
        }
        """);

    [Fact]
    public async Task A_slash_that_ends_a_prefix_is_shown_at_the_group() => await Verify.ReportsAsync(
        """
        [Group("/users{|WM1002:/|}")]
        internal static class Users { [Get("/x")] internal static void A() { } }
        """);

    [Fact]
    public async Task A_capture_of_the_prefix_that_a_handler_lacks_is_shown_at_the_handler() =>
        await Verify.ReportsAsync(
        """
        [Group("/users/:id")]
        internal static class Users
        {
            [Get("/")] internal static void A(int id) { }
            [Get("/x")] internal static void {|WM2001:B|}() { }
            [Get("/{|WM1004::id|}")] internal static void C(int id) { }
        }
        """);

    [Fact]
    public async Task A_template_in_a_group_starts_with_a_slash_as_well() => await Verify.ReportsAsync(
        """
        [Group("/users")]
        internal static class Users
        {
            [Get("{|WM1001:x|}")] internal static void A() { }
            [Get({|WM1001:""|})] internal static void B() { }
            [Get("/")] internal static void C() { }
            [Group("{|WM1001:n|}ested")]
            internal static class Nested { [Get("/y")] internal static void D() { } }
        }
        """);

    [Fact]
    public async Task A_mistake_of_the_method_is_shown_once_for_all_its_attributes() => await Verify.ReportsAsync(
        """
        internal sealed class Users
        {
            [Get("/a")] [Post("/a")] internal void {|WM2030:A|}() { }
        }
        """);

    [Fact]
    public async Task A_group_and_its_method_in_two_files_are_joined() => await Verify.ReportsAsync(
        "[Group(\"/a{|WM1002://|}b\")] internal static partial class Users;",
        "internal static partial class Users { [Get(\"/x\")] internal static void A() { } }");
}
