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

    /// <summary>Id, the text before the mark, the marked text, the text behind it.</summary>
    public static IEnumerable<(string Id, string Before, string Marked, string After)> Marks =>
    [
        ("WM1001", "", "u", "sers"),
        ("WM1002", "/a", "//", "b"),
        ("WM1003", "/:", "1x", ""),
        ("WM1004", "/:_a/", ":_a", ""),
        ("WM1005", "/", "*_r", "/x"),
        ("WM1006", "/", ":_a?", "/x"),
        ("WM1007", "/:_a", ":", "_b"),
        ("WM1008", "/:_a<", "itn", ">"),
        ("WM1009", "/:_a<", "range(9,1)", ">"),
        ("WM1013", "/a", "\\", "b"),
        ("WM1014", "/a", "%61", "b"),
        ("WM1015", "/a", "?b=1", ""),
        ("WM1016", "/a", "/", ""),
        ("WM1017", "/:_a<int>", "Abc", "/d"),
        ("WM1019", string.Concat(Enumerable.Range(0, 64).Select(number => $"/:_{number}")) + "/", ":_64", ""),
        ("WM1020", "", "/g", "/x"),
        ("WM1025", "/a", "*", "b"),
        ("WM1026", "/a", " ", "b"),
    ];

    /// <summary>Every mark in every kind of string; <c>{0}</c> is the text.</summary>
    public static TheoryData<string, string> Spellings
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string id, string before, string marked, string after) in Marks)
            {
                string escaped = marked.Replace("\\", "\\\\", StringComparison.Ordinal);
                string regular = $"{before}[|{escaped}|]{after}";
                string verbatim = $"{before}[|{marked}|]{after}";
                // What is marked has to begin the template, or to end it: then a constant stands at the other end.
                bool isFirst = before.Length == 0;
                string last = escaped[..^1] + Escape(marked[^1], escaped[^1..]);
                data.Add(id, isFirst
                    ? $"\"[|{Escape(marked[0])}{marked[1..]}|]{after}\""
                    : $"\"{Escape(before[0])}{before[1..]}[|{last}|]{after}\"");
                data.Add(id, $"@\"{verbatim}\"");
                data.Add(id, $"\"\"\"{verbatim}\"\"\"");
                data.Add(id, isFirst ? $"\"{regular}\" + Suffix" : $"Prefix + \"{regular}\"");
                data.Add(id, isFirst ? $"$\"{regular}{{Suffix}}\"" : $"$\"{{Prefix}}{regular}\"");
            }

            return data;

            static string Escape(char character, string? instead = null) =>
                instead == "\\" ? instead : $"\\u{(int)character:X4}";
        }
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Every_diagnostic_of_templates_is_placed_in_every_kind_of_string(string id, string argument) =>
        await Verify.ReportsWithAsync(
            id,
            "",
            $$"""
            [Group("/g")]
            internal static class Users
            {
                private const string Prefix = "/p";
                private const string Suffix = "/s";
                [Get({{argument}})] internal static void A() { }
                [Get("/x1"), Get("/x2")] internal static void B() { }
            }
            """);
}
