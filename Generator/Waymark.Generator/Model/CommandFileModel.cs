namespace Waymark.Generator.Model;

/// <summary>All that the file of a class with commands depends on.</summary>
/// <param name="HintName">The file.</param>
/// <param name="Class">The class.</param>
/// <param name="Prefix">What the names of all generated members but the overridden ones begin with.</param>
/// <param name="Commands">Sorted; the index is the command's number. No two of them take the same lines.</param>
/// <param name="Constraints">The users' constraints that templates name.</param>
/// <param name="Parsers">The users' types for which the file has parsers.</param>
internal sealed record CommandFileModel(
    string HintName,
    CommandClassModel Class,
    string Prefix,
    EquatableArray<CommandThunk> Commands,
    EquatableArray<ConstraintCall> Constraints,
    EquatableArray<ValueModel> Parsers);

/// <summary>A command and the method that reads its parameters.</summary>
/// <param name="Name">The method: <c>Ftp_Store</c>.</param>
/// <param name="Command">The command.</param>
internal sealed record CommandThunk(string Name, CommandModel Command);

/// <summary>What is emitted for commands, and why some of them are not.</summary>
/// <param name="Files">One for each class, sorted by name.</param>
/// <param name="Problems">In the order of the commands they belong to.</param>
internal sealed record CommandPlanModel(EquatableArray<CommandFileModel> Files, EquatableArray<RouteProblem> Problems);
