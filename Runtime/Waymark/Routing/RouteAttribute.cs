namespace Waymark;

/// <summary>The common part of the verb attributes: which requests reach the static method below it.</summary>
/// <remarks>
/// The template language is described at <see cref="GetAttribute"/>; a template that is wrong is reported by the
/// analyzers (WM1001 and following) at its place in the string.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class RouteAttribute : Attribute
{
    private protected RouteAttribute(string method, string template)
    {
        Method = method;
        Template = template;
    }

    /// <summary>The request method, upper case: <c>GET</c>, <c>POST</c> … (RFC 9110 section 9).</summary>
    public string Method { get; }

    /// <summary>The template, without the prefix of an enclosing <see cref="GroupAttribute"/>.</summary>
    public string Template { get; }
}
