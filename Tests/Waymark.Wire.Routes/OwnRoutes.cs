namespace Waymark.Wire.Routes;

/// <summary>Types with parsers of their own, and enums, from each source.</summary>
/// <remarks>For each type: path, query, header, cookie, and what may be missing.</remarks>
internal static class OwnRoutes
{
    [Get("/color/path/:v")] internal static string ColorPath(Color v) => Shown.Of(v);
    [Get("/color/query")] internal static string ColorQuery(Color v) => Shown.Of(v);
    [Get("/color/header")] internal static string ColorHeader([Header] Color v) => Shown.Of(v);
    [Get("/color/cookie")] internal static string ColorCookie([Cookie] Color v) => Shown.Of(v);

    [Get("/color/maybe/:v?")]
    internal static string ColorMaybe(Color? v, [Query] Color? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/access/path/:v")] internal static string AccessPath(Access v) => Shown.Of(v);
    [Get("/access/query")] internal static string AccessQuery(Access v) => Shown.Of(v);
    [Get("/access/header")] internal static string AccessHeader([Header] Access v) => Shown.Of(v);
    [Get("/access/cookie")] internal static string AccessCookie([Cookie] Access v) => Shown.Of(v);

    [Get("/access/maybe/:v?")]
    internal static string AccessMaybe(Access? v, [Query] Access? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/tiny/path/:v")] internal static string TinyPath(Tiny v) => Shown.Of(v);
    [Get("/tiny/query")] internal static string TinyQuery(Tiny v) => Shown.Of(v);
    [Get("/tiny/header")] internal static string TinyHeader([Header] Tiny v) => Shown.Of(v);
    [Get("/tiny/cookie")] internal static string TinyCookie([Cookie] Tiny v) => Shown.Of(v);

    [Get("/tiny/maybe/:v?")]
    internal static string TinyMaybe(Tiny? v, [Query] Tiny? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/huge/path/:v")] internal static string HugePath(Huge v) => Shown.Of(v);
    [Get("/huge/query")] internal static string HugeQuery(Huge v) => Shown.Of(v);
    [Get("/huge/header")] internal static string HugeHeader([Header] Huge v) => Shown.Of(v);
    [Get("/huge/cookie")] internal static string HugeCookie([Cookie] Huge v) => Shown.Of(v);

    [Get("/huge/maybe/:v?")]
    internal static string HugeMaybe(Huge? v, [Query] Huge? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/case/path/:v")] internal static string CasePath(Letters v) => Shown.Of(v);
    [Get("/case/query")] internal static string CaseQuery(Letters v) => Shown.Of(v);
    [Get("/case/header")] internal static string CaseHeader([Header] Letters v) => Shown.Of(v);
    [Get("/case/cookie")] internal static string CaseCookie([Cookie] Letters v) => Shown.Of(v);

    [Get("/case/maybe/:v?")]
    internal static string CaseMaybe(Letters? v, [Query] Letters? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/utf8/path/:v")] internal static string Utf8Path(Utf8Id v) => Shown.Of(v);
    [Get("/utf8/query")] internal static string Utf8Query(Utf8Id v) => Shown.Of(v);
    [Get("/utf8/header")] internal static string Utf8Header([Header] Utf8Id v) => Shown.Of(v);
    [Get("/utf8/cookie")] internal static string Utf8Cookie([Cookie] Utf8Id v) => Shown.Of(v);

    [Get("/utf8/maybe/:v?")]
    internal static string Utf8Maybe(Utf8Id? v, [Query] Utf8Id? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/chars/path/:v")] internal static string CharsPath(CharsId v) => Shown.Of(v);
    [Get("/chars/query")] internal static string CharsQuery(CharsId v) => Shown.Of(v);
    [Get("/chars/header")] internal static string CharsHeader([Header] CharsId v) => Shown.Of(v);
    [Get("/chars/cookie")] internal static string CharsCookie([Cookie] CharsId v) => Shown.Of(v);

    [Get("/chars/maybe/:v?")]
    internal static string CharsMaybe(CharsId? v, [Query] CharsId? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/text/path/:v")] internal static string TextPath(TextId v) => Shown.Of(v);
    [Get("/text/query")] internal static string TextQuery(TextId v) => Shown.Of(v);
    [Get("/text/header")] internal static string TextHeader([Header] TextId v) => Shown.Of(v);
    [Get("/text/cookie")] internal static string TextCookie([Cookie] TextId v) => Shown.Of(v);

    [Get("/text/maybe/:v?")]
    internal static string TextMaybe(TextId? v, [Query] TextId? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/tryutf8/path/:v")] internal static string Tryutf8Path(TryUtf8 v) => Shown.Of(v);
    [Get("/tryutf8/query")] internal static string Tryutf8Query(TryUtf8 v) => Shown.Of(v);
    [Get("/tryutf8/header")] internal static string Tryutf8Header([Header] TryUtf8 v) => Shown.Of(v);
    [Get("/tryutf8/cookie")] internal static string Tryutf8Cookie([Cookie] TryUtf8 v) => Shown.Of(v);

    [Get("/tryutf8/maybe/:v?")]
    internal static string Tryutf8Maybe(TryUtf8? v, [Query] TryUtf8? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/tryinvariant/path/:v")] internal static string TryinvariantPath(TryInvariant v) => Shown.Of(v);
    [Get("/tryinvariant/query")] internal static string TryinvariantQuery(TryInvariant v) => Shown.Of(v);
    [Get("/tryinvariant/header")] internal static string TryinvariantHeader([Header] TryInvariant v) => Shown.Of(v);
    [Get("/tryinvariant/cookie")] internal static string TryinvariantCookie([Cookie] TryInvariant v) => Shown.Of(v);

    [Get("/tryinvariant/maybe/:v?")]
    internal static string TryinvariantMaybe(TryInvariant? v, [Query] TryInvariant? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/trytext/path/:v")] internal static string TrytextPath(TryText v) => Shown.Of(v);
    [Get("/trytext/query")] internal static string TrytextQuery(TryText v) => Shown.Of(v);
    [Get("/trytext/header")] internal static string TrytextHeader([Header] TryText v) => Shown.Of(v);
    [Get("/trytext/cookie")] internal static string TrytextCookie([Cookie] TryText v) => Shown.Of(v);

    [Get("/trytext/maybe/:v?")]
    internal static string TrytextMaybe(TryText? v, [Query] TryText? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/generic/path/:v")] internal static string GenericPath(Tagged<Color> v) => Shown.Of(v);
    [Get("/generic/query")] internal static string GenericQuery(Tagged<Color> v) => Shown.Of(v);
    [Get("/generic/header")] internal static string GenericHeader([Header] Tagged<Color> v) => Shown.Of(v);
    [Get("/generic/cookie")] internal static string GenericCookie([Cookie] Tagged<Color> v) => Shown.Of(v);

    [Get("/generic/maybe/:v?")]
    internal static string GenericMaybe(Tagged<Color>? v, [Query] Tagged<Color>? q) =>
        Shown.Of(v) + Shown.Of(q);
}
