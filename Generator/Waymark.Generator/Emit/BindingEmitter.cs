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
    private readonly Func<string, JsonTypeModel> _jsonOf;
    private readonly Func<JsonTypeModel, string> _fieldOf;
    private readonly bool _isAsync;
    private readonly ThunkData _data;
    private readonly IReadOnlyList<ParameterModel> _leaves;
    private readonly List<ParameterModel> _gathered;
    private readonly MembersEmitter _members;
    private readonly NameSet _names;

    /// <summary>A local for each value; what a parameter may be called, the thunk must not be hurt by.</summary>
    private readonly Dictionary<ParameterModel, string> _locals = new(ReferenceComparer.OfParameters);

    public BindingEmitter(
        SourceWriter writer,
        HandlerModel handler,
        bool isAsync,
        ThunkData data,
        Func<string, JsonTypeModel> jsonOf,
        Func<JsonTypeModel, string> fieldOf)
    {
        _writer = writer;
        _isAsync = isAsync;
        _data = data;
        _jsonOf = jsonOf;
        _fieldOf = fieldOf;
        _leaves = handler.Leaves.ToList();
        _gathered = handler.Parameters.Where(parameter => parameter.Source == ParameterSource.Members).ToList();
        IEnumerable<string> classes = handler.Leaves
            .Where(leaf => leaf.Body == BodyKind.Json)
            .Select(leaf => fieldOf(jsonOf(leaf.TypeName)).Split('.')[0].TrimStart('@'));
        _names = new NameSet(
            StringComparer.Ordinal,
            ["exchange", "errors", "form", "thrown", "Parsers", "Validators", .. classes, .. ResultEmitter.Locals]);
        foreach (ParameterModel leaf in _leaves)
            _locals[leaf] = SourceText.Identifier(_names.Take(leaf.Name));
        _members = new MembersEmitter(writer, _names, data, ArgumentOf);
    }

    private bool HasErrors => _gathered.Count > 0 || CanLeavesFail;

    private bool CanLeavesFail => _leaves.Any(leaf =>
        leaf.Value is not null || leaf is { Body: BodyKind.File, IsOptional: false }
        || (leaf.Body == BodyKind.Json && _jsonOf(leaf.TypeName).Validator.Length > 0));

    /// <summary>Everything before the call.</summary>
    public void EmitLocals()
    {
        if (HasErrors)
            _writer.Line("Wm::BindErrors errors = default;");
        foreach (ParameterModel leaf in _leaves.Where(leaf => leaf.Value is not null && !leaf.IsOfForm))
            EmitChecked(leaf, leaf.Value!);
        if (_leaves.Any(leaf => leaf.IsOfForm))
            EmitForm();
        foreach (ParameterModel leaf in _leaves.Where(leaf => leaf.Source == ParameterSource.Body))
            EmitBody(leaf);
        if (CanLeavesFail)
            EmitRefusal();
        if (_gathered.Count == 0)
            return;

        // A type is made of what is known to be right, so that its constructor sees no stand-ins.
        foreach (ParameterModel gathered in _gathered)
            _members.Emit(gathered);
        EmitRefusal();
    }

    /// <summary>What the handler gets for one of its parameters.</summary>
    public string ArgumentOf(ParameterModel parameter) => parameter.Source switch
    {
        ParameterSource.Members => _members.ArgumentOf(parameter),
        ParameterSource.Exchange => "exchange",
        ParameterSource.Request => "exchange.Request",
        ParameterSource.Response => "exchange.Response",
        ParameterSource.CancellationToken => "exchange.RequestAborted",
        ParameterSource.RemoteEndPoint => "exchange.Request.RemoteEndPoint!",
        ParameterSource.ServiceProvider => "exchange.Services",
        ParameterSource.WebSocket => _locals[parameter],
        ParameterSource.Service => parameter.IsOptional
            ? $"Wm::Bind.ServiceOrDefault<{parameter.TypeName}>(exchange)"
            : $"Wm::Bind.Service<{parameter.TypeName}>(exchange)",
        ParameterSource.Body => BodyArgumentOf(parameter),
        ParameterSource.File => _locals[parameter] + (parameter.Body == BodyKind.File ? "!" : ""),
        _ => TextArgumentOf(parameter, parameter.Value!),
    };

    private void EmitRefusal()
    {
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

    private void EmitForm()
    {
        _writer.Line(
            $$"""
            Wm::BodyValue<Wm::BoundForm> form =
                await Wm::Bind.FormAsync(exchange, {{_data.Form}}).ConfigureAwait(false);
            if (!form.HasValue)
                return;
            """);
        foreach (ParameterModel leaf in _leaves.Where(leaf => leaf.IsOfForm))
        {
            if (leaf.Value is not null)
                EmitChecked(leaf, leaf.Value);
            else
                EmitFile(leaf);
        }
    }

    private void EmitFile(ParameterModel leaf)
    {
        string key = SourceText.Literal(leaf.Key);
        if (leaf.Body == BodyKind.Files)
        {
            _writer.Line($"global::Waymark.FormFile[] {_locals[leaf]} = form.Value!.Files({key});");
            return;
        }

        _writer.Line($"global::Waymark.FormFile? {_locals[leaf]} = form.Value!.File({key});");
        if (leaf.IsOptional)
            return;
        string message = SourceText.Literal($"The file '{leaf.Key}' is missing.");
        _writer.Line($"if ({_locals[leaf]} is null)");
        _writer.Line($"    errors.Add(\"form\", {key}, {message});");
    }

    /// <summary>A value and its rules, which are asked only of one that could be read.</summary>
    private void EmitChecked(ParameterModel leaf, ValueModel value)
    {
        if (leaf.Rules.Count == 0 || IsSpan(value))
        {
            EmitText(leaf, value);
            return;
        }

        string before = SourceText.Identifier(_names.Take(leaf.Name + "_before"));
        _writer.Line($"int {before} = errors.Count;");
        EmitText(leaf, value);
        _writer.Open($"if (errors.Count == {before})");
        string place = leaf.Source.ToString().ToLowerInvariant();
        RuleEmitter.Emit(
            _writer,
            leaf.Rules,
            CheckedParameter.Of(leaf, value),
            _locals[leaf],
            SourceText.Identifier(_names.Take(leaf.Name + "_value")),
            _data.PatternOf,
            message => $"errors.AddRule({SourceText.Literal(place)}, {SourceText.Literal(leaf.Key)}, {message});");
        _writer.Close();
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
            string from = leaf.Source == ParameterSource.Form ? "form.Value!.Fields" : "exchange";
            _writer.Line(
                $"""
                {value.Type}[] {_locals[leaf]} = Wm::Bind.{leaf.Source}List{types}(
                    {from}, {KeyOf(leaf)}, ref errors);
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
        if (leaf.Body == BodyKind.Json)
        {
            EmitJson(leaf, _jsonOf(leaf.TypeName));
            return;
        }

        string? read = leaf.Body switch
        {
            BodyKind.Text => "string {0} = await exchange.Request.Body.ReadStringAsync()",
            BodyKind.Bytes => "global::System.ReadOnlyMemory<byte> {0} = await exchange.Request.Body.ReadAllAsync()",
            BodyKind.Memory => "global::System.ReadOnlyMemory<byte> {0} = await exchange.Request.Body.ReadAllAsync()",
            BodyKind.Sequence =>
                "global::System.Buffers.ReadOnlySequence<byte> {0} = await exchange.Request.Body.ReadSequenceAsync()",
            _ => null,
        };
        if (read is not null)
            _writer.Line(read.Replace("{0}", _locals[leaf]) + ".ConfigureAwait(false);");
    }

    private void EmitJson(ParameterModel leaf, JsonTypeModel type)
    {
        string local = _locals[leaf];
        string errors = HasErrors ? "errors" : "default";
        _writer.Line(
            $$"""
            Wm::BodyValue<{{leaf.TypeName}}> {{local}} = await Wm::Bind.JsonAsync(
                exchange, {{_fieldOf(type)}}, isRequired: {{(leaf.IsOptional ? "false" : "true")}})
                .ConfigureAwait(false);
            if (!{{local}}.HasValue)
            {
                await Wm::Bind.Reject(exchange, {{errors}}, {{local}}.Refusal).ConfigureAwait(false);
                return;
            }

            """);
        if (type.Validator.Length > 0)
            _writer.Line($"{type.Validator}({local}.Value, ref errors);");
    }

    private string BodyArgumentOf(ParameterModel leaf) => leaf.Body switch
    {
        BodyKind.Json => _locals[leaf] + ".Value!",
        BodyKind.Bytes => _locals[leaf] + ".ToArray()",
        BodyKind.Stream => "exchange.Request.Body.AsStream()",
        BodyKind.PipeReader => "exchange.Request.Body.AsPipeReader()",
        BodyKind.Multipart => "exchange.Request.Body.OpenMultipart()",
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

    private static string TextOf(ParameterModel leaf) => leaf.Source switch
    {
        ParameterSource.Path => $"Wm::RequestValue.Path(exchange, {leaf.Depth}, {SourceText.Literal(leaf.Key)})",
        ParameterSource.Form => $"Wm::RequestValue.Form(form.Value!.Fields, {KeyOf(leaf)})",
        _ => $"Wm::RequestValue.{leaf.Source}(exchange, {KeyOf(leaf)})",
    };

    private static string KeyOf(ParameterModel leaf) =>
        $"{SourceText.Literal(leaf.Key)}u8, {SourceText.Literal(leaf.Key)}";

    private static bool IsSpan(ValueModel value) => value.Kind is ValueKind.Utf8Span or ValueKind.CharacterSpan;

    private static string FallbackOf(ParameterModel leaf, ValueModel value)
    {
        if (leaf.Nullability != Nullability.None)
            return leaf.Default is null or "default" ? "null" : leaf.Default;
        return leaf.Default ?? (value.Type == "string" ? "\"\"" : "default");
    }
}
