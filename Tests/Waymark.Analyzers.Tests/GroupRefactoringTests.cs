using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>Groups are extracted and inlined; the routes stay what they were.</summary>
public sealed class GroupRefactoringTests
{
    private static readonly Refactor Same = new() { KeepsRoutes = true };

    [Fact]
    public async Task What_all_templates_begin_with_becomes_a_group() => await Same.YieldsAsync(
        "group.extract",
        """
        namespace Shop;

        /// <summary>Who buys.</summary>
        internal static class $$Users
        {
            // Everyone.
            [Get("/api/users")] internal static string List() => "";
            [Get("/api/users/:id<int>"), Get("/api/users/by-id/:id<int>", Name = "byId")]
            internal static string Find(int id /* theirs */) => "";
            [Post(@"/api/users")] internal static void Add([Body] string name) { }
        }
        """,
        """
        namespace Shop;

        /// <summary>Who buys.</summary>
        [Group("/api/users")]
        internal static class Users
        {
            // Everyone.
            [Get("/")] internal static string List() => "";
            [Get("/:id<int>"), Get("/by-id/:id<int>", Name = "byId")]
            internal static string Find(int id /* theirs */) => "";
            [Post(@"/")] internal static void Add([Body] string name) { }
        }
        """);

    [Fact]
    public async Task A_group_grows_by_what_the_templates_below_it_share() => await Same.YieldsAsync(
        "group.extract",
        """
        [Group("/api")]
        internal static class Users
        {
            [Get("$$/users/:id")] internal static string Find(string id) => id;
            [Put("/users/:id")] internal static void Set(string id) { }
        }
        """,
        """
        [Group("/api/users/:id")]
        internal static class Users
        {
            [Get("/")] internal static string Find(string id) => id;
            [Put("/")] internal static void Set(string id) { }
        }
        """);

    [Fact]
    public async Task Only_the_literal_part_can_be_extracted() => await Same.YieldsAsync(
        "group.extract.literal",
        """
        internal static class Codes
        {
            [Get("/codes/:code<re([a-z]\\d)>/x")] internal static string $$X(string code) => code;
            [Get("/codes/:code<re([a-z]\\d)>/y")] internal static string Y(string code) => code;
        }
        """,
        """
        [Group("/codes")]
        internal static class Codes
        {
            [Get("/:code<re([a-z]\\d)>/x")] internal static string X(string code) => code;
            [Get("/:code<re([a-z]\\d)>/y")] internal static string Y(string code) => code;
        }
        """);

    [Fact]
    public async Task A_capture_with_constraints_moves_whole() => await Same.YieldsAsync(
        "group.extract",
        """
        internal static class Codes
        {
            [Get("/codes/:code<re([a-z]\\d)>/x")] internal static string $$X(string code) => code;
            [Get("/codes/:code<re([a-z]\\d)>/y/:id?")] internal static string Y(string code, int? id) => code;
        }
        """,
        """
        [Group("/codes/:code<re([a-z]\\d)>")]
        internal static class Codes
        {
            [Get("/x")] internal static string X(string code) => code;
            [Get("/y/:id?")] internal static string Y(string code, int? id) => code;
        }
        """);

    [Fact]
    public async Task Parts_of_a_class_in_other_files_and_nested_classes_move_along() => await Same.YieldsAsync(
        "group.extract",
        [
            """
            [assembly: Group("/v1")]

            internal static partial class $$Users
            {
                [Get("/users")] internal static string List() => "";
            }
            """,
            """
            static partial class Users
            {
                [Get("/users/:id")] internal static string Find(string id) => id;

                [Group("/users/:id/orders")]
                internal static class Orders
                {
                    [Get("/")] internal static string List(string id) => id;
                }

                internal static class Notes
                {
                    [Get("/users/:id/notes")] internal static string List(string id) => id;
                }
            }
            """,
        ],
        [
            """
            [assembly: Group("/v1")]

            [Group("/users")]
            internal static partial class Users
            {
                [Get("/")] internal static string List() => "";
            }
            """,
            """
            static partial class Users
            {
                [Get("/:id")] internal static string Find(string id) => id;

                [Group("/:id/orders")]
                internal static class Orders
                {
                    [Get("/")] internal static string List(string id) => id;
                }

                internal static class Notes
                {
                    [Get("/:id/notes")] internal static string List(string id) => id;
                }
            }
            """,
        ]);

    private const string InlinedBefore = """
        namespace Shop
        {
            /// <summary>Who buys.</summary>
            [Obsolete]
            [Group("/users$$/:id<re(\\d+)>")] // All of them.
            internal static partial class Users
            {
                [Get("/")] internal static string Find(string id) => id;
                [Get("/x/")] internal static string X(string id) => id;
            }
        }
        """;

    [Fact]
    public async Task A_group_goes_back_into_the_templates() => await new Refactor
    {
        KeepsRoutes = true,
        HasMore = true, // The group of the nested class can go as well.
    }.YieldsAsync(
        "group.inline",
        [
            InlinedBefore,
            """
            namespace Shop
            {
                static partial class Users
                {
                    [Group("/orders")]
                    internal static class Orders
                    {
                        [Get("/")] internal static string List(string id) => id;
                    }
                }
            }
            """,
        ],
        [
            """
            namespace Shop
            {
                /// <summary>Who buys.</summary>
                [Obsolete]
                // All of them.
                internal static partial class Users
                {
                    [Get("/users/:id<re(\\d+)>")] internal static string Find(string id) => id;
                    [Get("/users/:id<re(\\d+)>/x/")] internal static string X(string id) => id;
                }
            }
            """,
            """
            namespace Shop
            {
                static partial class Users
                {
                    [Group("/users/:id<re(\\d+)>/orders")]
                    internal static class Orders
                    {
                        [Get("/")] internal static string List(string id) => id;
                    }
                }
            }
            """,
        ]);

    [Fact]
    public async Task A_group_of_one_slash_adds_nothing_and_leaves_nothing() => await Same.YieldsAsync(
        "group.inline",
        """
        [BodyLimit(5), Group("/")] internal static class $$A { [Get("/")] internal static string F() => ""; }
        """,
        """
        [BodyLimit(5)] internal static class A { [Get("/")] internal static string F() => ""; }
        """);

    public static TheoryData<string> NothingShared =>
    [
        """internal static class $$A { [Get("/a/b")] internal static void F() { } }""",
        """internal static class $$A { [Get("/a/b")] internal static void F() { } [Get("/b")] internal static void G() { } }""",
        """internal static class $$A { [Get("/ab/x")] internal static void F() { } [Get("/ac")] internal static void G() { } }""",
        """internal static class $$A { [Get("/a/")] internal static void F() { } [Get("/a/b")] internal static void G() { } }""",
        """internal static class $$A { [Get("/*r")] internal static void F(string r) { } [Put("/*r")] internal static void G(string r) { } }""",
        """internal static class $$A { const string X = "/a/x"; [Get(X)] internal static void F() { } [Get("/a/b")] internal static void G() { } }""",
        """internal static class $$A { [Get("/\u0061/x")] internal static void F() { } [Get("/b/b")] internal static void G() { } }""",
        """internal static class A { [Get("/a/x")] internal static void F() { $$} [Get("/a/b")] internal static void G() { } }""",
        """[Group("/a/")] internal static class $$A { [Get("/b")] internal static void F() { } [Get("/c")] internal static void G() { } }""",
        """const string X = "/x"; [Group("/g")] internal static class $$A { [Get(P)] internal static void F() { } const string P = "/x"; }""",
    ];

    [Theory]
    [MemberData(nameof(NothingShared))]
    public async Task Nothing_is_offered_where_it_would_not_be_right(string source) =>
        Assert.Empty(await new Refactor().OffersAsync(source));

    [Fact]
    public async Task The_menu_names_the_prefix()
    {
        const string source = """
            [Group("/x")]
            internal static class A
            {
                [Get("/a/:b/c")] internal static void $$F(int b) { }
                [Get("/a/:b/d")] internal static void G(int b) { }
            }
            """;
        Assert.Equal(
            ["Move '/a/:b' into the group of 'A'", "Move '/a' into the group of 'A'"],
            await Same.TitlesAsync(source));
        Assert.Equal(
            ["Extract the group '/a'"],
            await Same.TitlesAsync(
                source.Replace("[Group(\"/x\")]", "").Replace(":b/d", "d").Replace("G(int b)", "G()")));
        Assert.Equal(
            ["Inline the group '/x'"],
            await Same.TitlesAsync(source
                .Replace("$$", "").Replace("/x", "$$/x").Replace("a/:b/d", "x").Replace("G(int b)", "G()")));
    }
}
