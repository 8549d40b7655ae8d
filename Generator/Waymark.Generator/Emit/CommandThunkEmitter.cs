using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;

namespace Waymark.Generator.Emit;

/// <summary>Prints the method that reads a command's parameters, calls it and sends what it returns.</summary>
/// <remarks>No thunk is async: a span may be a parameter, and what is there at once is sent without a state
/// machine.</remarks>
internal sealed class CommandThunkEmitter
{
    private const string Answers = "Wm::CommandAnswers";
    private const string Values = "Wm::CommandValues";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    private readonly SourceWriter _writer;
    private readonly CommandFileModel _file;
    private readonly CommandThunk _thunk;
    private readonly NameSet _names = new(StringComparer.Ordinal, ["words", "client", "stop", "Wm"]);
    private readonly string _command;

    public CommandThunkEmitter(SourceWriter writer, CommandFileModel file, CommandThunk thunk)
    {
        (_writer, _file, _thunk) = (writer, file, thunk);
        _command = SourceText.Literal(CommandTemplateParser.Parse(thunk.Command.Template).Name);
    }

    public void Emit()
    {
        CommandModel command = _thunk.Command;
        _writer.Line("// " + SourceText.OneLine(command.Template));
        _writer.Line($"private {ValueTask} {SourceText.Identifier(_thunk.Name)}(");
        _writer.Line($"    in Wm::CommandWords words, {CommandEmitter.ClientOf(_file.Class)} client,");
        _writer.Open("    global::System.Threading.CancellationToken stop)");
        List<string> arguments = command.Parameters.Select(ArgumentOf).ToList();
        string owner = command.IsStatic ? SourceText.Qualified(_file.Class.QualifiedName) : "this";
        EmitAnswer($"{owner}.{SourceText.Identifier(command.MethodName)}({string.Join(", ", arguments)})");
        _writer.Close();
    }

    /// <summary>Prints what reads the value, where it takes more than an expression.</summary>
    /// <returns>What the command is called with.</returns>
    private string ArgumentOf(CommandParameter parameter)
    {
        int word = parameter.Word;
        string read = parameter.Source switch
        {
            CommandSource.Value or CommandSource.RestValue => EmitValue(parameter, parameter.Value!),
            CommandSource.Values => EmitValues(parameter, parameter.Value!),
            CommandSource.Span => parameter.IsOptional ? $"words.OrEmpty({word})" : $"words[{word}]",
            CommandSource.Memory => $"words.Memory({word})",
            CommandSource.Bytes => $"words.Bytes({word})",
            CommandSource.RestSpan => $"words.Rest({word}).Span",
            CommandSource.RestMemory => $"words.Rest({word})",
            CommandSource.RestBytes => $"words.Rest({word}).ToArray()",
            CommandSource.Memories => $"words.RestMemories({word})",
            CommandSource.ByteArrays => $"words.RestBytes({word})",
            CommandSource.Line => "words.Line",
            CommandSource.Client => "client",
            CommandSource.State => "client.State",
            CommandSource.CancellationToken => "stop",
            _ => parameter.Default ?? "default",
        };
        bool mayBeNull = parameter is { IsOptional: true, Nullability: not Nullability.None }
            && parameter.Source is CommandSource.Memory or CommandSource.Bytes or CommandSource.RestMemory
                or CommandSource.RestBytes or CommandSource.Memories or CommandSource.ByteArrays;
        if (!mayBeNull)
            return read;
        string type = parameter.TypeName + "?";
        return $"(words.Count > {word} ? {read} : ({type})null)";
    }

    private string EmitValue(CommandParameter parameter, ValueModel value)
    {
        string local = Local(parameter.Name);
        string from = parameter.Source == CommandSource.RestValue
            ? $"words.Rest({parameter.Word}).Span"
            : $"words[{parameter.Word}]";
        string types = $"<{value.Type}, {ParserOf(value)}>";
        if (!parameter.IsOptional)
        {
            EmitRead($"{Values}.TryRead{types}({from}, out {value.Type} {local})", types, parameter.Name, from);
            return local;
        }

        string nullable = parameter.Nullability == Nullability.None ? "" : "?";
        _writer.Line($"{value.Type}{nullable} {local} = {FallbackOf(parameter)};");
        _writer.Open($"if (words.Count > {parameter.Word})");
        string given = Local(parameter.Name + "_given");
        EmitRead($"{Values}.TryRead{types}({from}, out {value.Type} {given})", types, parameter.Name, from);
        _writer.Line($"{local} = {given};");
        _writer.Close();
        return local;
    }

    private string EmitValues(CommandParameter parameter, ValueModel value)
    {
        string local = Local(parameter.Name);
        string wrong = Local(parameter.Name + "_wrong");
        string types = $"<{value.Type}, {ParserOf(value)}>";
        EmitRead(
            $"{Values}.TryReadAll{types}(words, {parameter.Word}, out {value.Type}[] {local}, out var {wrong})",
            types, parameter.Name, wrong);
        return parameter.IsOptional && (parameter.Nullability != Nullability.None || parameter.Default is not null)
            ? $"(words.Count > {parameter.Word} ? {local} : null)"
            : local;
    }

    private void EmitRead(string reading, string types, string parameter, string from) => _writer.Line(
        $$"""
        if (!{{reading}})
        {
            {{Answers}}.Write<{{_file.Class.Out}}>(client, this.Reject({{Values}}.Refuse{{types}}(
                {{_command}}, {{SourceText.Literal(parameter)}}, {{from}})));
            return default;
        }

        """);

    private void EmitAnswer(string call)
    {
        string sent = _file.Class.Out;
        CommandResult result = _thunk.Command.Result;
        if (result.Wait != CommandWait.None)
        {
            string awaited = result.TypeName.Length == 0 ? "" : $"<{result.TypeName}>";
            string task = result.Wait == CommandWait.Task ? $"new {ValueTask}{awaited}({call})" : call;
            string method = result.Kind switch
            {
                CommandResultKind.Nothing => $"Await<{sent}>",
                CommandResultKind.OneOrNone => $"AnswerValue<{sent}>",
                CommandResultKind.Many => $"AnswerAll<{sent}, {result.TypeName}>",
                _ => $"Answer<{sent}>",
            };
            _writer.Line($"return {Answers}.{method}(client, {task});");
            return;
        }

        if (result.Kind == CommandResultKind.Stream)
        {
            _writer.Line($"return {Answers}.SendAll<{sent}>(client, {call}, stop);");
            return;
        }

        _writer.Line(result.Kind switch
        {
            CommandResultKind.Nothing => call + ";",
            CommandResultKind.OneOrNone => $"{Answers}.WriteValue<{sent}>(client, {call});",
            CommandResultKind.Many => $"{Answers}.WriteAll<{sent}>(client, {call});",
            _ => $"{Answers}.Write<{sent}>(client, {call});",
        });
        _writer.Line("return default;");
    }

    private string Local(string name) => SourceText.Identifier(_names.Take(name));

    private string ParserOf(ValueModel value) => value.Parser.Length > 0
        ? value.Parser
        : SourceText.Identifier(_file.Prefix + "Parsers") + "." + ParserNames.SimpleNameOf(value.Type);

    private static string FallbackOf(CommandParameter parameter)
    {
        if (parameter.Nullability != Nullability.None)
            return parameter.Default is null or "default" ? "null" : parameter.Default;
        return parameter.Default ?? (parameter.TypeName == "string" ? "\"\"" : "default");
    }
}
