using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Waymark.Analyzers.Suppressors;
using Waymark.Analyzers.Tests.Harness;

namespace Waymark.Analyzers.Tests;

/// <summary>
/// Diagnostics of others on handlers: <c>{|CA1062:id|}</c> is taken back, <c>{|+CA1062:id|}</c> stays.
/// </summary>
/// <remarks>
/// CS8618 is the compiler's own. The others come from a stub that reports them at the marks, because the real analyzers
/// need newer compilers than the oldest, which these tests run in: Waymark.Package.Tests shows the same with them.
/// </remarks>
public sealed class SuppressorTests
{
    public static TheoryData<string> Handlers =>
    [
        // WMS002: the template needs the parameter; nothing else does.
        """[Get("/:id")] internal static string A(int {|IDE0060:id|}) => "";""",
        """[Get("/:id")] internal static string A(int {|CA1801:id|}) => "";""",
        """[Get("/:id"), Post("/:id")] internal static string A(string {|IDE0060:id|}) => "";""",
        """[Get("/*rest")] internal static string A(string {|IDE0060:rest|}) => "";""",
        """[Get("/:id")] internal static string A(int id, int {|+IDE0060:page|}) => "";""",
        """[Get("/:_id")] internal static string A(int {|+IDE0060:id|}) => "";""",
        """[Get("/:id//")] internal static string A(int {|+IDE0060:id|}) => "";""",
        """[Get("/:id"), Get("x/:id")] internal static string A(int {|+IDE0060:id|}) => "";""",
        """internal static string A(int {|+IDE0060:id|}) => "";""",
        """[Get("/:id")] internal static string A(int id) { return B(1); int B(int {|+IDE0060:id|}) => ""; }""",
        """
        [Get("/:id")] internal static string A(int {|IDE0060:id|}) => "";
        [Get("/:no")] internal static string B(int {|+IDE0060:no|}) => "";
        """,
        // WMS004: what the binder never passes null for.
        """[Get("/:id")] public static int A(string id) => {|CA1062:id|}.Length;""",
        """[Get("/")] public static int A(string q) => {|CA1062:q|}.Length;""",
        """[Post("/")] public static int A([Body] byte[] body) => {|CA1062:body|}.Length;""",
        """[Get("/")] public static int A([Service] List<int> all) { return {|CA1062:all|}.Count; }""",
        """[Get("/")] public static int A(string? q) => {|+CA1062:q|}!.Length;""",
        """[Get("/")] public static int A(string q = null!) => {|+CA1062:q|}.Length;""",
        """[Get("/a")] private static int A(string q) => {|+CA1062:q|}.Length;""",
        """public static int A(string q) => {|+CA1062:q|}.Length;""",
        // WMS005: nobody but generated code calls a handler.
        """[Get("/")] internal static async Task {|VSTHRD200:A|}() => await Task.Yield();""",
        """[Get("/")] internal static Task {|RCS1046:A|}() => Task.CompletedTask;""",
        """[Get("/")] internal static Task {|IDE1006:A|}() => Task.CompletedTask;""",
        """[Get("/")] internal static void {|+VSTHRD200:BAsync|}() { }""",
        """[Get("//")] internal static Task {|+VSTHRD200:A|}() => Task.CompletedTask;""",
        """internal static Task {|+VSTHRD200:A|}() => Task.CompletedTask;""",
        // The same of commands.
        InHandler("""[Command("GET :key")] static string A(string {|IDE0060:key|}) => "";"""),
        InHandler("""[Command("GET :key")] static string A(string {|CA1801:key|}, int {|+CA1801:n|} = 1) => "";"""),
        InHandler("""[Command("GET :key"), Command(":key")] static void A(string {|+IDE0060:key|}) { }"""),
        InHandler("""[Command("GET")] static async ValueTask {|VSTHRD200:A|}() => await Task.Yield();"""),
        // WMS007: what the binder sets.
        """
        [Get("/")] internal static string A(Page page) => page.Sort;
        [Bind] internal sealed class Page { public string {|CS8618:Sort|} { get; set; } }
        """,
        """
        [Get("/")] internal static string A([Bind] Page page) => page.Sort.By;
        internal sealed class Page { public Order {|CS8618:Sort|} { get; set; } }
        [Bind] internal sealed class Order { public string {|CS8618:By|} { get; set; } }
        """,
        """
        [Get("/")] internal static string A(Page page) => page.Sort;
        [Bind] internal sealed class Page
        {
            public string {|CS8618:Sort|} { get; set; }
            public string {|+CS8618:Seen|} { get; private set; }
        }
        """,
        "[Bind] internal sealed class Page { public string {|+CS8618:Sort|} { get; set; } }",
        """
        [Get("//")] internal static string A(Page page) => page.Sort;
        [Bind] internal sealed class Page { public string {|+CS8618:Sort|} { get; set; } }
        """,
    ];

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Only_what_is_beside_the_point_is_taken_back(string members)
    {
        var markup = Markup.Parse($"public static class Handlers\n{{\n{members}\n}}\n");
        List<Diagnostic> reported = await RunAsync(markup, areSuppressed: true);

        Assert.Equal(
            markup.Expected.Select(mark => (mark.Id.TrimStart('+'), mark.Span, mark.Id[0] != '+')),
            reported.Select(item => (item.Id, item.Location.SourceSpan, item.IsSuppressed)));
        Assert.All(await RunAsync(markup, areSuppressed: false), item => Assert.False(item.IsSuppressed));
    }

    [Fact]
    public async Task A_naming_rule_that_asks_for_something_else_is_not_taken_back()
    {
        var markup = Markup.Parse(
            "static class H { [Get(\"/\")] internal static Task {|+IDE1006:a|}() => Task.CompletedTask; }");
        Diagnostic stays = Assert.Single(
            await RunAsync(markup, true, "Naming rule violation: These words must begin with upper case: a"));
        Assert.False(stays.IsSuppressed);
    }

    /// <summary>Were it another compilation, the routes would be read twice.</summary>
    [Fact]
    public async Task A_suppressor_sees_the_compilation_that_the_rules_see()
    {
        Compilation compilation = await CompileAsync(Markup.Parse("static class H { }"));
        var rule = new Stub([], "");
        var suppressor = new Watcher();
        await compilation
            .WithAnalyzers([rule, suppressor])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(rule.Seen);
        Assert.Same(rule.Seen, suppressor.Seen);
        Assert.Same(RouteSet.Of(rule.Seen), RouteSet.Of(rule.Seen));
    }

    private static async Task<List<Diagnostic>> RunAsync(
        Markup markup, bool areSuppressed, string message = "Missing suffix: 'Async'")
    {
        Compilation compilation = await CompileAsync(markup);
        var stub = new Stub(
            [.. markup.Expected.Select(mark => (mark.Id.TrimStart('+'), mark.Span))
                .Where(mark => !mark.Item1.StartsWith("CS", StringComparison.Ordinal))],
            message);
        DiagnosticAnalyzer[] analyzers = areSuppressed ? [stub, new RouteSuppressor()] : [stub];
        ImmutableArray<Diagnostic> all = await compilation
            .WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true,
                logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(all, item => item.Id.StartsWith("AD", StringComparison.Ordinal));
        return
        [
            .. all.Where(item => markup.Expected.Any(mark => mark.Id.TrimStart('+') == item.Id))
                .OrderBy(item => item.Location.SourceSpan.Start),
        ];
    }

    private static async Task<Compilation> CompileAsync(Markup markup) =>
        (await Harness.Project.Create([markup.Source], OutputKind.DynamicallyLinkedLibrary)
            .Projects.Single().GetCompilationAsync(TestContext.Current.CancellationToken))!;

    /// <summary>Reports warnings at given places, as an analyzer of somebody else would.</summary>
#pragma warning disable RS1036, RS1038, RS1041 // No analyzer that is shipped.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Stub(ImmutableArray<(string Id, TextSpan Span)> places, string message) : DiagnosticAnalyzer
    {
        public Compilation? Seen { get; private set; }

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [
            .. places.Select(place => place.Id).Append("STUB").Distinct()
                .Select(id => new DiagnosticDescriptor(id, id, message, "Stub", DiagnosticSeverity.Warning, true)),
        ];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxTreeAction(tree =>
            {
                if (!tree.Tree.FilePath.EndsWith("File0.cs", StringComparison.Ordinal))
                    return;
                foreach ((string id, TextSpan span) in places)
                    tree.ReportDiagnostic(Diagnostic.Create(
                        SupportedDiagnostics.Single(item => item.Id == id), Location.Create(tree.Tree, span)));
            });
            context.RegisterCompilationAction(compilation =>
            {
                Seen = compilation.Compilation;
                compilation.ReportDiagnostic(Diagnostic.Create(
                    SupportedDiagnostics.Single(item => item.Id == "STUB"), Location.None));
            });
        }
    }

    /// <summary>Suppresses nothing and notes what it was called for.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class Watcher : DiagnosticSuppressor
    {
        public Compilation? Seen { get; private set; }

        public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
            [new SuppressionDescriptor("WATCH", "STUB", "Never.")];

        public override void ReportSuppressions(SuppressionAnalysisContext context) => Seen = context.Compilation;
    }
#pragma warning restore RS1036, RS1038, RS1041

    /// <summary>Behind the class that the members of routes stand in, which is not partial.</summary>
    private static string InHandler(string members) =>
        "} internal sealed partial class H : CommandHandler<string> { " + members +
        " protected override string Reject(CommandRejection rejection) => \"\";";
}
