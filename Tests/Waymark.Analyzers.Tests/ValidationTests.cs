using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>WM2020 and WM2021: validation attributes that are not compiled, or that nothing meets.</summary>
public sealed class ValidationTests
{
    private const string Context =
        """
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;
        internal sealed class EvenAttribute : ValidationAttribute;
        [JsonSerializable(typeof(Order)), JsonSerializable(typeof(Answer))]
        internal sealed partial class AppJson : JsonSerializerContext;
        internal sealed class Answer { [Even] public int Count { get; set; } }
        internal static class Orders
        {
            [Post("/orders")] internal static Answer Add(Order order) => new();
        }

        """;

    [Theory]
    [InlineData("{|WM2021:Range(9, 1)|}", "int")]
    [InlineData("{|WM2021:Range(1, 1, MinimumIsExclusive = true)|}", "int")]
    [InlineData("{|WM2021:Range(typeof(DateOnly), \"yesterday\", \"2024-01-01\")|}", "DateOnly")]
    [InlineData("{|WM2021:Range(1, 2)|}", "string")]
    [InlineData("{|WM2021:MaxLength(-2)|}", "string")]
    [InlineData("{|WM2021:MinLength(1)|}", "int")]
    [InlineData("{|WM2021:Length(3, 2)|}", "string")]
    [InlineData("{|WM2021:StringLength(2, MinimumLength = 3)|}", "string")]
    [InlineData("{|WM2021:StringLength(2)|}", "List<int>")]
    [InlineData("{|WM2021:RegularExpression(\"(\")|}", "string")]
    [InlineData("{|WM2021:EmailAddress|}", "int")]
    [InlineData("{|WM2021:AllowedValues(\"a\")|}", "int")]
    [InlineData("{|WM2021:AllowedValues(300)|}", "byte")]
    [InlineData("{|WM2021:DeniedValues(true, false)|}", "bool")]
    [InlineData("{|WM2021:Compare(\"Nowhere\")|}", "string")]
    [InlineData("{|WM2021:MaxLength(2, ErrorMessage = \"{7}\")|}", "string")]
    [InlineData("{|WM2020:Even|}", "int")]
    [InlineData("{|WM2020:EnumDataType(typeof(DayOfWeek))|}", "int")]
    [InlineData("{|WM2020:MaxLength(2, ErrorMessageResourceName = \"A\", ErrorMessageResourceType = typeof(Order))|}",
        "string")]
    [InlineData("Range(1, 9), Required", "int?")]
    [InlineData("DataType(DataType.Password), MaxLength", "string")]
    [InlineData("Range(typeof(TimeSpan), \"00:00\", \"01:00\")", "TimeSpan")]
    [InlineData("AllowedValues(1, 2L)", "byte")]
    [InlineData("Url", "Uri")]
    public Task An_attribute_on_a_member_of_a_body_is_judged(string attribute, string type) => Verify.ReportsWithAsync(
        "", "CS0534 CS7036",
        Context + $"internal sealed class Order {{ [{attribute}] public {type} A {{ get; set; }} = default!; }}");

    [Fact]
    public Task Attributes_of_records_and_of_what_lies_below_a_body_are_judged() => Verify.ReportsWithAsync(
        "", "CS0534 CS7036",
        Context +
        """
        internal sealed record Order([{|WM2020:Even|}] int A, [property: {|WM2021:Range(2, 1)|}] int B, Line[] Lines);
        internal sealed class Line { [{|WM2020:Even|}] public int A { get; set; } }
        internal sealed class Elsewhere { [Even, Range(2, 1)] public int A { get; set; } }
        """);

    [Fact]
    public Task Attributes_of_parameters_are_judged() => Verify.ReportsAsync(
        """
        using System.ComponentModel.DataAnnotations;
        internal sealed class EvenAttribute : ValidationAttribute;
        internal static class Items
        {
            [Get("/a")] internal static void A([{|WM2020:Even|}] int page) { }
            [Get("/b")] internal static void B([Range(9, 1)] int {|WM2021:page|}) { }
            [Get("/c")] internal static void C([Range(1, 9)] int page) { }
        }
        """);
}
