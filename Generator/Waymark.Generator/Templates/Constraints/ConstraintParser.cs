using Waymark.Generator.Model;

namespace Waymark.Generator.Templates.Constraints;

/// <summary>Reads what stands between <c>&lt;</c> and <c>&gt;</c>.</summary>
/// <remarks>
/// <code>
/// constraints = "&lt;" constraint *( "," constraint ) "&gt;"
/// constraint  = name [ "(" arguments ")" ]   ; parentheses in arguments are paired, or escaped with "\"
/// </code>
/// Rules of this file: never throws; reading ends behind the <c>&gt;</c>, at the end of the text where it is missing.
/// </remarks>
internal sealed class ConstraintParser(string text, string scope, List<Problem> problems)
{
    /// <summary>The most scalar values that <c>len</c> may speak of: its automaton has 8 states for each.</summary>
    public const int LengthMax = 255;

    private int _position;

    /// <summary>True where an argument runs to the end of the text, which is reported there.</summary>
    private bool _isCutOff;

    /// <summary>Reads the constraints.</summary>
    /// <param name="position">At the <c>&lt;</c>; afterwards behind the <c>&gt;</c>.</param>
    public List<Constraint> Read(ref int position)
    {
        int open = position;
        _position = position + 1;
        var constraints = new List<Constraint>();
        while (true)
        {
            if (ReadOne() is { } constraint)
                constraints.Add(constraint);
            if (_position < text.Length && text[_position] == ',')
            {
                _position++;
                continue;
            }

            break;
        }

        if (_position < text.Length && text[_position] == '>')
        {
            _position++;
        }
        else if (!_isCutOff)
        {
            Report(
                "WM1008", open, _position - open,
                $"The constraint '{text.Substring(open, _position - open)}' is not closed: '>' is missing.");
        }

        position = _position;
        return constraints;
    }

    private Constraint? ReadOne()
    {
        int start = _position;
        while (_position < text.Length && text[_position] is not ('(' or ',' or '>' or '/'))
            _position++;
        string name = text.Substring(start, _position - start);
        string? arguments = _position < text.Length && text[_position] == '('
            ? ReadArguments(isExpression: name == "re")
            : null;
        int length = _position - start;
        if (_isCutOff)
            return null;
        if (name.Length == 0)
        {
            Report(
                "WM1008", start - 1, length + 1,
                "A constraint is missing behind this: write its name, as in '<int>'.");
            return null;
        }

        return new ConstraintFactory(start, length, name, arguments, problems).Create(scope);
    }

    /// <summary>What stands between the parentheses; reading ends behind the closing one.</summary>
    private string ReadArguments(bool isExpression)
    {
        int start = ++_position;
        int depth = 1;
        bool isInClass = false;
        for (; _position < text.Length; _position++)
        {
            char character = text[_position];
            if (character == '\\')
                _position++;
            else if (character == '[')
                isInClass = isExpression;
            else if (character == ']')
                isInClass = false;
            else if (character == '(' && !isInClass)
                depth++;
            else if (character == ')' && !isInClass && --depth == 0)
                return text.Substring(start, _position++ - start);
        }

        _position = text.Length;
        _isCutOff = true;
        Report(
            "WM1009", start - 1, text.Length - start + 1,
            "The argument of this constraint is not closed: ')' is missing.");
        return text.Substring(start);
    }

    private void Report(string id, int start, int length, string message) =>
        problems.Add(Problem.InTemplate(id, start, length, message));
}
