using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer() => new(Routes.Table);
}

[Group("/orders")]
internal static class Orders
{
    [Post("/")]
    internal static Created Add(NewOrder order) => Results.Created(Routes.Links.Orders.Find(order.Number));

    // The rules of parameters are those of bodies.
    [Get("/:number")]
    internal static string Find([Range(1, 999_999)] int number) => $"order {number}\n";

    [Get("/")]
    internal static string List(
        [StringLength(20, MinimumLength = 2)] string? customer, [Range(1, 100)] int size = 20) =>
        $"{size} orders of {customer ?? "everybody"}\n";
}

// The attributes become code while you build: no reflection, and nothing is looked up per request.
internal sealed record NewOrder(
    [property: Range(1, 999_999)] int Number,
    [property: Required, EmailAddress] string Email,
    [property: MinLength(1), MaxLength(50)] Line[] Lines,
    DateOnly Ordered,
    DateOnly Wanted)
{
    // What attributes cannot say: called where they found nothing wrong with this type.
    public static IEnumerable<ValidationError> Validate(NewOrder order)
    {
        if (order.Wanted < order.Ordered)
            yield return new ValidationError("/wanted", "must not be before it was ordered");
    }
}

internal sealed record Line(
    [property: RegularExpression("[A-Z]{2}[0-9]{4}")] string Article, [property: Range(1, 100)] int Count);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NewOrder))]
internal sealed partial class OrdersJson : JsonSerializerContext;
