namespace Waymark;

/// <summary>The common part of the route attributes: which requests reach the static method below it.</summary>
/// <remarks>
/// The template language is described at <see cref="GetAttribute"/>; a template that is wrong is reported by the
/// analyzers (WM1001 and following) at its place in the string.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class VerbAttribute : Attribute
{
    private protected VerbAttribute(string method, string template)
    {
        Method = method;
        Template = template;
    }

    /// <summary>The request method, such as <c>GET</c> (RFC 9110 section 9), or <c>*</c> for every method.</summary>
    public string Method { get; }

    /// <summary>The template, without the prefix of an enclosing <see cref="GroupAttribute"/>.</summary>
    public string Template { get; }

    /// <summary>A name for links to the route, unique in the table (WM4001); null, the default, for none.</summary>
    /// <remarks>Where one table is mounted at two prefixes, its names mean the first of them in ordinal
    /// order.</remarks>
    public string? Name { get; set; }

    /// <summary>
    /// Decides between routes of which neither is more specific: the higher one is tried first. Default 0.
    /// </summary>
    /// <remarks>
    /// Two such routes without different ranks are an error (WM1010). A rank never outweighs specificity: a literal
    /// goes before a parameter whatever their ranks. It is compared at the segment in which two templates part, and
    /// there stands for the highest rank of all routes that share the template so far.
    /// </remarks>
    public int Rank { get; set; }
}
