using System.Globalization;
using Waymark.Generator.Model;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;
using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Emit;

/// <summary>Prints the tests of constraints, and the automata and user calls that they need.</summary>
/// <remarks>The tests are printed first, within the matcher; what they turned out to need is printed behind
/// it.</remarks>
/// <param name="writer">Takes the text.</param>
/// <param name="calls">What answers users' constraints.</param>
/// <param name="automata">The class of the automata.</param>
/// <param name="owner">What goes before its name in a call, where a parameter of the user's could hide it.</param>
/// <param name="isOfWords">True for words of a line, in which nothing is escaped.</param>
internal sealed class ConstraintEmitter(
    SourceWriter writer, EquatableArray<ConstraintCall> calls, string automata = "Automata", string owner = "",
    bool isOfWords = false)
{
    private const int ValuesPerLine = 24;

    private readonly List<string> _expressions = [];
    private readonly string _runtime = isOfWords ? "Wm::WordConstraints" : "Wm::Constraints";

    /// <summary>The tests of a capture joined by <c>&amp;&amp;</c>; "" where it has no constraints.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="value">An expression for its bytes.</param>
    public string TestOf(CapturePattern capture, string value) => string.Join(
        " && ", capture.Constraints.Select(constraint => TestOf(constraint.Constraint, value)));

    /// <summary>The calls of users' constraints: also what a host of this table calls.</summary>
    public void EmitUserConstraints(bool isExported)
    {
        IEnumerable<ConstraintCall> own = isExported ? calls : calls.Where(call => call.MountedTable.Length == 0);
        if (!own.Any())
            return;
        writer.Line();
        writer.Line("/// <summary>What users' constraints in the templates call.</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(" +
            "global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Open($"{(isExported ? "public" : "internal")} static class Constraints");
        bool isFirst = true;
        foreach (ConstraintCall call in own)
        {
            if (!isFirst)
                writer.Line();
            isFirst = false;
            writer.Line($"/// <summary>{SourceText.Xml(call.Text)}</summary>");
            writer.Open(
                $"public readonly struct {SourceText.Identifier(call.Type)} : Wm::IConstraint");
            writer.Line("/// <inheritdoc/>");
            writer.Line("public static bool IsMet(global::System.ReadOnlySpan<byte> value) =>");
            writer.Line(call.MountedTable.Length == 0
                ? $"    {SourceText.Qualified(call.Method)}(value);"
                : $"    Wm::Constraints.IsMet<{TypeOf(call)}>(value);");
            writer.Close();
        }

        writer.Close();
    }

    /// <summary>The automata of the regular expressions that were tested.</summary>
    /// <param name="access">Who sees the class.</param>
    public void EmitAutomata(string access = "private")
    {
        if (_expressions.Count == 0)
            return;
        writer.Line();
        writer.Line("// A table for each regular expression: no backtracking, one step for each octet.");
        writer.Open($"{access} static class {automata}");
        for (int index = 0; index < _expressions.Count; index++)
        {
            if (index > 0)
                writer.Line();
            EmitAutomaton(index + 1, _expressions[index]);
        }

        writer.Close();
    }

    /// <summary>The test of one constraint.</summary>
    public string TestOf(Constraint constraint, string value) => constraint.Kind switch
    {
        ConstraintKind.Int32 => $"Wm::Constraints.IsInt32({value})",
        ConstraintKind.Int64 => $"Wm::Constraints.IsInt64({value})",
        ConstraintKind.Guid => $"Wm::Constraints.IsGuid({value})",
        ConstraintKind.Boolean => $"Wm::Constraints.IsBoolean({value})",
        ConstraintKind.Alpha => $"Wm::Constraints.IsAlpha({value})",
        ConstraintKind.AlphaNumeric => $"Wm::Constraints.IsAlphaNumeric({value})",
        ConstraintKind.Hexadecimal => $"Wm::Constraints.IsHexadecimal({value})",
        ConstraintKind.Slug => $"Wm::Constraints.IsSlug({value})",
        ConstraintKind.Length =>
            $"{_runtime}.HasLength({value}, {Number(constraint.Min)}, {Number(constraint.Max)})",
        ConstraintKind.Range =>
            $"Wm::Constraints.IsInRange({value}, {Number(constraint.Min)}, {Number(constraint.Max)})",
        ConstraintKind.In => $"{_runtime}.IsIn({value}, {TextsOf(constraint)})",
        ConstraintKind.Expression => TestOfExpression(constraint.Argument, value),
        _ => TestOfUser(calls.First(call => call.Text == constraint.Text), value),
    };

    private string TestOfUser(ConstraintCall call, string value) => isOfWords
        ? $"{SourceText.Qualified(call.Method)}({value})"
        : $"Wm::Constraints.IsMet<{TypeOf(call)}>({value})";

    private string TestOfExpression(string pattern, string value)
    {
        int index = _expressions.IndexOf(pattern);
        if (index < 0)
        {
            index = _expressions.Count;
            _expressions.Add(pattern);
        }

        return $"{owner}{automata}.IsMatch{index + 1}({value})";
    }

    private void EmitAutomaton(int number, string pattern)
    {
        RegexReader.TryRead(pattern, out ByteAutomaton? automaton, out _, out _, out _);
        IEnumerable<int> states = Enumerable.Range(0, automaton!.StateCount);
        IEnumerable<int> targets = states.SelectMany(state =>
            Enumerable.Range(0, automaton.ClassCount).Select(octets => automaton.Target(state, octets)));
        writer.Line($"// {SourceText.OneLine(pattern)}");
        writer.Line(
            $"internal static bool IsMatch{number}(global::System.ReadOnlySpan<byte> value) => " +
            $"{_runtime}.IsAccepted(");
        writer.Line($"    value, Classes{number}, Targets{number}, {automaton.ClassCount}, Accepting{number});");
        EmitValues($"byte> Classes{number} => new byte[]", automaton.Classes.Select(octets => (int)octets));
        EmitValues($"ushort> Targets{number} => new ushort[]", targets);
        EmitValues($"byte> Accepting{number} => new byte[]", states.Select(state => automaton.IsAccepting(state)
            ? 1
            : 0));
    }

    private void EmitValues(string declaration, IEnumerable<int> values)
    {
        List<string> texts = values.Select(value => value.ToString(CultureInfo.InvariantCulture)).ToList();
        writer.Line();
        writer.Open($"private static global::System.ReadOnlySpan<{declaration}");
        for (int index = 0; index < texts.Count; index += ValuesPerLine)
            writer.Line(string.Join(", ", texts.Skip(index).Take(ValuesPerLine)) + ",");
        writer.Close(";");
    }

    /// <summary>The texts of <c>in</c>, a zero octet behind each. The pattern of a literal ends before a
    /// digit.</summary>
    private static string TextsOf(Constraint constraint) => string.Concat(
        "\"",
        string.Concat(constraint.Argument.Split(Constraint.TextSeparator).Select(text => SourceText.Escaped(text) + "\\u0000")),
        "\"u8");

    private static string TypeOf(ConstraintCall call) =>
        call.MountedTable.Length == 0
        ? "Constraints." + SourceText.Identifier(call.Type)
        : $"{SourceText.Qualified(call.MountedTable)}.Constraints.{SourceText.Identifier(call.MountedType)}";

    private static string Number(long value) => value == long.MinValue
        ? "long.MinValue"
        : value.ToString(CultureInfo.InvariantCulture);
}
