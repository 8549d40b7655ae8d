using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Tree;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Shop.Ftp.Commands.g.cs</c>: the part of a class that finds the command of a line.</summary>
internal sealed class CommandEmitter
{
    private const string Never = "[global::System.ComponentModel.EditorBrowsable(" +
        "global::System.ComponentModel.EditorBrowsableState.Never)]";

    private readonly SourceWriter _writer = new();
    private readonly CommandFileModel _file;

    private CommandEmitter(CommandFileModel file) => _file = file;

    public static string Emit(CommandFileModel file) => new CommandEmitter(file).Emit();

    /// <summary>The client of a class, as generated code names its type.</summary>
    public static string ClientOf(CommandClassModel type)
    {
        string state = type.State is null ? "" : ", " + type.State;
        return $"global::Waymark.StreamClient<global::Waymark.CommandLine, {type.Out}{state}>";
    }

    private string Emit()
    {
        _writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(_writer, _file.Class.Namespace);
        foreach (string declaration in _file.Class.Declarations)
            _writer.Open(Escaped(declaration));
        EmitList();
        EmitDispatch();
        var constraints = new ConstraintEmitter(
            _writer, _file.Constraints, _file.Prefix + "Automata", "", isOfWords: true);
        _writer.Line();
        new CommandMatchEmitter(_writer, _file.Prefix + "Match", constraints).Emit(CommandTree.Build(_file.Commands));
        foreach (CommandThunk thunk in _file.Commands)
        {
            _writer.Line();
            new CommandThunkEmitter(_writer, _file, thunk).Emit();
        }

        constraints.EmitAutomata();
        EmitParsers();
        foreach (string _ in _file.Class.Declarations)
            _writer.Close();
        return _writer.ToString();
    }

    private void EmitList()
    {
        string list = SourceText.Identifier(_file.Prefix + "Commands");
        const string Info = "global::Waymark.CommandInfo";
        _writer.Line($"private static readonly {Info}[] {list} = new {Info}[]");
        _writer.Line("{");
        _writer.Indent();
        foreach (CommandThunk thunk in _file.Commands)
        {
            string shown = CommandTemplateParser.Parse(thunk.Command.Template).Shown;
            _writer.Line($"new({SourceText.Literal(shown)}, {SourceText.Literal(thunk.Command.MethodName)}),");
        }

        _writer.Outdent();
        _writer.Line("};");
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        string all = _file.Class.IsDirect ? list : $"Wm::CommandLists.Join(base.Commands, {list})";
        _writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Info}> Commands => {all};");
        _writer.Line();
    }

    private void EmitDispatch()
    {
        int room = _file.Commands.Max(
            thunk => CommandTemplateParser.Parse(thunk.Command.Template).Words.Count);
        _writer.Line("/// <inheritdoc/>");
        _writer.Line(Never);
        _writer.Line("protected override global::System.Threading.Tasks.ValueTask DispatchAsync(");
        _writer.Line($"    global::Waymark.CommandLine line, {ClientOf(_file.Class)} client,");
        _writer.Open("    global::System.Threading.CancellationToken stop)");
        _writer.Line($"global::System.Span<global::System.Range> places = stackalloc global::System.Range[{room}];");
        _writer.Line("var words = new Wm::CommandWords(line, places);");
        _writer.Open($"switch ({SourceText.Identifier(_file.Prefix + "Match")}(in words))");
        for (int number = 0; number < _file.Commands.Count; number++)
        {
            CommandThunk thunk = _file.Commands[number];
            _writer.Line($"case {number}: // {SourceText.OneLine(thunk.Command.Template)}");
            _writer.Line($"    return {SourceText.Identifier(thunk.Name)}(in words, client, stop);");
        }

        _writer.Line("default:");
        _writer.Line("    return base.DispatchAsync(line, client, stop);");
        _writer.Close();
        _writer.Close();
    }

    private void EmitParsers()
    {
        if (_file.Parsers.Count == 0)
            return;
        _writer.Line();
        _writer.Open($"private static class {SourceText.Identifier(_file.Prefix + "Parsers")}");
        ParserEmitter.EmitAll(_writer, _file.Parsers);
        _writer.Close();
    }

    private static string Escaped(string declaration)
    {
        int name = declaration.LastIndexOf(' ') + 1;
        return declaration.Substring(0, name) + SourceText.Identifier(declaration.Substring(name));
    }
}
