using System.Buffers;

namespace Waymark.OpenApi;

/// <summary>Where a server serves its OpenAPI document and documentation pages.</summary>
internal sealed class MappedDocuments
{
    // RFC 3986 section 2.3: unreserved characters mean the same in a path, a template and a relative reference.
    private static readonly SearchValues<char> Unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    private readonly List<string> _documents = [];

    // Pages come with what makes their answers: so a program without a page is trimmed of its files.
    private readonly List<(string Path, Func<string, string, List<FixedAnswer>> Answers)> _pages = [];

    /// <summary>Serves the document at a path.</summary>
    /// <exception cref="ArgumentException">The path is not one that a document can have.</exception>
    public void AddDocument(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckSegments(path, path);
        _documents.Add(path);
    }

    /// <summary>Serves a page at a path, with or without a slash at its end.</summary>
    /// <exception cref="ArgumentException">The path is not one that a page can have.</exception>
    public void AddPage(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string trimmed = path.EndsWith('/') ? path[..^1] : path;
        if (path != "/")
            CheckSegments(trimmed, path);
        _pages.Add((trimmed, DocsPage.At));
    }

    /// <summary>Puts the answers around the router.</summary>
    /// <param name="table">The routes.</param>
    /// <param name="router">The handler for everything else.</param>
    /// <exception cref="OptionsException">
    /// The table has no document, or a path is taken: all problems are listed.
    /// </exception>
    public Handler Around(RouteTable table, Handler router)
    {
        FixedAnswer[] answers = [.. Answers(table.OpenApi)];
        List<string> problems = [];
        if (table.OpenApi.IsEmpty)
            problems.Add(MissingDocument(table));
        foreach (FixedAnswer answer in answers)
            AddProblems(answer.Path, answers, table, problems);
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new FixedAnswers(answers, router).HandleAsync;
    }

    private List<FixedAnswer> Answers(ReadOnlySpan<byte> document)
    {
        string[] documents = _documents.Count > 0 ? [.. _documents] : [_pages[0].Path + "/openapi.json"];
        byte[] body = document.ToArray();
        List<FixedAnswer> answers = [];
        foreach (string path in documents)
            answers.Add(new FixedAnswer(path, "application/json"u8, body));
        foreach ((string path, Func<string, string, List<FixedAnswer>> answersAt) in _pages)
            answers.AddRange(answersAt(path, documents[0]));
        return answers;
    }

    private static void AddProblems(
        string path, FixedAnswer[] answers, RouteTable table, List<string> problems)
    {
        if (Array.FindAll(answers, answer => answer.Path == path).Length > 1)
            Add($"\"{path}\" is mapped twice by MapOpenApi and MapDocs: give each its own path.");

        foreach (RouteInfo route in table.Routes)
        {
            if (!AnswersLiterally(route.Template, path))
                continue;
            Add(
                $"\"{path}\" is mapped by MapOpenApi or MapDocs, but the table has the route {route.Method} " +
                $"{route.Template} ({route.Handler}) there: give MapOpenApi or MapDocs another path.");
        }

        // Of two answers with one path, each finds the same.
        void Add(string problem)
        {
            if (!problems.Contains(problem))
                problems.Add(problem);
        }
    }

    /// <summary>True where a route means exactly this path, and not any path of its kind.</summary>
    /// <remarks>
    /// A route such as <c>/*path</c> or <c>/:page</c> would answer the path too, but a mapped path is the more specific
    /// one, as a literal route would be. Without regard to case: paths that only case tells apart mislead.
    /// </remarks>
    private static bool AnswersLiterally(string template, string path)
    {
        // "/docs/:page?" also means "/docs", and "/docs/*rest?" means "/docs/".
        int last = template.LastIndexOf('/') + 1;
        ReadOnlySpan<char> literal = template.EndsWith('?')
            ? template.AsSpan(0, template.AsSpan(last).StartsWith("*") ? last : Math.Max(1, last - 1))
            : template;
        return literal.Equals(path, StringComparison.OrdinalIgnoreCase);
    }

    private static string MissingDocument(RouteTable table) =>
        $"The route table {table.GetType().Name} has no OpenAPI document that MapOpenApi or MapDocs could serve. The " +
        "generator emits the document where the project itself calls MapOpenApi or MapDocs: call it in the project " +
        "whose Routes.Table the server gets. A table written by hand overrides RouteTable.OpenApi.";

    private static void CheckSegments(string path, string given)
    {
        bool isRight = path.StartsWith('/');
        ReadOnlySpan<char> segments = path.AsSpan(isRight ? 1 : 0);
        foreach (Range segment in segments.Split('/'))
        {
            ReadOnlySpan<char> text = segments[segment];
            isRight &= text is not ("" or "." or "..") && !text.ContainsAnyExcept(Unreserved);
        }

        if (!isRight)
        {
            throw new ArgumentException(
                $"\"{given}\" cannot be mapped: a path such as \"/api/docs\" starts with a slash, and its segments " +
                "are letters, digits and -._~ only.",
                nameof(path));
        }
    }
}
