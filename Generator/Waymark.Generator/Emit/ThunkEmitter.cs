using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>
/// Prints one thunk: bind, call, write. Only a handler with a body or a socket becomes an async method.
/// </summary>
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
    private readonly ThunkData _data;
    private readonly BindingEmitter _binding;

    public ThunkEmitter(SourceWriter writer, HandlerClassModel handlerClass, ThunkModel thunk)
    {
        _writer = writer;
        _class = handlerClass;
        _thunk = thunk;
        _isAsync = thunk.Handler.Socket is not null || thunk.Handler.Leaves.Any(IsAwaited);
        _data = new ThunkData(thunk.DataClass, thunk.Handler);
        _binding = new BindingEmitter(writer, thunk.Handler, _isAsync, _data, JsonOf, FieldOf);
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
        _binding.EmitLocals();
        EmitCall();
        _writer.Close();
        _data.Emit(_writer);
    }

    private void EmitCall()
    {
        HandlerModel handler = _thunk.Handler;
        IEnumerable<string> arguments = handler.Parameters.Select(_binding.ArgumentOf);
        string call = $"{SourceText.Qualified(handler.QualifiedTypeName)}.{SourceText.Identifier(handler.MethodName)}" +
            $"({string.Join(", ", arguments)})";
        if (handler.Socket is { } socket)
            EmitSocket(handler, socket, call);
        else
            new ResultEmitter(_writer, handler.Result, _isAsync, type => FieldOf(JsonOf(type))).Emit(call);
    }

    /// <summary>Opens the socket when everything else is known to be right; a refusal has been written.</summary>
    private void EmitSocket(HandlerModel handler, WebSocketModel socket, string call)
    {
        ParameterModel parameter =
            handler.Parameters.First(parameter => parameter.Source == ParameterSource.WebSocket);
        string options = socket.Options.Count > 0 ? ", " + _data.Socket : "";
        _writer.Line(
            $$"""
            if (await global::Waymark.WebSockets.AcceptAsync(exchange{{options}}).ConfigureAwait(false)
                is not { } {{_binding.ArgumentOf(parameter)}})
            {
                return;
            }

            await {{call}}.ConfigureAwait(false);
            """);
    }

    private JsonTypeModel JsonOf(string type) => _class.JsonTypes.First(candidate => candidate.Type == type);

    private string FieldOf(JsonTypeModel type) => _class.JsonClass + "." + SourceText.Identifier(type.Field);

    /// <summary>True for a value that has to be received before the handler can be called.</summary>
    private static bool IsAwaited(ParameterModel leaf) => leaf.Source is ParameterSource.Form or ParameterSource.File
        || leaf.Body is BodyKind.Json or BodyKind.Text or BodyKind.Bytes or BodyKind.Memory or BodyKind.Sequence;
}
