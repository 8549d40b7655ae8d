using Waymark.TestSupport;

namespace Waymark.Wire.Tests;

/// <summary>Samples/Todo as the build made it. `Waymark.Aot.Tests` runs the same tests on the native binary.</summary>
public sealed class BuiltTodo : RunningTodo
{
    internal override string[] Command
    {
        get
        {
            // The same configuration as this test: .../bin/Waymark.Wire.Tests/debug -> .../bin/Todo/debug
            string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
            string todo = Path.Combine(own, "..", "..", "Todo", Path.GetFileName(own), "Todo.dll");
            return ["dotnet", Path.GetFullPath(todo)];
        }
    }
}

public sealed class BuiltTodoItemTests(BuiltTodo todo) : TodoItemTests<BuiltTodo>(todo);

public sealed class BuiltTodoFileTests(BuiltTodo todo) : TodoFileTests<BuiltTodo>(todo);

public sealed class BuiltTodoBackendTests(BuiltTodo todo) : TodoBackendTests<BuiltTodo>(todo);

public sealed class BuiltTodoServerTests(BuiltTodo todo) : TodoServerTests<BuiltTodo>(todo);
