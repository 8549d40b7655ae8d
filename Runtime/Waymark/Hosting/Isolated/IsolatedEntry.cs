namespace Waymark;

/// <summary>A server that this program can run in a process of its own.</summary>
/// <remarks>Parent and child make the same entries, since the child finds its own by the name.</remarks>
/// <param name="name">Unlike those of the program's other entries.</param>
/// <param name="create">
/// Makes the server, in the child only; it gets the arguments of <see cref="IsolatedServer.StartAsync"/>.
/// </param>
public sealed class IsolatedEntry(string name, Func<string[], NetworkServer> create)
{
    /// <summary>What parent and child call it.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    internal Func<string[], NetworkServer> Create { get; } = create ?? throw new ArgumentNullException(nameof(create));

    internal string Key => $"the entry '{Name}'";
}
