using Waymark;

[assembly: Mount<Billing.Routes>("/billing")]

await using var server = new HttpServer(Routes.Table);
return await server.RunAsync(args);

internal static class Items
{
    [Get("/")]
    internal static string Hello() => "Shop\n";

    [Get("/items/:sku<item>")]
    internal static string Find(string sku) => $"Item {sku}\n";

    // The library's literal /billing/invoices is more specific, so this takes what is left below /billing.
    [Get("/billing/*rest?")]
    internal static string Unknown(string rest) => $"Billing has no {rest}\n";

    [Constraint("item")]
    internal static bool IsItem(ReadOnlySpan<byte> value) => value.StartsWith("it-"u8);
}
