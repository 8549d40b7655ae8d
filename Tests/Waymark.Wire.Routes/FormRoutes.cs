using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Waymark.Wire.Routes;

/// <summary>Forms with lists, records and files, for <c>FormRouteTests</c>.</summary>
[Group("/forms")]
internal static class FormRoutes
{
    [Post("/list")]
    internal static string List([Form] int[] v, [Form] List<string>? w = null) => Shown.Of(v) + Shown.Of(w);

    [Post("/spans")]
    internal static string Spans([Form] ReadOnlySpan<byte> v, [Form("w")] ReadOnlySpan<char> other = default) =>
        $"{Encoding.UTF8.GetString(v)}|{other}";

    [Post("/record")]
    internal static string Record([Form] Entry entry, [Query] int page = 1) => $"{entry} {page}";

    [Post("/file")]
    internal static async Task<string> File([File] FormFile doc, [Form] string title, [Form] int count = 7) =>
        $"{title} {count} {await ShowAsync(doc)}";

    [Post("/maybe-file")]
    internal static async Task<string> MaybeFile([File] FormFile? doc, [Form] string? title) =>
        $"{title ?? "null"} {await ShowAsync(doc)}";

    [Post("/two-files")]
    internal static async Task<string> TwoFiles([File("a")] FormFile first, [File("b")] FormFile second) =>
        $"{await ShowAsync(first)} {await ShowAsync(second)}";

    [Post("/files")]
    internal static async Task<string> Files([File] FormFile[] doc, [Form] string title)
    {
        var shown = new StringBuilder(title);
        foreach (FormFile file in doc)
            shown.Append(' ').Append(await ShowAsync(file));
        return shown.ToString();
    }

    [Post("/rules"), BodyLimit(200)]
    internal static string Rules(
        [Range(1, 9)] int page,
        [Header("X-Code"), StringLength(4, MinimumLength = 2)] string code,
        [Form, StringLength(3)] string title,
        [Form, EmailAddress] string? mail = null) => $"{page} {code} {title} {mail}";

    private static async Task<string> ShowAsync(FormFile? file)
    {
        if (file is null)
            return "null";
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        string place = file.Length is { } length ? $"kept {length}" : "streamed";
        return $"[{file.Name}:{file.FileName} {place} {Encoding.UTF8.GetString(content.ToArray())}]";
    }
}

/// <summary>All of it from a form.</summary>
internal sealed record Entry(string Title, DayOfWeek Day = DayOfWeek.Monday)
{
    [Form("tag")]
    public string[] Tags { get; init; } = [];

    public int? Stars { get; init; }

    public override string ToString() => $"{Title} {Day} {Shown.Of(Tags)} {Shown.Of(Stars)}";
}
