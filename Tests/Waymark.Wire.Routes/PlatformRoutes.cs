using System.Net;

namespace Waymark.Wire.Routes;

/// <summary>Types of the platform from each source.</summary>
/// <remarks>For each type: path, query, header, cookie, and what may be missing.</remarks>
internal static class PlatformRoutes
{
    [Get("/bool/path/:v")] internal static string BoolPath(bool v) => Shown.Of(v);
    [Get("/bool/query")] internal static string BoolQuery(bool v) => Shown.Of(v);
    [Get("/bool/header")] internal static string BoolHeader([Header] bool v) => Shown.Of(v);
    [Get("/bool/cookie")] internal static string BoolCookie([Cookie] bool v) => Shown.Of(v);

    [Get("/bool/maybe/:v?")]
    internal static string BoolMaybe(bool? v, [Query] bool? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/char/path/:v")] internal static string CharPath(char v) => Shown.Of(v);
    [Get("/char/query")] internal static string CharQuery(char v) => Shown.Of(v);
    [Get("/char/header")] internal static string CharHeader([Header] char v) => Shown.Of(v);
    [Get("/char/cookie")] internal static string CharCookie([Cookie] char v) => Shown.Of(v);

    [Get("/char/maybe/:v?")]
    internal static string CharMaybe(char? v, [Query] char? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/string/path/:v")] internal static string StringPath(string v) => Shown.Of(v);
    [Get("/string/query")] internal static string StringQuery(string v) => Shown.Of(v);
    [Get("/string/header")] internal static string StringHeader([Header] string v) => Shown.Of(v);
    [Get("/string/cookie")] internal static string StringCookie([Cookie] string v) => Shown.Of(v);

    [Get("/string/maybe/:v?")]
    internal static string StringMaybe(string? v, [Query] string? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/guid/path/:v")] internal static string GuidPath(Guid v) => Shown.Of(v);
    [Get("/guid/query")] internal static string GuidQuery(Guid v) => Shown.Of(v);
    [Get("/guid/header")] internal static string GuidHeader([Header] Guid v) => Shown.Of(v);
    [Get("/guid/cookie")] internal static string GuidCookie([Cookie] Guid v) => Shown.Of(v);

    [Get("/guid/maybe/:v?")]
    internal static string GuidMaybe(Guid? v, [Query] Guid? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/datetime/path/:v")] internal static string DatetimePath(DateTime v) => Shown.Of(v);
    [Get("/datetime/query")] internal static string DatetimeQuery(DateTime v) => Shown.Of(v);
    [Get("/datetime/header")] internal static string DatetimeHeader([Header] DateTime v) => Shown.Of(v);
    [Get("/datetime/cookie")] internal static string DatetimeCookie([Cookie] DateTime v) => Shown.Of(v);

    [Get("/datetime/maybe/:v?")]
    internal static string DatetimeMaybe(DateTime? v, [Query] DateTime? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/offset/path/:v")] internal static string OffsetPath(DateTimeOffset v) => Shown.Of(v);
    [Get("/offset/query")] internal static string OffsetQuery(DateTimeOffset v) => Shown.Of(v);
    [Get("/offset/header")] internal static string OffsetHeader([Header] DateTimeOffset v) => Shown.Of(v);
    [Get("/offset/cookie")] internal static string OffsetCookie([Cookie] DateTimeOffset v) => Shown.Of(v);

    [Get("/offset/maybe/:v?")]
    internal static string OffsetMaybe(DateTimeOffset? v, [Query] DateTimeOffset? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/date/path/:v")] internal static string DatePath(DateOnly v) => Shown.Of(v);
    [Get("/date/query")] internal static string DateQuery(DateOnly v) => Shown.Of(v);
    [Get("/date/header")] internal static string DateHeader([Header] DateOnly v) => Shown.Of(v);
    [Get("/date/cookie")] internal static string DateCookie([Cookie] DateOnly v) => Shown.Of(v);

    [Get("/date/maybe/:v?")]
    internal static string DateMaybe(DateOnly? v, [Query] DateOnly? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/time/path/:v")] internal static string TimePath(TimeOnly v) => Shown.Of(v);
    [Get("/time/query")] internal static string TimeQuery(TimeOnly v) => Shown.Of(v);
    [Get("/time/header")] internal static string TimeHeader([Header] TimeOnly v) => Shown.Of(v);
    [Get("/time/cookie")] internal static string TimeCookie([Cookie] TimeOnly v) => Shown.Of(v);

    [Get("/time/maybe/:v?")]
    internal static string TimeMaybe(TimeOnly? v, [Query] TimeOnly? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/span/path/:v")] internal static string SpanPath(TimeSpan v) => Shown.Of(v);
    [Get("/span/query")] internal static string SpanQuery(TimeSpan v) => Shown.Of(v);
    [Get("/span/header")] internal static string SpanHeader([Header] TimeSpan v) => Shown.Of(v);
    [Get("/span/cookie")] internal static string SpanCookie([Cookie] TimeSpan v) => Shown.Of(v);

    [Get("/span/maybe/:v?")]
    internal static string SpanMaybe(TimeSpan? v, [Query] TimeSpan? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/uri/path/:v")] internal static string UriPath(Uri v) => Shown.Of(v);
    [Get("/uri/query")] internal static string UriQuery(Uri v) => Shown.Of(v);
    [Get("/uri/header")] internal static string UriHeader([Header] Uri v) => Shown.Of(v);
    [Get("/uri/cookie")] internal static string UriCookie([Cookie] Uri v) => Shown.Of(v);

    [Get("/uri/maybe/:v?")]
    internal static string UriMaybe(Uri? v, [Query] Uri? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/version/path/:v")] internal static string VersionPath(Version v) => Shown.Of(v);
    [Get("/version/query")] internal static string VersionQuery(Version v) => Shown.Of(v);
    [Get("/version/header")] internal static string VersionHeader([Header] Version v) => Shown.Of(v);
    [Get("/version/cookie")] internal static string VersionCookie([Cookie] Version v) => Shown.Of(v);

    [Get("/version/maybe/:v?")]
    internal static string VersionMaybe(Version? v, [Query] Version? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/ip/path/:v")] internal static string IpPath(IPAddress v) => Shown.Of(v);
    [Get("/ip/query")] internal static string IpQuery(IPAddress v) => Shown.Of(v);
    [Get("/ip/header")] internal static string IpHeader([Header] IPAddress v) => Shown.Of(v);
    [Get("/ip/cookie")] internal static string IpCookie([Cookie] IPAddress v) => Shown.Of(v);

    [Get("/ip/maybe/:v?")]
    internal static string IpMaybe(IPAddress? v, [Query] IPAddress? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/day/path/:v")] internal static string DayPath(DayOfWeek v) => Shown.Of(v);
    [Get("/day/query")] internal static string DayQuery(DayOfWeek v) => Shown.Of(v);
    [Get("/day/header")] internal static string DayHeader([Header] DayOfWeek v) => Shown.Of(v);
    [Get("/day/cookie")] internal static string DayCookie([Cookie] DayOfWeek v) => Shown.Of(v);

    [Get("/day/maybe/:v?")]
    internal static string DayMaybe(DayOfWeek? v, [Query] DayOfWeek? q) =>
        Shown.Of(v) + Shown.Of(q);
}
