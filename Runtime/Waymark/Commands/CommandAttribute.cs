using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>Names the lines that reach a method of a <see cref="CommandHandler{TOut, TState}"/>.</summary>
/// <remarks>
/// A template is words with blanks between them. The first one is a literal; each further one is a literal or one
/// capture, in the language of routes:
/// <code>
/// NOOP                              a literal: ASCII letters in either case
/// USER :name                        one word
/// SET :key :value EX :seconds&lt;int&gt;  a word that has to be an int, else another template is looked for
/// LIST :path?                       a word that may be missing; last only
/// STOR *path                        the rest of the line, at least one word; last only
/// HELP *topic?                      the rest of the line, which may be empty; last only
/// </code>
/// Literals are tried before captures with constraints, these before those without, the rest last. A line that a
/// constraint refuses is offered to the next template; one whose word does not parse as the parameter's type is
/// answered by <c>Reject</c>. What is wrong with a template or a method is reported by the analyzers (WM7001 and
/// following).
/// </remarks>
/// <param name="template">The template.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class CommandAttribute([StringSyntax("WaymarkCommand")] string template) : Attribute
{
    /// <summary>The template.</summary>
    public string Template { get; } = template;
}
