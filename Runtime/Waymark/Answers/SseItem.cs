namespace Waymark;

/// <summary>One server-sent event: WHATWG HTML section 9.2.</summary>
/// <typeparam name="T">
/// The type of its data: a string is sent as it is, line by line; anything else as JSON in one line.
/// </typeparam>
/// <remarks>
/// A handler that returns <c>IAsyncEnumerable&lt;SseItem&lt;T&gt;&gt;</c> answers <c>text/event-stream</c>. Nothing in
/// an item can begin a line of its own: texts are split at their line breaks, type and id may hold none. An immutable
/// value.
/// </remarks>
public readonly struct SseItem<T>
{
    /// <summary>Makes an event.</summary>
    /// <param name="data">What it says; a null string sends no data, and the client dispatches nothing.</param>
    /// <param name="eventType">Its type; null (the default) for <c>message</c>.</param>
    /// <param name="id">What the client sends as Last-Event-ID when it connects anew; null (the default): none.</param>
    /// <param name="retry">
    /// How long the client waits before it connects anew, sent in milliseconds; null (the default) for its own choice.
    /// </param>
    /// <exception cref="ArgumentException">Type or id holds CR, LF or, in the id, NUL.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public SseItem(T data, string? eventType = null, string? id = null, TimeSpan? retry = null)
    {
        if (eventType.AsSpan().ContainsAny('\r', '\n'))
            throw new ArgumentException("A line break in the type would end it: remove it.", nameof(eventType));
        if (id.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException(
                "A line break in the id would end it, and clients ignore an id with NUL: remove it.", nameof(id));
        }

        if (retry is { } time)
            ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(retry));
        Data = data;
        EventType = eventType;
        Id = id;
        Retry = retry;
    }

    /// <summary>What it says.</summary>
    public T Data { get; }

    /// <summary>Its type; null for <c>message</c>.</summary>
    public string? EventType { get; }

    /// <summary>What the client sends as Last-Event-ID when it connects anew; null for none.</summary>
    public string? Id { get; }

    /// <summary>How long the client waits before it connects anew; null for its own choice.</summary>
    public TimeSpan? Retry { get; }

    /// <summary>A comment before it, which clients skip; null (the default) for none.</summary>
    public string? Comment { get; init; }

    /// <summary>True where there is nothing but the comment.</summary>
    internal bool IsCommentOnly { get; init; }
}

/// <summary>Makes items that are no events.</summary>
public static class SseItem
{
    /// <summary>A comment alone: clients skip it, people who look at the stream see it.</summary>
    /// <param name="text">What it says; each line becomes a comment of its own.</param>
    /// <typeparam name="T">The type of the stream's data.</typeparam>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static SseItem<T> Comment<T>(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SseItem<T> { Comment = text, IsCommentOnly = true };
    }
}
