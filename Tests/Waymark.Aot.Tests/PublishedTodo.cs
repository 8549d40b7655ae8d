using Waymark.Aot.Tests;
using Waymark.TestSupport;

[assembly: AssemblyFixture(typeof(PublishedTodo))]

namespace Waymark.Aot.Tests;

/// <summary>Samples/Todo as a native binary.</summary>
public sealed class PublishedTodo() : PublishedSample("Samples/Todo");

/// <summary>The native binary, running.</summary>
public sealed class NativeTodo(PublishedTodo published) : RunningTodo
{
    internal override string[] Command => [published.BinaryPath];
}
