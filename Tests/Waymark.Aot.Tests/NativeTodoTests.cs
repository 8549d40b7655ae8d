using Waymark.TestSupport;

namespace Waymark.Aot.Tests;

/// <summary>A whole service as a native binary. The tests that run on it are those of the build: Shared/Todo.</summary>
public sealed class NativeTodoTests(PublishedTodo todo)
{
    // 5.95 MB when this was written, and 4 % to either side: less lacks something, more pulled something in.
    private const long SizeBytesMin = 5_710_000;
    private const long SizeBytesMax = 6_190_000;

    [Fact]
    public void It_publishes_without_a_trimming_or_AOT_warning() => todo.AssertCleanNative();

    [Fact]
    public void Its_size_is_in_the_window() =>
        Assert.InRange(new FileInfo(todo.BinaryPath).Length, SizeBytesMin, SizeBytesMax);
}

public sealed class NativeTodoItemTests(NativeTodo todo) : TodoItemTests<NativeTodo>(todo);

public sealed class NativeTodoFileTests(NativeTodo todo) : TodoFileTests<NativeTodo>(todo);

public sealed class NativeTodoBackendTests(NativeTodo todo) : TodoBackendTests<NativeTodo>(todo);

public sealed class NativeTodoServerTests(NativeTodo todo) : TodoServerTests<NativeTodo>(todo);
