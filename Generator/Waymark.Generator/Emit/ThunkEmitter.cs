using Waymark.Generator.Model;
using Waymark.Generator.Planning;

namespace Waymark.Generator.Emit;

/// <summary>Prints one thunk: bind, call, write. Only a handler with a body becomes an async method.</summary>
internal sealed class ThunkEmitter
{
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    private const string PoolingBuilder =
        "[global::System.Runtime.CompilerServices.AsyncMethodBuilder(" +
        "typeof(global::System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]";

    private readonly SourceWriter _writer;
    private readonly HandlerClassModel _class;
    private readonly ThunkModel _thunk;
    private readonly bool _isAsync;

    /// <summary>A local for each parameter, in their order; what a parameter may be called, the thunk must not be hurt
    /// by.</summary>
    private readonly List<string> _locals;

    public ThunkEmitter(SourceWriter writer, HandlerClassModel handlerClass, ThunkModel thunk)
    {
        _writer = writer;
        _class = handlerClass;
        _thunk = thunk;
        _isAsync = thunk.Handler.Parameters.Any(parameter => parameter.Source == ParameterSource.Body);
        var names = new NameSet(StringComparer.Ordinal, ["exchange", handlerClass.JsonClass, .. ResultEmitter.Locals]);
        _locals = thunk.Handler.Parameters
            .Select(parameter => SourceText.Identifier(names.Take(parameter.Name)))
            .ToList();
    }

    public void Emit()
    {
        foreach (string route in _thunk.Routes)
            _writer.Line("// " + SourceText.OneLine(route));
        if (_isAsync)
            _writer.Line(PoolingBuilder);
        _writer.Open(
            $"private static {(_isAsync ? "async " : "")}{ValueTask} {SourceText.Identifier(_thunk.Name)}" +
            "(global::Waymark.Exchange exchange)");
        EmitBindings();
        EmitCall();
        _writer.Close();
    }

    private void EmitBindings()
    {
        // What is cheap to refuse is looked at first; the body is read last, when everything else is right.
        EquatableArray<ParameterModel> parameters = _thunk.Handler.Parameters;
        for (int index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].Source is ParameterSource.Path or ParameterSource.Query)
                EmitText(parameters[index], _locals[index]);
        }

        for (int index = 0; index < parameters.Count; index++)
        {
            if (parameters[index].Source == ParameterSource.Body)
                EmitBody(parameters[index], _locals[index]);
        }
    }

    private void EmitText(ParameterModel parameter, string local)
    {
        bool isPath = parameter.Source == ParameterSource.Path;
        string method = isPath ? "Path" : "Query";
        string place = isPath ? $"{parameter.Depth}" : SourceText.Literal(parameter.Name) + "u8";
        string fallback = parameter.IsOptional ? FallbackOf(parameter) + ", " : "";
        string refusal = isPath ? $"{parameter.Depth}, " : "";
        _writer.Line(
            $"""
            if (!Wm::Bind.Try{method}(exchange, {place}, {fallback}out {LocalTypeOf(parameter)} {local}))
            """);
        string reject =
            $"Wm::Bind.Reject{method}(exchange, {refusal}{SourceText.Literal(parameter.Name)}, " +
            $"{SourceText.Literal(ShownTypeOf(parameter.Type))})";
        if (!_isAsync)
        {
            _writer.Line($"    return {reject};");
            return;
        }

        _writer.Line(
            $$"""
            {
                await {{reject}}.ConfigureAwait(false);
                return;
            }

            """);
    }

    private void EmitBody(ParameterModel parameter, string local) => _writer.Line(
        $$"""
        Wm::BodyValue<{{parameter.TypeName}}> {{local}} = await Wm::Bind.JsonAsync(
            exchange, {{JsonField(parameter.TypeName)}}, isRequired: {{(parameter.IsOptional ? "false" : "true")}})
            .ConfigureAwait(false);
        if (!{{local}}.HasValue)
            return;

        """);

    private void EmitCall()
    {
        HandlerModel handler = _thunk.Handler;
        IEnumerable<string> arguments = handler.Parameters
            .Select((parameter, index) => ArgumentOf(parameter, _locals[index]));
        string call = $"{SourceText.Qualified(handler.QualifiedTypeName)}.{SourceText.Identifier(handler.MethodName)}" +
            $"({string.Join(", ", arguments)})";
        new ResultEmitter(_writer, handler.Result, _isAsync, JsonField).Emit(call);
    }

    private string JsonField(string type)
    {
        JsonTypeModel model = _class.JsonTypes.First(candidate => candidate.Type == type);
        return _class.JsonClass + "." + SourceText.Identifier(model.Field);
    }

    private static string ArgumentOf(ParameterModel parameter, string local) => parameter.Source switch
    {
        ParameterSource.Exchange => "exchange",
        ParameterSource.Request => "exchange.Request",
        ParameterSource.Response => "exchange.Response",
        ParameterSource.CancellationToken => "exchange.RequestAborted",
        ParameterSource.Body => local + ".Value!",
        _ => local,
    };

    /// <summary>What a missing value becomes. The literal needs no cast: the type of the out local picks the
    /// overload.</summary>
    private static string FallbackOf(ParameterModel parameter)
    {
        if (parameter.IsNullable)
            return parameter.Default is null or "default" ? "null" : parameter.Default;
        return parameter.Default ?? (parameter.Type == ValueKind.String ? "\"\"" : "default");
    }

    private static string LocalTypeOf(ParameterModel parameter)
    {
        bool isNullable = parameter.IsOptional && (parameter.IsNullable || parameter.Type == ValueKind.String);
        return isNullable ? parameter.TypeName + "?" : parameter.TypeName;
    }

    private static string ShownTypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Int32 => "int",
        ValueKind.Int64 => "long",
        ValueKind.Guid => "Guid",
        _ => "string",
    };
}
