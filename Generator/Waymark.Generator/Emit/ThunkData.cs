using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>
/// What a thunk keeps between requests: what it wants of a form, the patterns of its rules, how it opens a socket.
/// </summary>
/// <remarks>In a class of its own, so that it is made with the first request that needs it and not at start.</remarks>
internal sealed class ThunkData
{
    private readonly string _class;
    private readonly IReadOnlyList<ParameterModel> _leaves;
    private readonly WebSocketModel? _socket;
    private readonly List<RuleModel> _patterns = [];
    private readonly List<ParameterModel> _gathered = [];

    public ThunkData(string dataClass, HandlerModel handler)
    {
        _class = dataClass;
        _leaves = handler.Leaves.ToList();
        _socket = handler.Socket is { Options.Count: > 0 } socket ? socket : null;
    }

    /// <summary>The field that says what is wanted of the form.</summary>
    public string Form => SourceText.Identifier(_class) + ".Form";

    /// <summary>The field that says how the socket is opened.</summary>
    public string Socket => SourceText.Identifier(_class) + ".Socket";

    /// <summary>The field that holds the expression of a pattern.</summary>
    public string PatternOf(RuleModel rule)
    {
        _patterns.Add(rule);
        return $"{SourceText.Identifier(_class)}.Pattern{_patterns.Count}";
    }

    /// <summary>The field that says where the members of a gathered type have their values from.</summary>
    public string PlacesOf(ParameterModel gathered)
    {
        _gathered.Add(gathered);
        return $"{SourceText.Identifier(_class)}.Places{_gathered.Count}";
    }

    /// <summary>Prints the class, once everything has been asked for; nothing where nothing is kept.</summary>
    public void Emit(SourceWriter writer)
    {
        bool hasForm = _leaves.Any(leaf => leaf.IsOfForm);
        if (!hasForm && _socket is null && _patterns.Count == 0 && _gathered.Count == 0)
            return;
        writer.Line();
        writer.Open($"private static class {SourceText.Identifier(_class)}");
        if (hasForm)
        {
            writer.Line("internal static readonly Wm::FormPlan Form = new(");
            writer.Line($"    {Entries(ParameterSource.Form)},");
            writer.Line($"    {Entries(ParameterSource.File)});");
        }

        if (_socket is not null)
        {
            writer.Open("internal static readonly global::Waymark.WebSocketOptions Socket = new()");
            foreach (MemberValue option in _socket.Options)
                writer.Line($"{option.Name} = {option.Value},");
            writer.Close(";");
        }

        for (int index = 0; index < _patterns.Count; index++)
            RuleEmitter.EmitPattern(writer, $"Pattern{index + 1}", _patterns[index]);
        for (int index = 0; index < _gathered.Count; index++)
            EmitPlaces(writer, $"Places{index + 1}", _gathered[index]);
        writer.Close();
    }

    private static void EmitPlaces(SourceWriter writer, string field, ParameterModel gathered)
    {
        writer.Open($"internal static readonly Wm::BindPlace[] {field} = new Wm::BindPlace[]");
        foreach ((string pointer, ParameterModel leaf) in PlacesIn(gathered, ""))
        {
            string? source = leaf.Source switch
            {
                ParameterSource.File => "form",
                ParameterSource.Body => "body",
                _ when leaf.Value is not null => leaf.Source.ToString().ToLowerInvariant(),
                _ => null,
            };
            if (source is null)
                continue;
            IEnumerable<string> arguments = new[] { pointer, source, leaf.Key }.Select(SourceText.Literal);
            writer.Line($"new({string.Join(", ", arguments)}),");
        }

        writer.Close(";");
    }

    private static IEnumerable<(string Pointer, ParameterModel Leaf)> PlacesIn(ParameterModel model, string pointer) =>
        model.Source != ParameterSource.Members
            ? [(pointer, model)]
            : model.Members.SelectMany(member => PlacesIn(member.Value, $"{pointer}/{member.Name}"));

    private string Entries(ParameterSource source)
    {
        IEnumerable<string> entries = _leaves
            .Where(leaf => leaf.Source == source)
            .Select(leaf => $"new({SourceText.Literal(leaf.Key)}{FlagsOf(leaf)})");
        return $"new Wm::FormEntry[] {{ {string.Join(", ", entries)} }}";
    }

    private static string FlagsOf(ParameterModel leaf)
    {
        bool isRepeated = leaf.Body == BodyKind.Files
            || leaf.Value is { Collection: not CollectionKind.None };
        if (isRepeated)
            return ", IsRepeated: true";
        return leaf.IsOptional ? "" : ", IsRequired: true";
    }
}
