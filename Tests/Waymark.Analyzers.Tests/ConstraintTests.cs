using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM1008, WM1009 and WM1027: constraints in templates, and the methods that define them.</summary>
public sealed class ConstraintTests
{
    /// <summary>Arguments of an attribute; the marks are exact.</summary>
    public static TheoryData<string> Wrong =>
    [
        """ "/:_a<{|WM1008:sku|}>" """,
        """ "/:_a<{|WM1008:Int|}>" """,
        """ "/:_a<int,{|WM1008:sku|},{|WM1008:isbn|}>" """,
        """ "/x-:_a<{|WM1008:sku|}>.json" """,
        """ "/:_a{|WM1008:<|}>" """,
        """ "/:_a<int{|WM1008:,|}>" """,
        """ "/:_a{|WM1008:<int|}" """,
        """ "/:_a<{|WM1009:len|}>" """,
        """ "/:_a<{|WM1009:len()|}>" """,
        """ "/:_a<{|WM1009:len(0)|}>" """,
        """ "/:_a<{|WM1009:len(3,1)|}>" """,
        """ "/:_a<{|WM1009:len(1,2,3)|}>" """,
        """ "/:_a<{|WM1009:len(1001)|}>" """,
        """ "/:_a<{|WM1009:int(3)|}>" """,
        """ "/:_a<{|WM1009:sku(3)|}>" """,
        """ "/:_a<{|WM1009:min(x)|}>" """,
        """ "/:_a<{|WM1009:max(1,2)|}>" """,
        """ "/:_a<{|WM1009:range(1)|}>" """,
        """ "/:_a<{|WM1009:range(9,1)|}>" """,
        """ "/:_a<{|WM1009:in(a||b)|}>" """,
        """ "/:_a{|WM1009:<int,alpha>|}" """,
        """ "/:_a<len{|WM1009:(3>|}" """,
        """ "/:_a<re(a{|WM1009:(?=|}b))>" """,
        """ @"/:_a<re((a){|WM1009:\1|})>" """,
        """ "/:_a<re((a){|WM1009:\\1|})>" """,
        """ @"/x/:_a<{|WM1008:sku|}>" """,
        " \"\"\"/:_a<{|WM1008:sku|}>\"\"\" ",
        " \"\"\"\n        /:_a<{|WM1009:range(9,1)|}>\n        \"\"\" ",
        """ "/x" + "/:_a<{|WM1008:sku|}>" """,
        """ Prefix + "/:_a<{|WM1009:len(0)|}>" """,
        """ $"{Prefix}/:_a<{|WM1008:sku|}>" """,
        """ "/\u0061/:_a<{|WM1008:sku|}>", Rank = 1, Name = "n" """,
        """ template: "/:_a<{|WM1008:sku|}>", Name = "n" """,
    ];

    /// <summary>Templates that are right.</summary>
    public static TheoryData<string> Right =>
    [
        "/:_a<int>",
        "/:_a<long,min(-5),max(5)>",
        "/:_a<range(-9223372036854775808,9223372036854775807)>",
        "/:_a<guid>/:_b<bool>/:_c<alpha>/:_d<alnum>/:_e<hex>/:_f<slug>",
        "/:_a<len(1)>/:_b<len(1,255)>",
        "/:_a<in(x)>?",
        "/:_a<re([a-z]{2}-[0-9]+)>.json",
        "/:_a<re([)/>])>",
        "/:_a<sku>-:_b<sku,len(8)>",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_mistake_in_a_constraint_is_shown_at_its_exact_place(string argument) =>
        await Verify.ReportsAsync(
            $$"""
            internal static class Users
            {
                private const string Prefix = "/p";
                [Get({{argument}})] internal static void A() { }
            }
            """);

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_right_constraint_shows_nothing(string template) => await Verify.ReportsAsync(
        $$"""
        internal static class Users
        {
            [Get("{{template}}")] internal static void A() { }
            [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value.Length == 8;
        }
        """);

    [Fact]
    public async Task A_constraint_of_a_prefix_is_shown_once_at_the_group() => await Verify.ReportsAsync(
        """
        [Group("/:_a<{|WM1008:sku|}>/:_b<{|WM1009:len(0)|}>")]
        internal static class Users
        {
            [Get("/x")] internal static void A() { }
            [Get("/y")] internal static void B() { }
            [Group("/z/:_c<{|WM1008:isbn|}>")] internal static class C { [Get("/")] internal static void D() { } }
        }
        """);

    [Fact]
    public async Task A_constraint_of_the_assemblys_prefix_is_shown_once_at_the_attribute() =>
        await Verify.ReportsAsync(
            "[assembly: Group(@\"/:_t<{|WM1008:tenant|}>/:_v<{|WM1009:range(9,1)|}>\")]",
            "internal static class A { [Get(\"/x\")] internal static void F() { } }",
            "internal static class B { [Get(\"/y\")] internal static void F() { } }");

    [Fact]
    public async Task An_unknown_name_comes_with_the_closest_one()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            """
            internal static class Users
            {
                [Get("/a/:_a<{|WM1008:giud|}>")] internal static void A() { }
                [Get("/b/:_a<{|WM1008:lne|}>")] internal static void B() { }
                [Get("/c/:_a<{|WM1008:skuu|}>")] internal static void C() { }
                [Get("/d/:_a<{|WM1008:whatever|}>")] internal static void D() { }
                [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => value.Length == 8;
            }
            """);
        List<string> messages = diagnostics.ConvertAll(
            diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.StartsWith("'giud' is not a known constraint. Did you mean 'guid'? ", messages[0],
            StringComparison.Ordinal);
        Assert.Contains("Did you mean 'len'?", messages[1], StringComparison.Ordinal);
        Assert.Contains("Did you mean 'sku'?", messages[2], StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", messages[3], StringComparison.Ordinal);
        Assert.EndsWith("[Constraint(\"whatever\")].", messages[3], StringComparison.Ordinal);
    }

    /// <summary>Members of a class: every mistake of a constraint method, at its name.</summary>
    public static TheoryData<string> WrongMethods =>
    [
        """[Constraint("")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint(null!)] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("1a")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("a-b")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("int")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("re")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("a")] internal bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("a")] internal static int {|WM1027:A|}(ReadOnlySpan<byte> value) => 0;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}() => true;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}(string value) => true;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}(Span<byte> value) => true;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}(ReadOnlySpan<char> value) => true;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}(in ReadOnlySpan<byte> value) => true;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value, int x) => true;""",
        """[Constraint("a")] internal static bool {|WM1027:A|}<T>(ReadOnlySpan<byte> value) => true;""",
        """[Constraint("a")] static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;""",
        """
        private static class B
        {
            [Constraint("a")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;
        }
        """,
        """
        internal static class B<T>
        {
            [Constraint("a")] internal static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;
        }
        """,
        """
        internal interface IB { [Constraint("a")] static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true; }
        """,
        """
        internal void M()
        {
            [Constraint("a")] static bool {|WM1027:A|}(ReadOnlySpan<byte> value) => true;
            _ = A(default);
        }
        """,
    ];

    [Theory]
    [MemberData(nameof(WrongMethods))]
    public async Task A_constraint_method_that_templates_cannot_use_is_shown_at_its_name(string members) =>
        await Verify.ReportsAsync($"internal sealed class Users\n{{\n{members}\n}}");

    [Fact]
    public async Task Of_two_constraints_with_one_name_the_later_one_is_shown()
    {
        List<Diagnostic> diagnostics = await Verify.ReportsAsync(
            """
            internal static class B
            {
                [Constraint("sku")] internal static bool {|WM1027:F|}(ReadOnlySpan<byte> value) => true;
                [Get("/:_a<sku>")] internal static void G() { }
            }
            """,
            """
            internal static class A
            {
                [Constraint("sku")] internal static bool F(ReadOnlySpan<byte> value) => true;
                [Constraint("Sku")] internal static bool G(ReadOnlySpan<byte> value) => true;
            }
            """);
        Assert.Equal(
            "'A.F' and 'B.F' are both the constraint 'sku': rename one.",
            diagnostics.Single().GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_template_with_an_unusable_constraint_shows_that_too() => await Verify.ReportsAsync(
        """
        internal static class A
        {
            [Constraint("sku")] internal static bool {|WM1027:F|}(string value) => true;
            [Get("/:_a<{|WM1008:sku|}>")] internal static void G() { }
        }
        """);
}
