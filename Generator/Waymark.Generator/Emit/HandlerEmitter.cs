using Waymark.Generator.Model;

namespace Waymark.Generator.Emit;

/// <summary>Prints one file for a handler class: its JSON metadata and a thunk for each handler.</summary>
internal static class HandlerEmitter
{
    public static string Emit(HandlerClassModel model)
    {
        var writer = new SourceWriter();
        writer.Line(SourceText.FileHeader);
        SourceText.OpenNamespace(writer, model.Namespace);
        writer.Open("partial class Routes");
        bool isFirst = true;
        foreach (ThunkModel thunk in model.Thunks)
        {
            if (!isFirst)
                writer.Line();
            isFirst = false;
            new ThunkEmitter(writer, model, thunk).Emit();
        }

        if (model.JsonTypes.Count > 0)
            EmitJsonTypes(writer, model);
        writer.Close();
        return writer.ToString();
    }

    private static void EmitJsonTypes(SourceWriter writer, HandlerClassModel model)
    {
        // A class of its own, so that metadata is built with the first request that needs it and not at start.
        writer.Line();
        writer.Open($"private static class {model.JsonClass}");
        foreach (JsonTypeModel type in model.JsonTypes)
        {
            string info = $"global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<{type.Type}>";
            writer.Line(
                $"""
                internal static readonly {info} {SourceText.Identifier(type.Field)} =
                    ({info}){type.Context}.Default.GetTypeInfo(typeof({type.Type}))!;
                """);
        }

        writer.Close();
    }
}
