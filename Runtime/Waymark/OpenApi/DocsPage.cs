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

    private static ReadOnlySpan<byte> SecurityPolicy =>
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"u8;

    /// <summary>Makes the answers of a page.</summary>
    /// <param name="path">Where it is mapped, without a slash at the end; empty for the root.</param>
    /// <param name="documentPath">The path of the OpenAPI document.</param>
    public static List<FixedAnswer> At(string path, string documentPath)
    {
        string index = Encoding.UTF8.GetString(PageFiles.index_html)
            .Replace(DocumentPlaceholder, RelativePath(path + "/", documentPath), StringComparison.Ordinal);
        List<FixedAnswer> answers =
        [
            Answer("", "text/html; charset=utf-8"u8, Encoding.UTF8.GetBytes(index)),
            Answer("docs.css", "text/css; charset=utf-8"u8, PageFiles.docs_css),
            Answer("docs.js", "text/javascript; charset=utf-8"u8, PageFiles.docs_js),
            Answer("dom.js", "text/javascript; charset=utf-8"u8, PageFiles.dom_js),
            Answer("schema.js", "text/javascript; charset=utf-8"u8, PageFiles.schema_js),
            Answer("send.js", "text/javascript; charset=utf-8"u8, PageFiles.send_js),
        ];
        // Relative, as everything the page refers to: it works behind a proxy that adds a prefix.
        if (path.Length > 0)
            answers.Add(new FixedAnswer(path, string.Concat(path.AsSpan(path.LastIndexOf('/') + 1), "/")));
        return answers;

        FixedAnswer Answer(string name, ReadOnlySpan<byte> mediaType, ReadOnlySpan<byte> body) =>
            new($"{path}/{name}", mediaType, body.ToArray(), SecurityPolicy);
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
        var reference = new StringBuilder();
        reference.Insert(0, "../", levels);
        return reference.Append(to.AsSpan(shared)).ToString();
    }
}
