using Microsoft.CodeAnalysis;
using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Documentation;

/// <summary>Mistakes that the types of the library make mistakes of the build: A15.</summary>
public sealed class MisuseTests
{
    private const string Program = """
        internal sealed class Rates
        {
            public ValueTask FetchAsync(long number, CancellationToken stop) => ValueTask.CompletedTask;
        }

        internal static class Start
        {
            internal static void Server(HttpServer server, Rates rates) =>
                server.AddTicker(new Ticker(TimeSpan.FromSeconds(5)), HANDLER);
        }
        """;

    [Theory]
    [InlineData("rates", "CS1503")]
    [InlineData("\"rates\"", "CS1503")]
    [InlineData("(number, stop) => \"no task\"", "CS0029")]
    public void A15_What_is_no_ticker_is_an_error_of_the_build_at_that_argument(string handler, string id)
    {
        Diagnostic[] errors = Errors(handler);
        Assert.Equal(id, errors[0].Id);
        Assert.All(errors, error => Assert.EndsWith(MarkedBy(error), handler, StringComparison.Ordinal));
    }

    [Fact]
    public void A15_The_same_program_with_a_tick_is_right() => Assert.Empty(Errors("rates.FetchAsync"));

    private static string MarkedBy(Diagnostic error) => error.Location.SourceTree!.ToString().Substring(
        error.Location.SourceSpan.Start, error.Location.SourceSpan.Length);

    private static Diagnostic[] Errors(string handler) =>
    [
        .. GeneratorRun.Compile(Program.Replace("HANDLER", handler, StringComparison.Ordinal))
            .GetDiagnostics().Where(found => found.DefaultSeverity == DiagnosticSeverity.Error),
    ];
}
