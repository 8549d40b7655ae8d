using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator.Emit;

/// <summary>Prints how types that gather several values are made, and asks their own <c>Validate</c>.</summary>
/// <remarks>
/// Each parameter is made by one expression in a <c>try</c>, because constructors and setters are the user's and may
/// refuse what they get. A member that has a <c>Validate</c> is made before, so that it is asked first.
/// </remarks>
internal sealed class MembersEmitter(
    SourceWriter writer, NameSet names, ThunkData data, Func<ParameterModel, string> argumentOf)
{
    private readonly Dictionary<ParameterModel, string> _locals = new(ReferenceComparer.OfParameters);

    /// <summary>Makes one; nothing is wrong so far.</summary>
    public void Emit(ParameterModel gathered)
    {
        List<ParameterModel> inner = ValidatedIn(gathered).ToList();
        bool isValidated = gathered.ValidateMethod.Length > 0;
        string before = "";
        if (inner.Count > 0 || isValidated)
        {
            before = SourceText.Identifier(names.Take(gathered.Name + "_before"));
            writer.Line($"int {before} = errors.Count;");
        }

        foreach (ParameterModel member in inner)
            Emit(member);
        string local = SourceText.Identifier(names.Take(gathered.Name));
        writer.Line($"{gathered.TypeName} {local} = default!;");
        string made = Made(gathered);
        string named = SourceText.Literal(gathered.Name);
        string places = data.PlacesOf(gathered);
        if (inner.Count > 0)
            writer.Open($"if (errors.Count == {before})");
        writer.Line(
            $$"""
            try
            {
                {{local}} = {{made}};
            }
            catch (global::System.Exception thrown) when (Wm::Bind.IsRefusal(thrown, {{named}}))
            {
                Wm::Bind.Refuse(thrown, {{places}}, ref errors);
            }

            """);
        if (inner.Count > 0)
            writer.Close();
        _locals.Add(gathered, local);
        if (!isValidated)
            return;
        writer.Line($"if (errors.Count == {before})");
        writer.Line($"    Wm::Bind.AddFound({gathered.ValidateMethod}({local}), {places}, ref errors);");
    }

    /// <summary>The local of one that was made; an expression for one that is made together with its parent.</summary>
    public string ArgumentOf(ParameterModel gathered) =>
        _locals.TryGetValue(gathered, out string? local) ? local : Made(gathered);

    private string Made(ParameterModel gathered)
    {
        IEnumerable<string> arguments = gathered.Members
            .Where(member => member.IsConstructorParameter)
            .Select(member => $"{SourceText.Identifier(member.Name)}: {argumentOf(member.Value)}");
        List<string> properties = gathered.Members
            .Where(member => !member.IsConstructorParameter)
            .Select(member => $"{SourceText.Identifier(member.Name)} = {argumentOf(member.Value)}")
            .ToList();
        string made = $"new {gathered.TypeName}({string.Join(", ", arguments)})";
        return properties.Count == 0 ? made : $"{made} {{ {string.Join(", ", properties)} }}";
    }

    /// <summary>The nearest ones inside that have a rule of their own.</summary>
    private static IEnumerable<ParameterModel> ValidatedIn(ParameterModel gathered) => gathered.Members
        .Select(member => member.Value)
        .Where(value => value.Source == ParameterSource.Members)
        .SelectMany(value => value.ValidateMethod.Length > 0 ? [value] : ValidatedIn(value));
}
