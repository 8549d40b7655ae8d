using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>The commands of a class whose base has commands too.</summary>
/// <remarks>Called by generated code; not meant for direct use.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CommandLists
{
    /// <summary>Joins two lists, sorted by template.</summary>
    /// <param name="inherited">The commands of the base.</param>
    /// <param name="own">The commands of the class.</param>
    public static IReadOnlyList<CommandInfo> Join(IReadOnlyList<CommandInfo> inherited, CommandInfo[] own)
    {
        CommandInfo[] all = [.. inherited, .. own];
        Array.Sort(all, static (left, right) => string.CompareOrdinal(left.Template, right.Template));
        return all;
    }
}
