using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Prints the end of a thunk: the call of the handler and the writing of what it returns.</summary>
internal static class ResultEmitter
{
    /// <param name="writer">Takes the lines.</param>
    /// <param name="result">What the handler returns.</param>
    /// <param name="call">The call, an expression.</param>
    /// <param name="isAsync">True inside an async thunk; else the task is returned.</param>
    /// <param name="jsonField">The expression for the metadata of a qualified type.</param>
    public static void Emit(
        SourceWriter writer, ResultModel result, string call, bool isAsync, Func<string, string> jsonField)
    {
        bool isVoid = result is { Kind: ResultKind.Nothing, Wrapper: ResultWrapper.None };
        if (isVoid)
            writer.Line(call + ";");

        string written = result.Kind switch
        {
            ResultKind.Nothing when isVoid => "Nothing(exchange)",
            ResultKind.Nothing => $"Nothing(exchange, {call})",
            ResultKind.Text => $"Text(exchange, {call})",
            ResultKind.Bytes => $"Bytes(exchange, {call})",
            _ => $"{(result.IsNullableStruct ? "JsonOrNotFound" : "Json")}<{result.JsonType}>" +
                $"(exchange, {call}, {jsonField(result.JsonType)})",
        };
        writer.Line(isAsync
            ? $"await Wm::ResultWriter.{written}.ConfigureAwait(false);"
            : $"return Wm::ResultWriter.{written};");
    }
}
