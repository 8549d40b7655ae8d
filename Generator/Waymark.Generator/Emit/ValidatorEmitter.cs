using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator.Emit;

/// <summary>Prints <c>Waymark.Validators.g.cs</c>: the rules of bodies as plain code.</summary>
internal sealed class ValidatorEmitter
{
    private const string Findings = "ref Wm::ValidationFindings found";

    private readonly SourceWriter _writer = new();
    private readonly List<(string Field, RuleModel Rule)> _patterns = [];
    private readonly NameSet _patternNames = new(StringComparer.Ordinal, ["Patterns"]);

    private ValidatorEmitter()
    {
    }

    public static string Emit(ValidatorPlan plan)
    {
        var emitter = new ValidatorEmitter();
        emitter.EmitFile(plan);
        return emitter._writer.ToString();
    }

    private void EmitFile(ValidatorPlan plan)
    {
        _writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(_writer, plan.Namespace);
        _writer.Open("partial class Routes");
        _writer.Line(
            """
            // The rules of bodies. Check_X looks at one object and follows it; errors get pointers from that object on, and
            // the caller puts the name of the member before them. A valid object costs no path and allocates nothing.
            """);
        _writer.Open("private static class Validators");
        bool isFirst = true;
        foreach (ValidatorModel validator in plan.Validators)
        {
            if (!isFirst)
                _writer.Line();
            isFirst = false;
            if (validator.IsRoot)
                EmitRoot(validator);
            EmitCheck(validator);
        }

        if (_patterns.Count > 0)
        {
            _writer.Line();
            _writer.Open("private static class Patterns");
            foreach ((string field, RuleModel rule) in _patterns)
                RuleEmitter.EmitPattern(_writer, field, rule);
            _writer.Close();
        }

        _writer.Close();
        _writer.Close();
    }

    private void EmitRoot(ValidatorModel validator)
    {
        _writer.Line(
            $$"""
            internal static void Validate_{{validator.Name}}({{validator.Shape.Type}}? value, ref Wm::BindErrors errors)
            {
                if (value is not { } present)
                    return;
                Wm::ValidationFindings found = default;
                Check_{{validator.Name}}(present, ref found, 0);
                found.MoveTo(ref errors);
            }

            """);
    }

    private void EmitCheck(ValidatorModel validator)
    {
        _writer.Open(
            $"private static void Check_{validator.Name}({validator.Shape.Type} value, {Findings}, int depth)");
        _writer.Line(
            """
            if (depth >= Wm::ValidationFindings.DepthMax)
            {
                found.AddTooDeep();
                return;
            }

            """);
        foreach (DerivedCheck derived in validator.Derived)
        {
            _writer.Line(
                $$"""
                if (value.GetType() == typeof({{derived.Type}}))
                {
                    Check_{{derived.Check}}(({{derived.Type}})value, ref found, depth);
                    return;
                }

                """);
        }

        bool hasHook = validator.Shape.ValidateMethod.Length > 0;
        if (hasHook)
            _writer.Line("int before = found.Count;");
        EmitMembers(validator);
        if (validator.ElementCheck.Length > 0)
            EmitElements(validator);
        if (hasHook)
        {
            _writer.Line("if (found.Count == before)");
            _writer.Line($"    found.AddRange({validator.Shape.ValidateMethod}(value));");
        }

        _writer.Close();
    }

    private void EmitMembers(ValidatorModel validator)
    {
        var locals = new NameSet(
            StringComparer.Ordinal,
            ["value", "found", "depth", "before", "start", "index", "items", "pair", "present"]);
        foreach (ValidatedMember looked in validator.Members)
        {
            MemberShape member = looked.Member;
            string name = char.ToLowerInvariant(member.Name[0]) + member.Name.Substring(1);
            string local = SourceText.Identifier(locals.Take(name));
            string pointer = SourceText.Literal("/" + member.JsonName.Replace("~", "~0").Replace("/", "~1"));
            RuleEmitter.Emit(
                _writer,
                member.Rules,
                looked.Value,
                "value." + SourceText.Identifier(member.Name),
                local,
                rule => PatternOf(validator, member, rule),
                message => $"found.Add({pointer}, {message});",
                looked.Check.Length == 0 ? null : () => EmitNested(looked, local));
        }
    }

    private void EmitNested(ValidatedMember looked, string local) => _writer.Line(
        $"""
        int start = found.Count;
        Check_{looked.Check}({local}, ref found, depth + 1);
        found.Enter(start, {SourceText.Literal(looked.Member.JsonName)});
        """);

    private void EmitElements(ValidatorModel validator)
    {
        TypeShape shape = validator.Shape;
        bool isMap = shape.Kind == ShapeKind.Map;
        string element = shape.Element + (shape.IsElementNullable && validator.IsElementValueType ? "?" : "");
        bool isMemory = shape.Type.StartsWith("global::System.Memory<", StringComparison.Ordinal)
            || shape.Type.StartsWith("global::System.ReadOnlyMemory<", StringComparison.Ordinal);
        if (isMap)
        {
            _writer.Open("foreach (var pair in value)");
        }
        else
        {
            // Not foreach: the enumerator of a span has interfaces in .NET 10, which C# 12 does not know of.
            _writer.Line($"var items = Wm::Rules.ItemsOf<{element}>(value{(isMemory ? ".ToArray()" : "")});");
            _writer.Open("for (int index = 0; index < items.Length; index++)");
        }

        _writer.Line(
            $$"""
            if ({{(isMap ? "pair.Value" : "items[index]")}} is not { } present)
                continue;
            int start = found.Count;
            Check_{{validator.ElementCheck}}(present, ref found, depth + 1);
            if (found.Count > start)
                found.Enter(start, {{(isMap ? "Wm::Rules.KeyOf(pair.Key)" : "index")}});
            if (found.IsFull)
                return;
            """);
        _writer.Close();
    }

    private string PatternOf(ValidatorModel validator, MemberShape member, RuleModel rule)
    {
        string field = _patternNames.Take($"{validator.Name}_{member.Name}");
        _patterns.Add((SourceText.Identifier(field), rule));
        return "Patterns." + SourceText.Identifier(field);
    }
}
