using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

// The host mounts the generated class Billing.Routes. All else here stays internal.
[assembly: ExportRoutes]

namespace Billing;

[Group("/invoices")]
internal static class Invoices
{
    [Get("/")]
    internal static Invoice[] List() => [new Invoice("INV-1", 4200)];

    [Get("/:number<invoice>", Name = "invoice")]
    internal static Invoice Find(string number) => new(number, 4200);

    [Post("/")]
    internal static Invoice Write(NewInvoice invoice) => new("INV-2", invoice.Cents);

    [Constraint("invoice")]
    internal static bool IsNumber(ReadOnlySpan<byte> value) => value.StartsWith("INV-"u8);
}

internal sealed record Invoice(string Number, int Cents);

internal sealed record NewInvoice(int Cents);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(Invoice[]))]
[JsonSerializable(typeof(NewInvoice))]
internal sealed partial class BillingJson : JsonSerializerContext;
