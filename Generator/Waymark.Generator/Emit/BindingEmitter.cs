using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator.Emit;

/// <summary>Prints the middle of a thunk: where each value comes from, and what the handler is called with.</summary>
/// <remarks>
/// Texts first, then the body; all that is wrong is gathered in one local and answered at once. A span is no local: it
/// is made where the handler is called, since an async thunk may not have one.
/// </remarks>
internal sealed class BindingEmitter
{
    private readonly SourceWriter _writer;
    private readonly Func<string, string> _jsonField;
    private readonly bool _isAsync;
    private readonly IReadOnlyList<ParameterModel> _leaves;

    /// <summary>A local for each value; what a parameter may be called, the thunk must not be hurt by.</summary>
    private readonly Dictionary<ParameterModel, string> _locals = new(ReferenceComparer.Instance);

    public BindingEmitter(
        SourceWriter writer, HandlerModel handler, bool isAsync, string jsonClass, Func<string, string> jsonField)
    {
        _writer = writer;
        _isAsync = isAsync;
        _jsonField = jsonField;
        _leaves = handler.Leaves.ToList();
        var names = new NameSet(
            StringComparer.Ordinal,
            ["exchange", "errors", "form", "Parsers", "Validators", jsonClass, .. ResultEmitter.Locals]);
        foreach (ParameterModel leaf in _leaves)
            _locals[leaf] = SourceText.Identifier(names.Take(leaf.Name));
    }

    /// <summary>Everything before the call.</summary>
    public void EmitLocals()
    {
        bool hasTexts = _leaves.Any(leaf => leaf.Value is not null);
        if (hasTexts)
            _writer.Line("Wm::BindErrors errors = default;");
        foreach (ParameterModel leaf in _leaves.Where(leaf => leaf.Value is not null))
            EmitText(leaf, leaf.Value!);
        foreach (ParameterModel leaf in _leaves.Where(leaf => leaf.Source == ParameterSource.Body))
            EmitBody(leaf);
        if (!hasTexts)
            return;
        _writer.Line("if (!errors.IsEmpty)");
        if (!_isAsync)
        {
            _writer.Line("    return Wm::Bind.Reject(exchange, errors);");
            return;
        }

        _writer.Line(
            """
            {
                await Wm::Bind.Reject(exchange, errors).ConfigureAwait(false);
                return;
            }

            """);
    }

    /// <summary>What the handler gets for one of its parameters.</summary>
    public string ArgumentOf(ParameterModel parameter) => parameter.Source switch
    {
        ParameterSource.Members => Gathered(parameter),
        ParameterSource.Exchange => "exchange",
        ParameterSource.Request => "exchange.Request",
        ParameterSource.Response => "exchange.Response",
        ParameterSource.CancellationToken => "exchange.RequestAborted",
        ParameterSource.RemoteEndPoint => "exchange.Request.RemoteEndPoint!",
        ParameterSource.ServiceProvider => "exchange.Services",
        ParameterSource.Service => parameter.IsOptional
            ? $"Wm::Bind.ServiceOrDefault<{parameter.TypeName}>(exchange)"
            : $"Wm::Bind.Service<{parameter.TypeName}>(exchange)",
        ParameterSource.Body => BodyArgumentOf(parameter),
        _ => TextArgumentOf(parameter, parameter.Value!),
    };

    private string Gathered(ParameterModel parameter)
    {
        IEnumerable<string> arguments = parameter.Members
            .Where(member => member.IsConstructorParameter)
            .Select(member => $"{SourceText.Identifier(member.Name)}: {ArgumentOf(member.Value)}");
        List<string> properties = parameter.Members
            .Where(member => !member.IsConstructorParameter)
            .Select(member => $"{SourceText.Identifier(member.Name)} = {ArgumentOf(member.Value)}")
            .ToList();
        string made = $"new {parameter.TypeName}({string.Join(", ", arguments)})";
        return properties.Count == 0 ? made : $"{made} {{ {string.Join(", ", properties)} }}";
    }

    private void EmitText(ParameterModel leaf, ValueModel value)
    {
        if (IsSpan(value))
        {
            if (!leaf.IsOptional)
                _writer.Line($"Wm::Bind.Require({TextOf(leaf)}, ref errors);");
            return;
        }

        string types = $"<{value.Type}, {ParserNames.Of(value)}>";
        if (value.Collection != CollectionKind.None)
        {
            string place = leaf.Source == ParameterSource.Header ? "HeaderList" : "QueryList";
            _writer.Line(
                $"""
                {value.Type}[] {_locals[leaf]} = Wm::Bind.{place}{types}(
                    exchange, {KeyOf(leaf)}, ref errors);
                """);
            return;
        }

        string method = !leaf.IsOptional ? "Required"
            : leaf.Nullability == Nullability.Value ? "Nullable"
            : "Optional";
        string fallback = leaf.IsOptional ? FallbackOf(leaf, value) + ", " : "";
        bool isNullable = leaf.IsOptional && leaf.Nullability != Nullability.None;
        _writer.Line(
            $"""
            {value.Type}{(isNullable ? "?" : "")} {_locals[leaf]} = Wm::Bind.{method}{types}(
                {TextOf(leaf)}, {fallback}ref errors);
            """);
    }

    private void EmitBody(ParameterModel leaf)
    {
        string local = _locals[leaf];
        switch (leaf.Body)
        {
            case BodyKind.Json:
                _writer.Line(
                    $$"""
                    Wm::BodyValue<{{leaf.TypeName}}> {{local}} = await Wm::Bind.JsonAsync(
                        exchange, {{_jsonField(leaf.TypeName)}}, isRequired: {{(leaf.IsOptional ? "false" : "true")}})
                        .ConfigureAwait(false);
                    if (!{{local}}.HasValue)
                        return;
                    """);
                break;
            case BodyKind.Bytes:
                _writer.Line(
                    $"byte[] {local} = " +
                    "(await exchange.Request.Body.ReadAllAsync().ConfigureAwait(false)).ToArray();");
                break;
            case BodyKind.Memory:
                _writer.Line(
                    $"global::System.ReadOnlyMemory<byte> {local} = " +
                    "await exchange.Request.Body.ReadAllAsync().ConfigureAwait(false);");
                break;
        }
    }

    private string BodyArgumentOf(ParameterModel leaf) => leaf.Body switch
    {
        BodyKind.Json => _locals[leaf] + ".Value!",
        _ => _locals[leaf],
    };

    private string TextArgumentOf(ParameterModel leaf, ValueModel value)
    {
        if (value.Kind == ValueKind.Utf8Span)
            return $"Wm::Bind.Utf8(exchange, {TextOf(leaf)})";
        if (value.Kind == ValueKind.CharacterSpan)
            return $"Wm::Bind.Characters(exchange, {TextOf(leaf)})";
        string local = _locals[leaf];
        string made = value.Collection switch
        {
            CollectionKind.List => $"new global::System.Collections.Generic.List<{value.Type}>({local})",
            CollectionKind.HashSet => $"new global::System.Collections.Generic.HashSet<{value.Type}>({local})",
            CollectionKind.ImmutableArray =>
                $"global::System.Collections.Immutable.ImmutableArray.Create<{value.Type}>({local})",
            _ => local,
        };
        bool isNullWhenEmpty = value.Collection != CollectionKind.None
            && (leaf.Nullability != Nullability.None || leaf.Default is not null);
        return isNullWhenEmpty ? $"({local}.Length == 0 ? default : {made})" : made;
    }

    private static string TextOf(ParameterModel leaf) => leaf.Source == ParameterSource.Path
        ? $"Wm::RequestValue.Path(exchange, {leaf.Depth}, {SourceText.Literal(leaf.Key)})"
        : $"Wm::RequestValue.{leaf.Source}(exchange, {KeyOf(leaf)})";

    private static string KeyOf(ParameterModel leaf) =>
        $"{SourceText.Literal(leaf.Key)}u8, {SourceText.Literal(leaf.Key)}";

    private static bool IsSpan(ValueModel value) => value.Kind is ValueKind.Utf8Span or ValueKind.CharacterSpan;

    private static string FallbackOf(ParameterModel leaf, ValueModel value)
    {
        if (leaf.Nullability != Nullability.None)
            return leaf.Default is null or "default" ? "null" : leaf.Default;
        return leaf.Default ?? (value.Type == "string" ? "\"\"" : "default");
    }

    /// <summary>Two members of equal models are two values all the same.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<ParameterModel>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(ParameterModel left, ParameterModel right) => ReferenceEquals(left, right);

        public int GetHashCode(ParameterModel model) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(model);
    }
}
