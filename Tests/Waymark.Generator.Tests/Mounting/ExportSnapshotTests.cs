using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Mounting;

/// <summary>What a library that mounts another one exports: the class, the manifest, the constraints of both.</summary>
public sealed class ExportSnapshotTests
{
    [Fact]
    public void Library()
    {
        using Assemblies built = new Assemblies().Add(
            "Low",
            """
            [assembly: ExportRoutes(Namespace = "Low")]
            static class InLow
            {
                [Get("/:x<sku>")] internal static string Find(string x) => x;
                [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => true;
            }
            """);

        Snapshot.Match(GeneratorRun.Run(built.Prepare(
            "Billing",
            """
            [assembly: ExportRoutes]
            [assembly: Mount<Low.Routes>("/low")]
            [Group("/invoices")]
            static class Invoices
            {
                [Get("/:id<sku>", Name = "invoice", Rank = -1)] internal static string Find(string id) => id;
                [Constraint("sku")] internal static bool IsSku(ReadOnlySpan<byte> value) => true;
            }
            """),
            ("RootNamespace", "Acme.Billing")));
    }
}
