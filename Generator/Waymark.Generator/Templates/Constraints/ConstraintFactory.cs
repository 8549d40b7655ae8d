using System.Globalization;
using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Templates.Languages;

namespace Waymark.Generator.Templates.Constraints;

/// <summary>Makes a constraint of its name and arguments, or says what is wrong with them.</summary>
internal sealed class ConstraintFactory(int start, int length, string name, string? arguments, List<Problem> problems)
{
    private static readonly Dictionary<string, ConstraintKind> Plain = new(StringComparer.Ordinal)
    {
        ["int"] = ConstraintKind.Int32,
        ["long"] = ConstraintKind.Int64,
        ["guid"] = ConstraintKind.Guid,
        ["bool"] = ConstraintKind.Boolean,
        ["alpha"] = ConstraintKind.Alpha,
        ["alnum"] = ConstraintKind.AlphaNumeric,
        ["hex"] = ConstraintKind.Hexadecimal,
        ["slug"] = ConstraintKind.Slug,
    };

    private static readonly string[] WithArguments = ["len", "min", "max", "range", "in", "re"];

    /// <summary>The names of all built-in constraints.</summary>
    public static IEnumerable<string> BuiltInNames => Plain.Keys.Concat(WithArguments);

    /// <summary>How a constraint of the user's is told apart from one of the same name in another table.</summary>
    public static string UserText(string scope, string name) => scope.Length == 0 ? name : scope + "." + name;

    /// <summary>Makes the constraint; null where something is wrong with it.</summary>
    public Constraint? Create(string scope)
    {
        if (Plain.TryGetValue(name, out ConstraintKind kind))
            return arguments is null ? Make(kind, name) : Refuse($"'{name}' takes no argument: write '{name}' alone.");
        if (Array.IndexOf(WithArguments, name) < 0)
        {
            return arguments is null
                ? Make(ConstraintKind.User, UserText(scope, name), argument: name)
                : Refuse(
                    $"'{name}' is not a built-in constraint, and one of your own takes no argument: write '{name}' " +
                    "alone.");
        }

        if (string.IsNullOrEmpty(arguments))
            return Refuse($"'{name}' needs an argument: write '{ExampleOf(name)}'.");
        return name switch
        {
            "in" => CreateIn(),
            "re" => CreateExpression(),
            "len" => CreateLength(),
            _ => CreateRange(),
        };
    }

    private Constraint? CreateIn()
    {
        List<string> texts = SplitTexts(arguments!);
        if (texts.Exists(text => text.Length == 0 || text.IndexOf('\0') >= 0))
            return Refuse("'in' holds texts that are not empty, separated by '|': write 'in(asc|desc)'.");
        if (texts.FirstOrDefault(HasLoneSurrogate) is not null)
            return Refuse("Half of a surrogate pair is not a character: write both halves, as in '\\uD83D\\uDE00'.");
        IEnumerable<string> sorted = texts.Distinct(StringComparer.Ordinal)
            .OrderBy(text => text, StringComparer.Ordinal);
        string joined = string.Join(Constraint.TextSeparator.ToString(), sorted);
        return Make(ConstraintKind.In, $"in({joined.Replace(Constraint.TextSeparator, '|')})", argument: joined);
    }

    /// <summary>The texts between bars; a backslash before a character takes it as it is.</summary>
    private static List<string> SplitTexts(string arguments)
    {
        var texts = new List<string>();
        var text = new StringBuilder();
        for (int index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == '|')
            {
                texts.Add(text.ToString());
                text.Clear();
                continue;
            }

            if (arguments[index] == '\\' && index + 1 < arguments.Length)
                index++;
            text.Append(arguments[index]);
        }

        texts.Add(text.ToString());
        return texts;
    }

    private Constraint? CreateExpression()
    {
        if (RegexReader.TryRead(arguments!, out _, out string mistake, out int at, out int count))
            return Make(ConstraintKind.Expression, $"re({arguments})", argument: arguments!);
        int offset = start + name.Length + 1;
        problems.Add(Problem.InTemplate("WM1009", offset + at, count, mistake));
        return null;
    }

    private Constraint? CreateLength()
    {
        if (!TryReadBounds(out long min, out long max) || min < 1 || max > ConstraintParser.LengthMax)
        {
            return Refuse(
                $"'{name}({arguments})' is not a length: write 'len(5)' or 'len(1,20)', from 1 to " +
                $"{ConstraintParser.LengthMax} characters.");
        }

        if (min > max)
            return Refuse($"'{name}({arguments})' holds no length: {min} is more than {max}, so swap the two.");
        return Make(ConstraintKind.Length, $"len({Shown(min)}{(min == max ? "" : "," + Shown(max))})", min, max);
    }

    private Constraint? CreateRange()
    {
        bool isRange = name == "range";
        if (!TryReadBounds(out long min, out long max) || isRange != (arguments!.IndexOf(',') >= 0))
        {
            return Refuse(
                $"'{name}({arguments})' has not {(isRange ? "two integers" : "one integer")} of 64 bits as its " +
                $"argument: write '{ExampleOf(name)}'.");
        }

        if (name == "min")
            max = long.MaxValue;
        else if (name == "max")
            min = long.MinValue;
        if (min > max)
            return Refuse($"'{name}({arguments})' holds no number: {min} is more than {max}, so swap the two.");
        string bounds = isRange ? Shown(min) + "," + Shown(max) : Shown(name == "min" ? min : max);
        return Make(ConstraintKind.Range, $"{name}({bounds})", min, max);
    }

    /// <summary>One integer, which is both bounds, or two.</summary>
    private bool TryReadBounds(out long min, out long max)
    {
        string[] bounds = arguments!.Split(',');
        max = 0;
        return TryReadInteger(bounds[0], out min)
            && TryReadInteger(bounds[bounds.Length - 1], out max)
            && bounds.Length <= 2;
    }

    private static bool TryReadInteger(string text, out long value) => long.TryParse(
        text.Trim(' '), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static string Shown(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool HasLoneSurrogate(string text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text, index))
                index++;
            else if (char.IsSurrogate(text[index]))
                return true;
        }

        return false;
    }

    private static string ExampleOf(string name) => name switch
    {
        "len" => "len(1,20)",
        "range" => "range(1,9)",
        "in" => "in(asc|desc)",
        "re" => "re([a-z]+)",
        _ => name + "(1)",
    };

    private Constraint Make(
        ConstraintKind kind, string text, long min = 0, long max = 0, string argument = "") =>
        new(kind, text, min, max, argument, start, length);

    private Constraint? Refuse(string message)
    {
        problems.Add(Problem.InTemplate("WM1009", start, length, message));
        return null;
    }
}
