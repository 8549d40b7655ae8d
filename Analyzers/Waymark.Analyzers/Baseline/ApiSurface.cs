using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Baseline;

/// <summary>What clients can see of the routes of a project: its HTTP API, as one line for each fact.</summary>
/// <remarks>
/// The lines are sorted ordinally and name nothing but what goes over the wire, so that a file of them shows in a
/// review what a change does to clients. C# names stand there only for JSON objects, and mean nothing when compared.
/// <code>
/// GET /books/:isbn
/// GET /books/:isbn -> 200: Shop.Book
/// GET /books/:isbn &lt;- path isbn: string
/// type Shop.Book title: string?
/// </code>
/// </remarks>
internal sealed class ApiSurface
{
    public const string InputMark = " <- ";
    public const string AnswerMark = " -> ";
    public const string TypeMark = "type ";

    /// <summary>By verb and template: <c>GET /books</c>.</summary>
    public SortedDictionary<string, ApiRoute> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>The members of JSON objects, by type and then by name.</summary>
    public SortedDictionary<string, SortedDictionary<string, ApiValue>> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be read as a fact, with the number of its line.</summary>
    public List<(int Line, string Text)> Unread { get; } = [];

    /// <summary>All facts, sorted.</summary>
    public IEnumerable<string> Lines =>
        Routes.Values.SelectMany(LinesOf).Concat(Types.Keys.SelectMany(LinesOf)).OrderBy(line => line, Order);

    private static StringComparer Order => StringComparer.Ordinal;

    /// <summary>The route with its inputs and answers.</summary>
    public static IEnumerable<string> LinesOf(ApiRoute route) =>
        new[] { route.Name }
            .Concat(route.Inputs.Select(pair => route.Name + InputMark + pair.Key + ": " + pair.Value))
            .Concat(route.Answers.Select(pair => route.Name + AnswerMark + pair.Key + Suffix(pair.Value)));

    /// <summary>The members of a type.</summary>
    public IEnumerable<string> LinesOf(string type) =>
        Types[type].Select(pair => TypeMark + type + " " + pair.Key + ": " + pair.Value);

    /// <summary>Reads lines; blank ones and those that start with <c>#</c> are left out.</summary>
    public static ApiSurface Parse(IReadOnlyList<string> lines)
    {
        var surface = new ApiSurface();
        for (int number = 0; number < lines.Count; number++)
        {
            string line = lines[number].Trim();
            if (line.Length > 0 && line[0] != '#' && !surface.Read(line, number))
                surface.Unread.Add((number, line));
        }

        return surface;
    }

    private bool Read(string line, int number)
    {
        if (line.StartsWith(TypeMark, StringComparison.Ordinal))
        {
            string rest = line.Substring(TypeMark.Length);
            int blank = rest.IndexOf(' ');
            return blank > 0 && ReadNamed(rest.Substring(blank + 1), number, MembersOf(rest.Substring(0, blank)));
        }

        int mark = line.IndexOf(InputMark, StringComparison.Ordinal);
        if (mark > 0)
            return ReadNamed(line.Substring(mark + InputMark.Length), number, RouteOf(line.Substring(0, mark))?.Inputs);
        mark = line.IndexOf(AnswerMark, StringComparison.Ordinal);
        if (mark > 0)
        {
            string answer = line.Substring(mark + AnswerMark.Length);
            SortedDictionary<string, ApiValue>? answers = RouteOf(line.Substring(0, mark))?.Answers;
            if (answer.Contains(": "))
                return ReadNamed(answer, number, answers);
            if (answers is not null)
                answers[answer] = new ApiValue("") { Line = number };
            return answers is not null;
        }

        if (RouteOf(line) is not { } route)
            return false;
        route.Line = number;
        return true;
    }

    private static bool ReadNamed(string text, int number, SortedDictionary<string, ApiValue>? values)
    {
        int colon = text.LastIndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0 || values is null)
            return false;
        values[text.Substring(0, colon)] = ApiValue.Parse(text.Substring(colon + 2), number);
        return true;
    }

    private ApiRoute? RouteOf(string name)
    {
        if (Routes.TryGetValue(name, out ApiRoute? route))
            return route;
        int blank = name.IndexOf(' ');
        if (blank <= 0 || blank + 1 == name.Length || name[blank + 1] != '/')
            return null;
        route = new ApiRoute(name.Substring(0, blank), name.Substring(blank + 1));
        Routes.Add(name, route);
        return route;
    }

    public SortedDictionary<string, ApiValue> MembersOf(string type)
    {
        if (!Types.TryGetValue(type, out SortedDictionary<string, ApiValue>? members))
            Types.Add(type, members = new(StringComparer.Ordinal));
        return members;
    }

    private static string Suffix(ApiValue answer) => answer.Type.Length == 0 ? "" : ": " + answer;
}

/// <summary>One route.</summary>
internal sealed class ApiRoute(string verb, string template)
{
    public string Verb => verb;

    public string Template => template;

    public string Name => verb + " " + template;

    /// <summary>Its line in the file; -1 where only lines of its inputs or answers stand there.</summary>
    public int Line { get; set; } = -1;

    /// <summary>By place and name: <c>query page</c>, or by the place alone: <c>body</c>.</summary>
    public SortedDictionary<string, ApiValue> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>By status.</summary>
    public SortedDictionary<string, ApiValue> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The objects in its JSON; of a route that was read from a file, none.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The paths that it answers, names and constraints of captures left out.</summary>
    public IEnumerable<string> PathsFor(TableOptions options) => PathPattern
        .Of(TemplateParser.Parse(template), options)
        .Select(pattern => string.Join("/", pattern.Segments.Select(TextOf)) + " " + pattern.End);

    private static string TextOf(SegmentPattern segment) =>
        segment.Prefix + string.Concat(segment.Captures.Select(capture => ":" + capture.Tail));
}

/// <summary>The type of an input, an answer or a member, as it goes over the wire.</summary>
/// <param name="Type">
/// <c>string</c>, <c>int32</c>, <c>enum(a|b)</c>, a JSON object by its name, or a list: <c>uuid[]</c>. "" for an answer
/// without a body.
/// </param>
internal sealed record ApiValue(string Type)
{
    private const string RequiredMark = " required";

    /// <summary>True where it may be missing or null.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True for a member that JSON must have.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The constraints of a capture, separated by blanks.</summary>
    public string Constraints { get; init; } = "";

    /// <summary>Its line in the file.</summary>
    public int Line { get; init; } = -1;

    public override string ToString() => Type + (IsOptional ? "?" : "") + (IsRequired ? RequiredMark : "")
        + (Constraints.Length > 0 ? " <" + Constraints + ">" : "");

    public static ApiValue Parse(string text, int line)
    {
        string constraints = "";
        int start = text.IndexOf(" <", StringComparison.Ordinal);
        if (start > 0 && text[text.Length - 1] == '>')
        {
            constraints = text.Substring(start + 2, text.Length - start - 3);
            text = text.Substring(0, start);
        }

        bool isRequired = text.EndsWith(RequiredMark, StringComparison.Ordinal);
        if (isRequired)
            text = text.Substring(0, text.Length - RequiredMark.Length);
        bool isOptional = text.EndsWith("?", StringComparison.Ordinal);
        return new ApiValue(isOptional ? text.Substring(0, text.Length - 1) : text)
        {
            IsOptional = isOptional,
            IsRequired = isRequired,
            Constraints = constraints,
            Line = line,
        };
    }
}
