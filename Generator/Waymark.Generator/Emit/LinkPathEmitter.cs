using System.Text;
using Waymark.Generator.Model;
using Waymark.Generator.Planning;
using Waymark.Generator.Templates;
using Waymark.Generator.Templates.Constraints;

namespace Waymark.Generator.Emit;

/// <summary>
/// Prints the struct behind one link: its constructor checks the values, <c>Write</c> lists the pieces.
/// </summary>
internal sealed class LinkPathEmitter
{
    private readonly SourceWriter _writer;
    private readonly LinkModel _link;
    private readonly ConstraintEmitter _constraints;
    private readonly TableOptions _options;
    private readonly string _names;
    private readonly Template _template;
    private readonly Dictionary<LinkParameter, string> _fields = [];
    private readonly List<Part> _captures;
    private readonly StringBuilder _literal = new();

    // What Write calls the values that are not null: a name of an if statement lives on behind it.
    private readonly Dictionary<LinkParameter, string> _present = [];

    // Locals of the constructor, beside which the parameters have the user's names.
    private readonly string _text;
    private readonly string _some;

    public LinkPathEmitter(
        SourceWriter writer, LinkModel link, ConstraintEmitter constraints, TableOptions options, string names)
    {
        (_writer, _link, _constraints, _options, _names) = (writer, link, constraints, options, names);
        _template = TemplateParser.Parse(link.Template);
        _captures = _template.Captures.ToList();
        var fields = new NameSet(StringComparer.Ordinal, [link.Path]);
        var present = new NameSet(StringComparer.Ordinal, ["writer", "index"]);
        foreach (LinkParameter parameter in link.Parameters)
        {
            _fields.Add(parameter, fields.Take("_" + parameter.Name));
            _present.Add(parameter, SourceText.Identifier(present.Take(parameter.Name)));
        }

        var locals = new NameSet(StringComparer.Ordinal, link.Parameters.Select(parameter => parameter.Name));
        _text = locals.Take("text");
        _some = locals.Take("some");
    }

    /// <summary>A parameter as a method declares it, without its default.</summary>
    public static string Declaration(LinkParameter parameter) =>
        parameter.Declared + " " + SourceText.Identifier(parameter.Name);

    public void Emit()
    {
        _writer.Open($"public readonly struct {SourceText.Identifier(_link.Path)} : Wm::ILinkPath");
        foreach (LinkParameter parameter in _link.Parameters)
            _writer.Line($"private readonly {FieldTypeOf(parameter)} {_fields[parameter]};");
        if (_link.Parameters.Count > 0)
        {
            _writer.Line();
            EmitConstructor();
            _writer.Line();
        }

        _writer.Open("public void Write(ref Wm::LinkWriter writer)");
        EmitPath();
        foreach (LinkParameter parameter in _link.Parameters.Where(parameter => parameter.Depth < 0))
            EmitQuery(parameter);
        _writer.Close();
        _writer.Close();
    }

    private void EmitConstructor()
    {
        _writer.Open(
            $"internal {SourceText.Identifier(_link.Path)}({string.Join(", ", _link.Parameters.Select(Declaration))})");
        foreach (LinkParameter parameter in _link.Parameters)
            EmitCheck(parameter);
        foreach (LinkParameter parameter in _link.Parameters)
            _writer.Line($"{_fields[parameter]} = {Stored(parameter)};");
        EmitSegmentChecks();
        _writer.Close();
    }

    private string FieldTypeOf(LinkParameter parameter)
    {
        bool mayBeNull = parameter.IsOptional || parameter.Default is not null;
        return parameter is { Kind: LinkValueKind.Enum, IsList: false }
            ? mayBeNull ? "string?" : "string"
            : parameter.Declared;
    }

    /// <summary>What a field is set to: a default is not stored, so that it is not written.</summary>
    private string Stored(LinkParameter parameter)
    {
        string name = SourceText.Identifier(parameter.Name);
        string value = parameter is { Kind: LinkValueKind.Enum, IsList: false }
            ? $"{_names}.Of({name}, nameof({name}))"
            : name;
        return parameter.Default is null
            ? value
            : $"global::System.Collections.Generic.EqualityComparer<{parameter.Declared}>.Default" +
                $".Equals({name}, {parameter.Default}) ? null : {value}";
    }

    private void EmitCheck(LinkParameter parameter)
    {
        string name = SourceText.Identifier(parameter.Name);
        bool isRest = parameter.Depth >= 0 && _captures[parameter.Depth].Kind == PartKind.CatchAll;
        bool isChecked = parameter.Depth < 0 || isRest || !NeedsWriter(SegmentOf(parameter));
        string? check = parameter.Kind switch
        {
            LinkValueKind.Text when parameter.IsList => $"Wm::LinkCheck.Texts({name}, nameof({name}));",
            LinkValueKind.Text when isRest =>
                $"Wm::LinkCheck.Rest({name}, {(parameter.IsOptional ? "true" : "false")}, nameof({name}));",
            LinkValueKind.Text when isChecked =>
                $"Wm::LinkCheck.{(parameter.Depth < 0 ? "Text" : "Segment")}({name}, nameof({name}));",
            LinkValueKind.Enum when parameter.IsList => $"{_names}.Check({name}, nameof({name}));",
            _ => null,
        };
        if (parameter is { Kind: LinkValueKind.Fraction, IsList: false })
        {
            if (parameter.IsOptional)
                _writer.Line($"if ({name} is not null)");
            string value = parameter.IsOptional ? name + ".Value" : name;
            _writer.Line($"{(parameter.IsOptional ? "    " : "")}Wm::LinkCheck.Finite({value}, nameof({name}));");
        }

        if (check is null)
            return;
        bool isGuarded = parameter is { IsOptional: true, IsList: false } && !isRest;
        if (isGuarded)
            _writer.Line($"if ({name} is not null)");
        _writer.Line((isGuarded ? "    " : "") + check);
    }

    private Segment SegmentOf(LinkParameter parameter) =>
        _template.Segments.First(segment => segment.Parts.Contains(_captures[parameter.Depth]));

    private LinkParameter ParameterOf(Part capture)
    {
        int depth = _captures.IndexOf(capture);
        return _link.Parameters.First(parameter => parameter.Depth == depth);
    }

    /// <summary>True where only the segment as it will stand in the path shows whether it can be matched.</summary>
    private bool NeedsWriter(Segment segment)
    {
        List<Part> captures = segment.Parts.Where(part => part.Kind != PartKind.Literal).ToList();
        if (captures.Count == 0)
            return false;
        LinkParameter only = ParameterOf(captures[0]);
        if (captures.Count > 1 || captures[0].Constraints.Any(constraint => !IsMet(constraint, only.Type)))
            return true;
        if (only.Kind == LinkValueKind.Text && (segment.Parts.Count == 1))
            return false;
        return !only.IsAlwaysSegment;
    }

    /// <summary>True where every value of a type meets a constraint.</summary>
    private static bool IsMet(Constraint constraint, string type) => constraint.Kind switch
    {
        ConstraintKind.Int32 => type == "int",
        ConstraintKind.Int64 => type is "int" or "long",
        ConstraintKind.Guid => type == "global::System.Guid",
        ConstraintKind.Boolean => type == "bool",
        _ => false,
    };

    private void EmitSegmentChecks()
    {
        List<Segment> segments = _template.Segments.Where(NeedsWriter).ToList();
        if (segments.Count == 0)
            return;
        _writer.Line($"var {_text} = new Wm::LinkWriter(stackalloc byte[Wm::LinkWriter.StackBytes]);");
        foreach (Segment segment in segments)
        {
            _writer.Line($"{_text}.BeginSegment();");
            Part last = segment.Parts.Last(part => part.Kind != PartKind.Literal);
            foreach (Part part in segment.Parts)
            {
                if (part.Kind != PartKind.Literal)
                    EmitCaptureCheck(segment, part, last);
                else if (part == segment.Parts[0] || part == segment.Parts[segment.Parts.Count - 1])
                    _writer.Line($"{_text}.Literal({Utf8(part.Text)});");
            }

            _writer.Line($"{_text}.EndSegment(nameof({SourceText.Identifier(ParameterOf(last).Name)}));");
        }

        _writer.Line($"{_text}.Dispose();");
    }

    /// <summary>The literal that ends a capture where another capture follows; null for the last one.</summary>
    private static string? TailOf(Segment segment, Part capture, Part last)
    {
        if (capture == last)
            return null;
        int index = segment.Parts.ToList().IndexOf(capture);
        return segment.Parts[index + 1].Text;
    }

    /// <param name="segment">The segment.</param>
    /// <param name="capture">The capture in it.</param>
    /// <param name="last">The last one.</param>
    private void EmitCaptureCheck(Segment segment, Part capture, Part last)
    {
        string? tail = TailOf(segment, capture, last);
        int index = segment.Parts.ToList().IndexOf(capture);
        // A literal before the first capture takes nothing of it.
        string? before = index > 1 ? segment.Parts[index - 1].Text : null;
        bool isNextOptional = tail is not null && segment.Parts[index + 2].IsOptional;
        string? isBeforeOptional = isNextOptional ? _fields[ParameterOf(segment.Parts[index + 2])] : null;
        LinkParameter parameter = ParameterOf(capture);
        string name = SourceText.Identifier(parameter.Name);
        string value = _fields[parameter];
        if (parameter.IsOptional)
        {
            _writer.Open($"if ({value} is {{ }} {_some})");
            value = _some;
        }

        _writer.Line(_text + "." + CallOf(parameter, value, isRest: false));
        _writer.Line($"{_text}.CheckCapture(nameof({name}));");
        foreach (Constraint constraint in capture.Constraints.Where(one => !IsMet(one, parameter.Type)))
        {
            _writer.Line($"if (!{_constraints.TestOf(constraint, _text + ".Capture")})");
            _writer.Line($"    throw Wm::LinkCheck.Unmet({SourceText.Literal(constraint.Text)}, nameof({name}));");
        }

        string ignoresCase = _options.IsCaseInsensitive ? "true" : "false";
        if (parameter.IsOptional && before is not null)
            _writer.Line($"{_text}.CheckSuffix({Utf8(before)}, {ignoresCase}, nameof({name}));");
        if (parameter.IsOptional)
            _writer.Close();
        if (tail is null)
            return;
        // Where the optional part behind the literal is left out, the literal ends the path and may come earlier, too.
        if (isBeforeOptional is not null)
            _writer.Line($"if ({isBeforeOptional} is null)\n    {_text}.Literal({Utf8(tail)});\nelse");
        string indent = isBeforeOptional is null ? "" : "    ";
        _writer.Line($"{indent}{_text}.EndCapture({Utf8(tail)}, {ignoresCase}, nameof({name}));");
    }

    private void EmitPath()
    {
        bool isEmpty = true;
        foreach (Segment segment in _template.Segments)
        {
            bool isLast = segment == _template.Segments[_template.Segments.Count - 1];
            foreach (Part part in segment.Parts)
            {
                bool isFirst = part == segment.Parts[0];
                if (part.Kind == PartKind.Literal)
                    _literal.Append(isFirst ? "/" : "").Append(part.Text);
                else
                    EmitCapture(part, isFirst, isEmpty && isLast);
                isEmpty = false;
            }
        }

        if (_template.Segments.Count == 0)
            _writer.Line("writer.Root();");
        else if (_template.HasTrailingSlash)
            _literal.Append('/');
        FlushLiteral();
    }

    private void EmitCapture(Part capture, bool isFirst, bool isAlone)
    {
        LinkParameter parameter = ParameterOf(capture);
        bool isRest = capture.Kind == PartKind.CatchAll;
        if (!parameter.IsOptional)
        {
            _literal.Append(isFirst ? "/" : "");
            FlushLiteral();
            _writer.Line("writer." + CallOf(parameter, _fields[parameter], isRest));
            return;
        }

        // The rest keeps the slash before it where it is empty; a last segment goes with its slash.
        if (isRest)
            _literal.Append('/');
        FlushLiteral();
        string present = _present[parameter];
        _writer.Open($"if ({_fields[parameter]} is {{ }} {present})");
        if (isFirst && !isRest)
            _writer.Line("writer.Literal(\"/\"u8);");
        _writer.Line("writer." + CallOf(parameter, present, isRest));
        _writer.Close();
        if (isAlone && isFirst && !isRest)
        {
            _writer.Line("else");
            _writer.Line("    writer.Root();");
        }
    }

    private void EmitQuery(LinkParameter parameter)
    {
        string field = _fields[parameter];
        string key = Utf8(parameter.Key);
        if (parameter.IsList)
        {
            _writer.Line($"for (int index = 0; index < ({field}?.Count ?? 0); index++)");
            string item = parameter.Kind == LinkValueKind.Enum
                ? $"{_names}.Of({field}![index], {SourceText.Literal(parameter.Name)})"
                : field + "![index]";
            _writer.Line("    " + QueryCall(item));
        }
        else if (parameter.IsOptional && parameter.Kind is not (LinkValueKind.Text or LinkValueKind.Enum))
        {
            _writer.Line($"if ({field} is {{ }} {_present[parameter]})");
            _writer.Line("    " + QueryCall(_present[parameter]));
        }
        else
        {
            _writer.Line(QueryCall(field));
        }

        string QueryCall(string value) =>
            $"writer.Query{(parameter.Kind == LinkValueKind.Any ? "OfAny" : "")}({key}, {value}{FormatOf(parameter)});";
    }

    private static string CallOf(LinkParameter parameter, string value, bool isRest)
    {
        string method = parameter.Kind switch
        {
            LinkValueKind.Any => "SegmentOfAny",
            LinkValueKind.Text when isRest => "Rest",
            _ => "Segment",
        };
        return $"{method}({value}{FormatOf(parameter)});";
    }

    private static string FormatOf(LinkParameter parameter) =>
        parameter.Format.Length == 0 ? "" : ", " + SourceText.Literal(parameter.Format);

    private void FlushLiteral()
    {
        if (_literal.Length > 0)
            _writer.Line($"writer.Literal({Utf8(_literal.ToString())});");
        _literal.Clear();
    }

    private static string Utf8(string text) => SourceText.Literal(text) + "u8";
}
