using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Analyzers.Tests.Harness;

/// <summary>A library that every project under test references: what a mount may name.</summary>
/// <remarks>Written by hand as the generator writes it, so that these tests do without the generator.</remarks>
internal static class BillingLibrary
{
    private const string Source =
        """
        using Waymark.CompilerServices;

        namespace Billing
        {
            [RouteManifest(1, new[] { "GET", "/invoices/:id<int>", "Invoices.Find", "invoice", "0", "" })]
            public sealed class Routes { }

            [RouteManifest(99, new string[0])]
            public sealed class NewerRoutes { }

            public sealed class Plain { }
        }
        """;

    /// <summary>The library as a reference.</summary>
    /// <param name="references">What it is compiled against.</param>
    public static MetadataReference Compile(IEnumerable<MetadataReference> references)
    {
        var compilation = CSharpCompilation.Create(
            "Billing",
            [CSharpSyntaxTree.ParseText(Source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(assembly.ToArray());
    }
}
