using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Prints the end of a thunk: the call of the handler and the writing of what it returns.</summary>
internal sealed class ResultEmitter
{
    /// <summary>The locals that are printed here: no parameter's may be called so.</summary>
    public static readonly IReadOnlyList<string> Locals = ["result", "format"];

    private const string LinesMediaType = "application/x-ndjson";

    private readonly SourceWriter _writer;
    private readonly ResultModel _result;
    private readonly bool _isAsync;
    private readonly Func<string, string> _jsonField;

    /// <param name="writer">Takes the lines.</param>
    /// <param name="result">What the handler returns.</param>
    /// <param name="isAsync">True inside an async thunk; else the task is returned.</param>
    /// <param name="jsonField">The expression for the metadata of a qualified type.</param>
    public ResultEmitter(SourceWriter writer, ResultModel result, bool isAsync, Func<string, string> jsonField)
    {
        _writer = writer;
        _result = result;
        _isAsync = isAsync;
        _jsonField = jsonField;
    }

    /// <summary>Prints the call, an expression, and what becomes of it.</summary>
    public void Emit(string call)
    {
        if (_result is { Wrapper: ResultWrapper.None, Cases: [{ Kind: ResultKind.Nothing }] })
        {
            _writer.Line(call + ";");
            Finish("Wm::ResultWriter.Nothing(exchange)");
            return;
        }

        EmitMediaType();
        if (!_result.IsUnion && HasOwnMethod(_result.Cases[0]))
            Finish(Write(_result.Cases[0], call));
        else if (_result.Wrapper != ResultWrapper.None)
            EmitLater(call);
        else if (_result.IsUnion || _result.Cases[0].IsNullable)
            EmitLocal(call);
        else
            Finish(Write(_result.Cases[0], call));
    }

    /// <summary>True for what the runtime takes as it is, in a task or not, null or not.</summary>
    private static bool HasOwnMethod(ResultCase option) =>
        option.Kind is ResultKind.Nothing or ResultKind.Text or ResultKind.Bytes or ResultKind.Json;

    private void EmitMediaType()
    {
        EquatableArray<string> types = _result.MediaTypes;
        if (types.Count == 0 || _result.Cases[0].Kind == ResultKind.Nothing)
            return;
        if (types.Count == 1)
        {
            _writer.Line($"Wm::ResultWriter.Produces(exchange, {SourceText.Literal(types[0])}u8);");
            return;
        }

        string list = string.Join(", ", types.Select(SourceText.Literal));
        _writer.Line($"int format = Wm::Negotiation.Choose(exchange, [{list}]);");
        _writer.Line("if (format < 0)");
        _writer.Line(_isAsync ? "    return;" : "    return default;");
    }

    private void EmitLater(string call)
    {
        // A lambda that captures nothing is made once; only a negotiated sequence needs to know what was chosen.
        string modifier = _result.MediaTypes.Count > 1 && _result.Cases.Any(IsSequence) ? "" : "static ";
        string written = $"Wm::ResultWriter.Later(exchange, {call}, {modifier}(exchange, result) =>";
        if (!_result.IsUnion)
        {
            Finish($"{written} {WriteLocal(_result.Cases[0])})");
            return;
        }

        _writer.Line((_isAsync ? "await " : "return ") + written + " " + Switch + " switch");
        EmitArms(_isAsync ? "}).ConfigureAwait(false);" : "});");
    }

    private void EmitLocal(string call)
    {
        _writer.Line($"var result = {call};");
        if (!_result.IsUnion)
        {
            string written = WriteLocal(_result.Cases[0]);
            Finish(_isAsync ? $"({written})" : written);
            return;
        }

        _writer.Line((_isAsync ? "await (" : "return ") + Switch + " switch");
        EmitArms(_isAsync ? "}).ConfigureAwait(false);" : "};");
    }

    private string Switch => _result.IsNullable ? "(result.HasValue ? result.Value.Index : -1)" : "result.Index";

    private void EmitArms(string end)
    {
        string union = _result.IsNullable ? "result.Value" : "result";
        _writer.Line("{");
        for (int index = 0; index < _result.Cases.Count; index++)
        {
            ResultCase option = _result.Cases[index];
            string value = $"{union}.Case{index + 1}";
            _writer.Line($"    {index + 1} => {WriteNullable(option, value)},");
        }

        if (_result.IsNullable)
            _writer.Line("    -1 => Wm::ResultWriter.NotFound(exchange),");
        _writer.Line("    _ => throw Wm::ResultWriter.NoCase(),");
        _writer.Line(end);
    }

    private string WriteLocal(ResultCase option) => WriteNullable(option, "result");

    private string WriteNullable(ResultCase option, string value) => option.IsNullable && !HasOwnMethod(option)
        ? $"{value}.HasValue ? {Write(option, value + ".Value")} : Wm::ResultWriter.NotFound(exchange)"
        : Write(option, value);

    private string Write(ResultCase option, string value)
    {
        string json = option.JsonType.Length > 0 ? ", " + _jsonField(option.JsonType) : "";
        string method = option.Kind switch
        {
            ResultKind.Nothing => "Nothing",
            ResultKind.Text => "Text",
            ResultKind.Bytes or ResultKind.Memory => "Bytes",
            ResultKind.Json => $"{(option.IsNullable ? "JsonOrNotFound" : "Json")}<{option.JsonType}>",
            ResultKind.Stream => "Stream",
            ResultKind.Events => "Events",
            ResultKind.Typed => "Typed",
            _ => "",
        };
        return option.Kind == ResultKind.Sequence
            ? WriteSequence($"<{option.JsonType}>(exchange, {value}{json})")
            : $"Wm::ResultWriter.{method}(exchange, {value}{json})";
    }

    private string WriteSequence(string arguments)
    {
        EquatableArray<string> types = _result.MediaTypes;
        string lines = string.Join(
            " or ", Enumerable.Range(0, types.Count).Where(index => types[index] == LinesMediaType));
        string array = $"Wm::ResultWriter.Sequence{arguments}";
        if (lines.Length == 0)
            return array;
        string written = $"Wm::ResultWriter.Lines{arguments}";
        return types.Count == 1 ? written : $"(format is {lines} ? {written} : {array})";
    }

    private static bool IsSequence(ResultCase option) => option.Kind == ResultKind.Sequence;

    private void Finish(string written) => _writer.Line(_isAsync
        ? $"await {written}.ConfigureAwait(false);"
        : $"return {written};");
}
