using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>What a thunk keeps between requests: what it wants of a form, and the patterns of its rules.</summary>
/// <remarks>In a class of its own, so that it is made with the first request that needs it and not at start.</remarks>
internal sealed class ThunkData
{
    private readonly string _class;
    private readonly IReadOnlyList<ParameterModel> _leaves;
    private readonly List<RuleModel> _patterns = [];

    public ThunkData(string dataClass, IReadOnlyList<ParameterModel> leaves)
    {
        _class = dataClass;
        _leaves = leaves;
    }

    /// <summary>The field that says what is wanted of the form.</summary>
    public string Form => SourceText.Identifier(_class) + ".Form";

    /// <summary>The field that holds the expression of a pattern.</summary>
    public string PatternOf(RuleModel rule)
    {
        _patterns.Add(rule);
        return $"{SourceText.Identifier(_class)}.Pattern{_patterns.Count}";
    }

    /// <summary>Prints the class, once everything has been asked for; nothing where nothing is kept.</summary>
    public void Emit(SourceWriter writer)
    {
        bool hasForm = _leaves.Any(leaf => leaf.IsOfForm);
        if (!hasForm && _patterns.Count == 0)
            return;
        writer.Line();
        writer.Open($"private static class {SourceText.Identifier(_class)}");
        if (hasForm)
        {
            writer.Line("internal static readonly Wm::FormPlan Form = new(");
            writer.Line($"    {Entries(ParameterSource.Form)},");
            writer.Line($"    {Entries(ParameterSource.File)});");
        }

        for (int index = 0; index < _patterns.Count; index++)
            RuleEmitter.EmitPattern(writer, $"Pattern{index + 1}", _patterns[index]);
        writer.Close();
    }

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
