namespace Waymark;

/// <summary>A command of a handler, for a HELP.</summary>
/// <param name="template">The template, one space between its words.</param>
/// <param name="method">The name of the method that answers it.</param>
public sealed class CommandInfo(string template, string method)
{
    /// <summary>The template, one space between its words: <c>SET :key :value EX :seconds&lt;int&gt;</c>.</summary>
    public string Template { get; } = template;

    /// <summary>The name of the method that answers it.</summary>
    public string Method { get; } = method;

    /// <summary>The template.</summary>
    public override string ToString() => Template;
}
