using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Waymark.OpenApi;

/// <summary>The documentation page: the files of the folder Page, embedded in the assembly.</summary>
/// <remarks>
/// The page loads nothing but its own files and the document, sends requests to its own origin only, and puts every
/// text of the document through the DOM as text; the policy holds browsers to that.
/// </remarks>
internal static class DocsPage
{
    private const string DocumentPlaceholder = "{{openapi}}";

    private static readonly (string Name, string MediaType)[] Files =
    [
        ("docs.css", "text/css; charset=utf-8"),
        ("docs.js", "text/javascript; charset=utf-8"),
        ("dom.js", "text/javascript; charset=utf-8"),
        ("schema.js", "text/javascript; charset=utf-8"),
        ("send.js", "text/javascript; charset=utf-8"),
    ];

    private static ReadOnlySpan<byte> SecurityPolicy =>
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"u8;

    /// <summary>Makes the answers of a page.</summary>
    /// <param name="path">Where it is mapped, without a slash at the end; empty for the root.</param>
    /// <param name="documentPath">The path of the OpenAPI document.</param>
    public static IEnumerable<FixedAnswer> At(string path, string documentPath)
    {
        // Relative, as everything the page refers to: it works behind a proxy that adds a prefix.
        if (path.Length > 0)
            yield return new FixedAnswer(path, string.Concat(path.AsSpan(path.LastIndexOf('/') + 1), "/"));

        string index = Encoding.UTF8.GetString(Read("index.html"))
            .Replace(DocumentPlaceholder, RelativePath(path + "/", documentPath), StringComparison.Ordinal);
        yield return new FixedAnswer(
            path + "/", "text/html; charset=utf-8"u8, Encoding.UTF8.GetBytes(index), SecurityPolicy);
        foreach ((string name, string mediaType) in Files)
        {
            yield return new FixedAnswer(
                $"{path}/{name}", Encoding.ASCII.GetBytes(mediaType), Read(name), SecurityPolicy);
        }
    }

    /// <summary>The reference that leads from one path to another: RFC 3986 section 4.2.</summary>
    /// <param name="from">A path that ends with a slash.</param>
    /// <param name="to">A path.</param>
    internal static string RelativePath(string from, string to)
    {
        int shared = 0;
        for (int index = 0; index < Math.Min(from.Length, to.Length) && from[index] == to[index]; index++)
        {
            if (from[index] == '/')
                shared = index + 1;
        }

        int levels = from.AsSpan(shared).Count('/');
        return string.Concat(string.Concat(Enumerable.Repeat("../", levels)), to.AsSpan(shared));
    }

    private static byte[] Read(string name)
    {
        Assembly assembly = typeof(DocsPage).Assembly;
        using Stream? stream = assembly.GetManifestResourceStream($"Waymark.OpenApi.Page.{name}");
        Debug.Assert(stream is not null);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
