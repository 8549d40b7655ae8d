namespace Waymark.Generator.Model;

/// <summary>
/// Why a route cannot be emitted: reported by an analyzer at its place, or by the generator as an #error.
/// </summary>
/// <param name="Id">The diagnostic, such as <c>WM1002</c>.</param>
/// <param name="Start">
/// Offset of the place in the whole template, group prefixes included; -1 where it is not there.
/// </param>
/// <param name="Length">Length of the place in the template; at least 0.</param>
/// <param name="Parameter">The handler parameter that is the place; null where it is not one.</param>
/// <param name="Message">The finished sentence: what, the rule, the way out.</param>
internal sealed record Problem(string Id, int Start, int Length, string? Parameter, string Message)
{
    public static Problem InTemplate(string id, int start, int length, string message) =>
        new(id, start, length, null, message);

    public static Problem AtParameter(string id, string parameter, string message) =>
        new(id, -1, 0, parameter, message);

    public static Problem AtMethod(string id, string message) => new(id, -1, 0, null, message);
}
