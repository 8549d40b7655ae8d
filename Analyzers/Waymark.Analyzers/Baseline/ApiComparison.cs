using Waymark.Generator.Templates;

namespace Waymark.Analyzers.Baseline;

/// <summary>Finds what clients of a shipped API cannot do any more.</summary>
internal sealed class ApiComparison
{
    private readonly ApiSurface _shipped;
    private readonly ApiSurface _current;
    private readonly SortedDictionary<int, string> _breaks = [];
    private readonly HashSet<(string, string, bool)> _compared = [];

    private ApiComparison(ApiSurface shipped, ApiSurface current)
    {
        _shipped = shipped;
        _current = current;
    }

    /// <summary>The breaks, each with the line of the shipped API that it breaks; one for a line.</summary>
    public static IReadOnlyDictionary<int, string> Find(ApiSurface shipped, ApiSurface current, TableOptions options)
    {
        var comparison = new ApiComparison(shipped, current);
        ILookup<string, ApiRoute> byPath = current.Routes.Values
            .SelectMany(route => route.PathsFor(options).Select(path => (path, route)))
            .ToLookup(pair => pair.path, pair => pair.route, StringComparer.Ordinal);
        foreach (ApiRoute route in shipped.Routes.Values)
            comparison.Compare(route, [.. route.PathsFor(options).Select(path => byPath[path])]);
        return comparison._breaks;
    }

    private void Compare(ApiRoute shipped, IReadOnlyList<IEnumerable<ApiRoute>> answering)
    {
        List<ApiRoute?> now = [.. answering.Select(routes =>
            routes.FirstOrDefault(route => route.Verb == shipped.Verb)
            ?? routes.FirstOrDefault(route => route.Verb == "*"))];
        if (now.Count == 0 || now.Contains(null))
        {
            string[] others = [.. answering.SelectMany(routes => routes).Select(route => route.Verb).Distinct()];
            string rest = others.Length > 0 && now.TrueForAll(route => route is null)
                ? $"; the path answers only {string.Join(", ", others)}"
                : "";
            Add(shipped.Line, $"'{shipped.Name}' was shipped and is answered no more{rest}");
            return;
        }

        // A mounted route is known by its name alone.
        if (now[0] is not { } route || (route.Inputs.Count == 0 && route.Answers.Count == 0))
            return;
        CompareInputs(shipped, route);
        CompareAnswers(shipped, route);
    }

    private void CompareInputs(ApiRoute shipped, ApiRoute now)
    {
        // Captures are the same by their order: clients do not see their names.
        Dictionary<string, ApiValue> captures = CapturesOf(now);
        Dictionary<string, ApiValue> shippedCaptures = CapturesOf(shipped);
        foreach (KeyValuePair<string, ApiValue> input in shipped.Inputs.Where(input => !IsPath(input.Key)))
        {
            if (now.Inputs.TryGetValue(input.Key, out ApiValue? other))
                CompareInput(shipped, input.Key, input.Value, other);
            else
                Add(input.Value.Line, $"'{shipped.Name}' was shipped with {Shown(input.Key)}, and reads it no more");
        }

        foreach (KeyValuePair<string, ApiValue> capture in shippedCaptures)
        {
            if (captures.TryGetValue(capture.Key, out ApiValue? other))
                CompareInput(shipped, $"path {capture.Key}", capture.Value, other);
        }

        foreach (KeyValuePair<string, ApiValue> input in now.Inputs)
        {
            if (!IsPath(input.Key) && !input.Value.IsOptional && !shipped.Inputs.ContainsKey(input.Key))
            {
                Add(
                    shipped.Line,
                    $"'{shipped.Name}' was shipped without {Shown(input.Key)}, and requires it now, which its " +
                    "clients do not send");
            }
        }
    }

    private void CompareInput(ApiRoute route, string key, ApiValue shipped, ApiValue now)
    {
        if (shipped.IsOptional && !now.IsOptional && !IsPath(key))
            Add(shipped.Line, $"'{route.Name}' was shipped with {Shown(key)} as optional, and requires it now");
        string[] added =
        [
            .. now.Constraints.Split(' ').Except(shipped.Constraints.Split(' '))
                // The type has refused the same values before, with another status.
                .Where(constraint => !WireTypes.IsMeaning(constraint, shipped.Type) && constraint.Length > 0),
        ];
        if (added.Length > 0)
        {
            Add(
                shipped.Line,
                $"'{route.Name}' was shipped without the constraint '{added[0]}' on {Shown(key)}, so that paths " +
                "which it answered end in 404");
        }

        CompareTypes(shipped, now, isInput: true, isText: key != "body", $"{Shown(key)} of '{route.Name}'");
    }

    /// <remarks>What goes wrong may go wrong otherwise: only successes and redirections are promises.</remarks>
    private void CompareAnswers(ApiRoute shipped, ApiRoute now)
    {
        bool isOpen = now.Answers.Keys.Any(status => status is "default" or "2XX")
            || now.Answers.Values.Any(answer => answer.Type == "any");
        foreach (KeyValuePair<string, ApiValue> answer in shipped.Answers)
        {
            if (now.Answers.TryGetValue(answer.Key, out ApiValue? other))
                CompareTypes(answer.Value, other, isInput: false, isText: false, $"{answer.Key} of '{shipped.Name}'");
            else if (!isOpen && answer.Key[0] is '2' or '3')
            {
                Add(
                    answer.Value.Line,
                    $"'{shipped.Name}' was shipped with the answer {answer.Key}, and never gives it now");
            }
        }
    }

    private void CompareTypes(ApiValue shipped, ApiValue now, bool isInput, bool isText, string place)
    {
        (string old, string other) = (shipped.Type, now.Type);
        while (WireTypes.ElementOf(old) is { } element && WireTypes.ElementOf(other) is { } otherElement)
            (old, other) = (element.TrimEnd('?'), otherElement.TrimEnd('?'));
        bool areObjects = _shipped.Types.ContainsKey(old) && _current.Types.ContainsKey(other);
        if (areObjects)
            CompareMembers(old, other, isInput, shipped.Line);
        else if (!(isInput ? WireTypes.IsPartOf(old, other, isText) : WireTypes.IsPartOf(other, old, isText)))
            Add(shipped.Line, $"{place} was shipped as {Named(shipped)}, and is {Named(now)} now");
    }

    private void CompareMembers(string old, string other, bool isInput, int line)
    {
        if (!_compared.Add((old, other, isInput)))
            return;
        SortedDictionary<string, ApiValue> now = _current.Types[other];
        foreach (KeyValuePair<string, ApiValue> member in _shipped.Types[old])
        {
            string place = $"The member \"{member.Key}\" of '{old}'";
            if (!now.TryGetValue(member.Key, out ApiValue? found))
            {
                Add(member.Value.Line, $"{place} was shipped, and is {(isInput ? "read" : "written")} no more");
                continue;
            }

            if (isInput && found.IsRequired && !member.Value.IsRequired)
                Add(member.Value.Line, $"{place} was shipped as optional, and is required now");
            else if (isInput && member.Value.IsOptional && !found.IsOptional)
                Add(member.Value.Line, $"{place} was shipped as one that may be null, and may not now");
            else if (!isInput && !member.Value.IsOptional && found.IsOptional)
                Add(member.Value.Line, $"{place} was shipped as one that is never null, and may be null now");
            CompareTypes(member.Value, found, isInput, isText: false, place);
        }

        foreach (KeyValuePair<string, ApiValue> member in now)
        {
            if (isInput && member.Value.IsRequired && !_shipped.Types[old].ContainsKey(member.Key))
            {
                Add(
                    line,
                    $"'{old}' was shipped without the member \"{member.Key}\", and requires it now, which clients do " +
                    "not send");
            }
        }
    }

    private Dictionary<string, ApiValue> CapturesOf(ApiRoute route)
    {
        var captures = new Dictionary<string, ApiValue>(StringComparer.Ordinal);
        int number = 0;
        foreach (Part capture in TemplateParser.Parse(route.Template).Captures)
        {
            number++;
            if (route.Inputs.TryGetValue("path " + capture.Text, out ApiValue? value))
                captures.Add($"number {number}", value);
        }

        return captures;
    }

    private void Add(int line, string what)
    {
        if (line >= 0 && !_breaks.ContainsKey(line))
            _breaks.Add(line, what);
    }

    private static bool IsPath(string key) => key.StartsWith("path ", StringComparison.Ordinal);

    private static string Named(ApiValue value) => value.Type.Length == 0 ? "without a body" : $"'{value.Type}'";

    private static string Shown(string key) => key.Split([' '], 2) switch
    {
        ["query", var name] => $"the query parameter '{name}'",
        ["header", var name] => $"the header field '{name}'",
        ["cookie", var name] => $"the cookie '{name}'",
        ["form", var name] => $"the field '{name}' of its form",
        ["path", var name] => $"the capture {name}",
        _ => "a body",
    };
}
