using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Waymark.Analyzers.Baseline;
using Waymark.Analyzers.Tests.Harness;
using Waymark.CodeFixes.Projects;
using Project = Waymark.Analyzers.Tests.Harness.Project;

namespace Waymark.Analyzers.Tests;

/// <summary>WM4008, WM4010: the API that was shipped, and what became of it.</summary>
public sealed class BaselineTests
{
    private const string Shop = """
        internal enum Sort { Title, Year }
        internal sealed record Book(string Isbn, string? Title, int Pages, Sort Sort, Book[] Related);
        internal sealed record NewBook(string Isbn, int? Pages = null);

        [Group("/books")]
        internal static class Books
        {
            [Get("/")] internal static Book[] List(int? page, Sort sort = Sort.Title, [Header] string? etag = null) => [];
            [Get("/:isbn<len(13)>")] internal static Results<Ok<Book>, NotFound> Find(string isbn) => Results.NotFound();
            [Post("/")] internal static Created Add(NewBook book, [Cookie] Guid session) => Results.Created("/books/1");
            [Post("/:isbn/cover")] internal static void Upload(string isbn, [Form] string artist, [File] FormFile cover) { }
        }

        [System.Text.Json.Serialization.JsonSerializable(typeof(Book[]))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Book))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyList<Book>))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(NewBook))]
        internal sealed partial class AppJson : System.Text.Json.Serialization.JsonSerializerContext;
        """;

    /// <summary>The file is for people: this is how it looks.</summary>
    private const string Facts = """
        GET /books
        GET /books -> 200: Book[]
        GET /books <- header etag: string?
        GET /books <- query page: int32?
        GET /books <- query sort: enum(Title|Year)?
        GET /books/:isbn<len(13)>
        GET /books/:isbn<len(13)> -> 200: Book
        GET /books/:isbn<len(13)> -> 404
        GET /books/:isbn<len(13)> <- path isbn: string <len(13)>
        POST /books
        POST /books -> 201
        POST /books <- body: NewBook
        POST /books <- cookie session: uuid
        POST /books/:isbn/cover
        POST /books/:isbn/cover -> 204
        POST /books/:isbn/cover <- form artist: string
        POST /books/:isbn/cover <- form cover: file
        POST /books/:isbn/cover <- path isbn: string
        type Book Isbn: string required
        type Book Pages: int32 required
        type Book Related: Book[] required
        type Book Sort: int32 required
        type Book Title: string? required
        type NewBook Isbn: string required
        type NewBook Pages: int32?

        """;

    [Fact]
    public async Task A_file_that_says_what_is_there_is_right() => Assert.Empty(await FindAsync(Facts, Shop));

    [Fact]
    public async Task What_the_file_lacks_is_shown_at_its_route()
    {
        Markup markup = Markup.Parse(
            """
            internal static class A
            {
                [Get("/a")] internal static string F(int page) => "";
                [Get({|WM4010:"/b"|})] internal static string G(int page) => "";
            }
            """);
        List<Diagnostic> diagnostics = await Project.AnalyseAsync(Project.WithShippedApi(
            Project.Create([markup.Source], OutputKind.DynamicallyLinkedLibrary),
            "GET /a\nGET /a -> 200: text\nGET /a <- query page: int32\nGET /b\nGET /b <- query page: int32\n"));
        Diagnostic shown = Assert.Single(diagnostics, diagnostic => diagnostic.Id is "WM4008" or "WM4010");
        Assert.Equal("WM4010", shown.Id);
        Assert.Equal(markup.Expected[0].Span, shown.Location.SourceSpan);
    }

    [Fact]
    public async Task A_project_without_the_file_is_not_looked_at()
    {
        List<Diagnostic> diagnostics =
            await Project.AnalyseAsync(Project.Create([Shop], OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id is "WM4008" or "WM4010");
    }

    /// <summary>Id; what is changed in the source, into what, and the line of the file that it breaks.</summary>
    public static TheoryData<string, string, string, string> Breaks => new()
    {
        { "WM4008", "Get(\"/:isbn<len(13)>\")", "Get(\"/by-isbn/:isbn\")", "GET /books/:isbn<len(13)>" },
        { "WM4008", "Post(\"/\")", "Put(\"/\")", "POST /books" },
        { "WM4008", "int? page", "[Query(\"p\")] int? page", "GET /books <- query page: int32?" },
        { "WM4008", "int? page", "int page", "GET /books <- query page: int32?" },
        { "WM4008", "int? page", "sbyte? page", "GET /books <- query page: int32?" },
        { "WM4008", "int? page", "Guid? page", "GET /books <- query page: int32?" },
        { "WM4008", "int? page", "int? page, string name", "GET /books" },
        { "WM4008", "enum Sort { Title, Year }", "enum Sort { Title }", "GET /books <- query sort: enum(Title|Year)?" },
        { "WM4008", "[Header] string? etag", "[Header(\"If-Match\")] string? e", "GET /books <- header etag: string?" },
        { "WM4008", "<len(13)>", "<len(13),alnum>", "GET /books/:isbn<len(13)> <- path isbn: string <len(13)>" },
        { "WM4008", "Results<Ok<Book>, NotFound> Find", "Results<Accepted, NotFound> Find", "GET /books/:isbn<len(13)> -> 200: Book" },
        { "WM4008", "Book[] List", "string List", "GET /books -> 200: Book[]" },
        { "WM4008", "[Cookie] Guid session", "[Cookie(\"s\")] Guid? session", "POST /books <- cookie session: uuid" },
        { "WM4008", "Add(NewBook book, ", "Add(", "POST /books <- body: NewBook" },
        { "WM4008", "[Form] string artist", "[Form] int artist", "POST /books/:isbn/cover <- form artist: string" },
        { "WM4008", "int Pages, Sort", "string Pages, Sort", "type Book Pages: int32 required" },
        { "WM4008", "int Pages, Sort", "Sort", "type Book Pages: int32 required" },
        { "WM4008", "int Pages, Sort", "int? Pages, Sort", "type Book Pages: int32 required" },
        { "WM4008", "int? Pages = null", "short? Pages = null", "type NewBook Pages: int32?" },
        { "WM4008", "int? Pages = null", "int? Pages", "type NewBook Pages: int32?" },
        { "WM4008", "int? Pages = null", "string Title, int? Pages = null", "POST /books <- body: NewBook" },
    };

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_break_is_shown_at_the_line_that_it_breaks(
        string id, string old, string changed, string line)
    {
        Assert.Contains(old, Shop, StringComparison.Ordinal);
        string source = Shop.Replace(old, changed, StringComparison.Ordinal)
            .Replace("=> [];", "=> null!;", StringComparison.Ordinal)
            .Replace("=> Results.NotFound()", "=> default!", StringComparison.Ordinal);
        Diagnostic diagnostic = Assert.Single(await FindAsync(Facts, source), found => found.Id == id);
        Assert.Equal(line, LineOf(diagnostic));
        Assert.Contains("shipped", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    /// <summary>What is changed in the source, and into what.</summary>
    public static TheoryData<string, string> Compatible => new()
    {
        { "Find(string isbn)", "Find([Path(\"isbn\")] string number)" },
        { "/:isbn<len(13)>", "/:isbn" },
        { "int? page", "long? page" },
        { "int? page", "string? page" },
        { "int? page", "int[] page" },
        { "int? page", "int? page, string? name = null" },
        { "enum Sort { Title, Year }", "enum Sort { Title, Year, Pages }" },
        { "NewBook", "BookToAdd" },
        { "Book[] List", "IReadOnlyList<Book> List" },
        { "Results<Ok<Book>, NotFound>", "Results<Ok<Book>, Conflict>" },
        { "int Pages, Sort", "short Pages, string Author, Sort" },
        { "int? Pages = null", "long? Pages = null, string? Author = null" },
        { "Get(\"/:isbn<len(13)>\")", "Route(\"*\", \"/:isbn<len(13)>\")" },
    };

    [Theory]
    [MemberData(nameof(Compatible))]
    public async Task What_breaks_no_client_is_let_through(string old, string changed)
    {
        Assert.Contains(old, Shop, StringComparison.Ordinal);
        string source = Shop.Replace(old, changed, StringComparison.Ordinal)
            .Replace("=> [];", "=> null!;", StringComparison.Ordinal)
            .Replace("=> Results.NotFound()", "=> default!", StringComparison.Ordinal);
        Assert.Empty(await FindAsync(Facts, source));
    }

    [Fact]
    public async Task What_is_wrong_with_a_route_comes_first() => Assert.Empty(
        await FindAsync(
            "GET /gone\n", Shop.Replace("Find(string isbn)", "Find(Action isbn)", StringComparison.Ordinal)));

    [Fact]
    public async Task A_line_that_says_nothing_is_shown()
    {
        List<Diagnostic> found = await FindAsync("# Our API.\n\nusers\n" + Facts + "GET books -> 200\n", Shop);
        Assert.Equal(["users", "GET books -> 200"], found.Select(LineOf));
    }

    [Fact]
    public async Task A_mounted_route_is_kept_by_its_name()
    {
        MetadataReference billing = Library.Compile(
            "Billing",
            """
            [assembly: ExportRoutes]
            namespace Billing;
            internal static class A { [Get("/invoices")] internal static string F(int page) => ""; }
            """);
        const string host = "[assembly: Mount<Billing.Routes>(\"/b\")]";
        Assert.Empty(await FindAsync("GET /b/invoices\n", host, billing));
        Assert.Equal("WM4008", Assert.Single(await FindAsync("GET /c/invoices\n", host, billing)).Id);
    }

    [Theory]
    [InlineData("WM4008", "# Kept.\nGET /books\nGET /gone\n", "# Kept.\n")]
    [InlineData("WM4010", "", "")]
    public async Task The_fix_writes_the_file(string id, string before, string comments)
    {
        Solution solution = Project.WithShippedApi(
            Project.Create([Shop], OutputKind.DynamicallyLinkedLibrary), before);
        Diagnostic diagnostic = (await Project.AnalyseAsync(solution)).First(found => found.Id == id);
        CodeFixProvider provider = id == "WM4008" ? new BrokenApiFixProvider() : new UnshippedRouteFixProvider();
        Assert.Equal([id], provider.FixableDiagnosticIds);
        CodeAction? offered = null;
        TextDocument place = solution.GetDocument(diagnostic.Location.SourceTree)
            ?? solution.Projects.Single().AdditionalDocuments.Single();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            place, diagnostic, (action, _) => offered = action, TestContext.Current.CancellationToken));
        Assert.Equal(id == "WM4008" ? "WM4008.write" : "WM4010.write", offered!.EquivalenceKey);
        Solution fixedOne = await ChangeAsync(offered);
        Assert.Equal(comments + Facts, await TextAsync(fixedOne));
        Assert.DoesNotContain(await Project.AnalyseAsync(fixedOne), found => found.Id is "WM4008" or "WM4010");

        // As `dotnet format` asks, which knows projects and no documents of this kind.
        CodeAction? all = await provider.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
            solution.Projects.Single(), provider, FixAllScope.Solution, offered.EquivalenceKey!, [id],
            new Nothing(), TestContext.Current.CancellationToken));
        Assert.Equal(comments + Facts, await TextAsync(await ChangeAsync(all!)));
    }

    /// <summary>Written and read again, the facts are the same: of all samples of the shipped file.</summary>
    [Fact]
    public void What_is_written_can_be_read()
    {
        string[] lines = Facts.TrimEnd('\n').Split('\n');
        Assert.Equal(lines, ApiSurface.Parse(lines).Lines);
        Assert.Equal(lines, ApiSurface.Parse([.. lines.Reverse()]).Lines);
    }

    /// <summary>The breaks, in the order of the file.</summary>
    private static async Task<List<Diagnostic>> FindAsync(
        string facts, string source, params MetadataReference[] libraries)
    {
        List<Diagnostic> all = await Project.AnalyseAsync(Project.WithShippedApi(
            Project.Create([source], OutputKind.DynamicallyLinkedLibrary, libraries: libraries), facts));
        // Nothing is compared where a route is not served.
        bool isBroken = source.Contains("Action isbn", StringComparison.Ordinal);
        Assert.Equal(isBroken, all.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. all.Where(diagnostic => diagnostic.Id == "WM4008")
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>All facts come from the file of one test.</summary>
    private static string LineOf(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        Assert.Equal(ApiBaseline.FileName, span.Path);
        Assert.Equal(0, span.StartLinePosition.Character);
        string[] lines = ("# Our API.\n\nusers\n" + Facts + "GET books -> 200\n").Split('\n');
        string[] own = Facts.Split('\n');
        bool isOwn = diagnostic.GetMessage().Contains("shipped", StringComparison.Ordinal);
        string line = isOwn ? own[span.StartLinePosition.Line] : lines[span.StartLinePosition.Line];
        Assert.Equal(line.Length, span.EndLinePosition.Character);
        return line;
    }

    private static async Task<Solution> ChangeAsync(CodeAction action) =>
        (await action.GetOperationsAsync(TestContext.Current.CancellationToken))
            .OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static async Task<string> TextAsync(Solution solution) =>
        (await solution.Projects.Single().AdditionalDocuments.Single()
            .GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    private sealed class Nothing : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(document.Project, cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(
            Microsoft.CodeAnalysis.Project project, CancellationToken cancellationToken) =>
            GetAllDiagnosticsAsync(project, cancellationToken);
    }
}
