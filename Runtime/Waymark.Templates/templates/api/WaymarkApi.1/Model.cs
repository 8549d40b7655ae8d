using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaymarkApi._1;

/// <summary>A note.</summary>
/// <param name="Id">Counts from 1.</param>
/// <param name="Text">What it says.</param>
internal sealed record Note(int Id, string Text);

/// <summary>What a client says of a new note. Anything else is answered 400.</summary>
/// <param name="Text">1 to 200 characters.</param>
internal sealed record NewNote([property: Required, StringLength(200, MinimumLength = 1)] string Text);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Note[]))]
[JsonSerializable(typeof(NewNote))]
internal sealed partial class NoteJson : JsonSerializerContext;
