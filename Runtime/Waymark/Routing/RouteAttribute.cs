using System.Diagnostics.CodeAnalysis;

namespace Waymark;

/// <summary>
/// Answers any request method on a template: one that has no attribute of its own, or with <c>*</c> every method.
/// </summary>
/// <remarks>
/// <c>*</c> stands behind an explicit method of the same template (and behind HEAD where a GET route serves it), takes
/// tokens that nobody knows, and does not take TRACE, which is served only where a route names it (RFC 9110 section
/// 9.3.8). A token is case-sensitive and has 1 to 32 characters (RFC 9110 section 9.1); CONNECT has no path and cannot
/// be routed (WM1021).
/// </remarks>
/// <example><code>[Route("PROPFIND", "/files/*path")] internal static string List(string path) => …;</code></example>
/// <param name="method">The method token, such as <c>PROPFIND</c>, or <c>*</c>.</param>
/// <param name="template">The template, in the language of <see cref="GetAttribute"/>.</param>
public sealed class RouteAttribute(string method, [StringSyntax("WaymarkRoute")] string template)
    : VerbAttribute(method, template);
