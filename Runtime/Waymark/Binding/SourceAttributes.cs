namespace Waymark;

/// <summary>Says that a parameter is a capture of the template, which then has to hold it (WM2002).</summary>
/// <param name="name">The name in the template; null, the default, for the parameter's own.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class PathAttribute(string? name = null) : Attribute
{
    /// <summary>The name in the template; null for the parameter's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>
/// Says that a parameter comes from the query. A single value is the first one of its key; an array or list takes all.
/// </summary>
/// <remarks>
/// A value that is there and empty (<c>?page=</c>, as pages send an input that was left empty) counts as missing where
/// the parameter is nullable or has a default, and is no string. On a class or struct that text is not parsed into, the
/// attribute says so for each of its members.
/// </remarks>
/// <param name="name">The key, decoded; null, the default, for the parameter's own name.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class QueryAttribute(string? name = null) : Attribute
{
    /// <summary>The key; null for the parameter's own name.</summary>
    public string? Name { get; } = name;
}

/// <summary>
/// Says that a parameter comes from a header field: RFC 9110 section 5. An array or list takes every line, and the
/// members of comma-separated lists.
/// </summary>
/// <param name="name">
/// The field name, in any case; null, the default, for the parameter's own with a hyphen before each later word:
/// <c>userAgent</c> is <c>user-agent</c>.
/// </param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class HeaderAttribute(string? name = null) : Attribute
{
    /// <summary>The field name; null for the one made of the parameter's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>Says that a parameter comes from a cookie: RFC 6265 section 4.2. Its value is taken as it came.</summary>
/// <param name="name">The cookie's name; null, the default, for the parameter's own.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class CookieAttribute(string? name = null) : Attribute
{
    /// <summary>The cookie's name; null for the parameter's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>
/// Says that a parameter is a field of a form, <c>application/x-www-form-urlencoded</c> or <c>multipart/form-data</c>.
/// </summary>
/// <remarks>
/// Pages send inputs that were left empty: unless the parameter is a string, an empty value counts as missing (null,
/// the default, no item of a list, or 400 that says so). On a class or struct that text is not parsed into, the
/// attribute says so for each of its members.
/// </remarks>
/// <param name="name">The field's name; null, the default, for the parameter's own.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FormAttribute(string? name = null) : Attribute
{
    /// <summary>The field's name; null for the parameter's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>Says that a parameter is a file of a <c>multipart/form-data</c> form: RFC 7578.</summary>
/// <param name="name">The field's name; null, the default, for the parameter's own.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class FileAttribute(string? name = null) : Attribute
{
    /// <summary>The field's name; null for the parameter's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>
/// Says that a parameter is the request body: JSON, or as it came for <c>string</c>, <c>byte[]</c>,
/// <c>ReadOnlyMemory&lt;byte&gt;</c>, <c>ReadOnlySequence&lt;byte&gt;</c>, <c>Stream</c> and <c>PipeReader</c>.
/// </summary>
/// <remarks>
/// JSON is UTF-8 (RFC 8259 section 8.1); of several members with one name the last one counts, unless the program's
/// context says <c>AllowDuplicateProperties = false</c> (.NET 10). A missing or malformed body is told together with
/// what is wrong with the parameters.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class BodyAttribute : Attribute;

/// <summary>
/// Says that a parameter comes from <see cref="NetworkServerOptions.Services"/>. A server whose services lack it does
/// not start; a nullable one may be missing.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ServiceAttribute : Attribute;

/// <summary>
/// Says that a class or struct gathers several values of a request: each parameter of its constructor, and each
/// property that can be set, is bound like a parameter of the handler.
/// </summary>
/// <remarks>
/// <para>Stands on the type, or on a parameter. The name of a property is looked for in camel case.</para>
/// <para>
/// The type may have a method <c>static IEnumerable&lt;ValidationError&gt; Validate(T)</c>, internal or public. It is
/// called when nothing else of the request is wrong, for a member before the type around it, and at most 100 of its
/// errors are looked at. A pointer names a member (<c>"/From"</c>, or <c>"/Size/Least"</c> inside another such type, by
/// its name in C#, or by its name in the request), and the client is told where that member comes from: <c>"in"</c> and
/// <c>"name"</c>. An error with another pointer has no place.
/// </para>
/// <para>
/// A constructor or setter that throws <see cref="ArgumentException"/>, <see cref="FormatException"/> or
/// <see cref="OverflowException"/> refuses the values: 400, never with the exception's text, at the member whose name
/// is <see cref="ArgumentException.ParamName"/>. Any other exception is one of the handler: 500.
/// </para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class BindAttribute : Attribute;
