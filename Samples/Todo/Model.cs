using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Waymark;

namespace Todo;

/// <summary>Something to do.</summary>
/// <param name="Id">Counts from 1.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Priority">How soon.</param>
/// <param name="Due">The day by which it is to be done.</param>
/// <param name="IsDone">Whether it has been done.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="Repeat">When it comes back; null for never.</param>
public sealed record Item(
    int Id, string Title, Priority Priority, DateOnly? Due, bool IsDone, IReadOnlyList<string> Tags, Repeat? Repeat);

/// <summary>What a client says of a new item.</summary>
public sealed record NewItem(
    [property: Required, StringLength(80)] string Title,
    Priority Priority = Priority.Normal,
    DateOnly? Due = null,
    IReadOnlyList<string>? Tags = null,
    Repeat? Repeat = null)
{
    private const int TagsMax = 5;

    /// <summary>What no attribute can say; [MaxLength] is not for trimmed programs (IL2026).</summary>
    public static IEnumerable<ValidationError> Validate(NewItem item)
    {
        if (item.Tags is { Count: > TagsMax })
            yield return new ValidationError("/tags", $"must have at most {TagsMax} items");
        if (item.Repeat is not null && item.Due is null)
            yield return new ValidationError("/due", "An item that repeats needs a day to start from.");
    }
}

/// <summary>How soon.</summary>
public enum Priority
{
    Low,
    Normal,
    High,
}

/// <summary>When an item comes back.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "every")]
[JsonDerivedType(typeof(Days), "days")]
[JsonDerivedType(typeof(Weekday), "weekday")]
public abstract record Repeat;

/// <summary>After some days.</summary>
public sealed record Days([property: Range(1, 365)] int Count) : Repeat;

/// <summary>On a day of the week.</summary>
public sealed record Weekday(DayOfWeek Day) : Repeat;

/// <summary>Which items are listed.</summary>
/// <param name="Priority">Those as urgent as this.</param>
/// <param name="Done">Those that have been done, or have not.</param>
/// <param name="DueBy">Those with a day up to this one.</param>
/// <param name="Text">Those with this in their titles, in any case.</param>
/// <param name="Tags">Those with all of these.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="Size">Items a page.</param>
[Bind]
public sealed record ItemFilter(
    Priority? Priority,
    bool? Done,
    DateOnly? DueBy,
    [property: StringLength(40)] string? Text,
    [Query("tag")] IReadOnlyList<string> Tags,
    [property: Range(1, 10_000)] int Page = 1,
    [property: Range(1, 100)] int Size = 20);

/// <summary>One page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total, string? Next);

/// <summary>A file of an item.</summary>
public sealed record Attachment(string Name, long Bytes, string Link);

/// <summary>A change of an item.</summary>
public sealed record Change(string Kind, Item Item);

/// <summary>An entry that a page adds.</summary>
public sealed record NewTodo([property: StringLength(200, MinimumLength = 1)] string Title, int? Order = null);

/// <summary>What changes of an entry; what is left out stays.</summary>
public sealed record TodoChange(
    [property: StringLength(200, MinimumLength = 1)] string? Title = null, bool? Completed = null, int? Order = null);

/// <summary>An entry, and where it is.</summary>
public sealed record TodoEntry(string Title, bool Completed, int? Order, string Url);

[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Item))]
[JsonSerializable(typeof(NewItem))]
[JsonSerializable(typeof(Page<Item>))]
[JsonSerializable(typeof(Attachment))]
[JsonSerializable(typeof(Attachment[]))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(NewTodo))]
[JsonSerializable(typeof(TodoChange))]
[JsonSerializable(typeof(TodoEntry))]
[JsonSerializable(typeof(TodoEntry[]))]
internal sealed partial class TodoJson : JsonSerializerContext;
