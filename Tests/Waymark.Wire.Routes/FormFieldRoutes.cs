using System.Net;
using System.Numerics;

namespace Waymark.Wire.Routes;

/// <summary>Each type as a field of a form, for <c>FormTableTests</c>.</summary>
/// <remarks>For each type: required, and what may be missing.</remarks>
internal static class FormFieldRoutes
{
    [Post("/color/form")] internal static string ColorForm([Form] Color v) => Shown.Of(v);
    [Post("/color/form-maybe")] internal static string ColorMaybe([Form] Color? v) => Shown.Of(v);

    [Post("/access/form")] internal static string AccessForm([Form] Access v) => Shown.Of(v);
    [Post("/access/form-maybe")] internal static string AccessMaybe([Form] Access? v) => Shown.Of(v);

    [Post("/tiny/form")] internal static string TinyForm([Form] Tiny v) => Shown.Of(v);
    [Post("/tiny/form-maybe")] internal static string TinyMaybe([Form] Tiny? v) => Shown.Of(v);

    [Post("/huge/form")] internal static string HugeForm([Form] Huge v) => Shown.Of(v);
    [Post("/huge/form-maybe")] internal static string HugeMaybe([Form] Huge? v) => Shown.Of(v);

    [Post("/case/form")] internal static string CaseForm([Form] Letters v) => Shown.Of(v);
    [Post("/case/form-maybe")] internal static string CaseMaybe([Form] Letters? v) => Shown.Of(v);

    [Post("/utf8/form")] internal static string Utf8Form([Form] Utf8Id v) => Shown.Of(v);
    [Post("/utf8/form-maybe")] internal static string Utf8Maybe([Form] Utf8Id? v) => Shown.Of(v);

    [Post("/chars/form")] internal static string CharsForm([Form] CharsId v) => Shown.Of(v);
    [Post("/chars/form-maybe")] internal static string CharsMaybe([Form] CharsId? v) => Shown.Of(v);

    [Post("/text/form")] internal static string TextForm([Form] TextId v) => Shown.Of(v);
    [Post("/text/form-maybe")] internal static string TextMaybe([Form] TextId? v) => Shown.Of(v);

    [Post("/tryutf8/form")] internal static string Tryutf8Form([Form] TryUtf8 v) => Shown.Of(v);
    [Post("/tryutf8/form-maybe")] internal static string Tryutf8Maybe([Form] TryUtf8? v) => Shown.Of(v);

    [Post("/tryinvariant/form")] internal static string TryinvariantForm([Form] TryInvariant v) => Shown.Of(v);
    [Post("/tryinvariant/form-maybe")] internal static string TryinvariantMaybe([Form] TryInvariant? v) => Shown.Of(v);

    [Post("/trytext/form")] internal static string TrytextForm([Form] TryText v) => Shown.Of(v);
    [Post("/trytext/form-maybe")] internal static string TrytextMaybe([Form] TryText? v) => Shown.Of(v);

    [Post("/generic/form")] internal static string GenericForm([Form] Tagged<Color> v) => Shown.Of(v);
    [Post("/generic/form-maybe")] internal static string GenericMaybe([Form] Tagged<Color>? v) => Shown.Of(v);

    [Post("/bool/form")] internal static string BoolForm([Form] bool v) => Shown.Of(v);
    [Post("/bool/form-maybe")] internal static string BoolMaybe([Form] bool? v) => Shown.Of(v);

    [Post("/char/form")] internal static string CharForm([Form] char v) => Shown.Of(v);
    [Post("/char/form-maybe")] internal static string CharMaybe([Form] char? v) => Shown.Of(v);

    [Post("/string/form")] internal static string StringForm([Form] string v) => Shown.Of(v);
    [Post("/string/form-maybe")] internal static string StringMaybe([Form] string? v) => Shown.Of(v);

    [Post("/guid/form")] internal static string GuidForm([Form] Guid v) => Shown.Of(v);
    [Post("/guid/form-maybe")] internal static string GuidMaybe([Form] Guid? v) => Shown.Of(v);

    [Post("/datetime/form")] internal static string DatetimeForm([Form] DateTime v) => Shown.Of(v);
    [Post("/datetime/form-maybe")] internal static string DatetimeMaybe([Form] DateTime? v) => Shown.Of(v);

    [Post("/offset/form")] internal static string OffsetForm([Form] DateTimeOffset v) => Shown.Of(v);
    [Post("/offset/form-maybe")] internal static string OffsetMaybe([Form] DateTimeOffset? v) => Shown.Of(v);

    [Post("/date/form")] internal static string DateForm([Form] DateOnly v) => Shown.Of(v);
    [Post("/date/form-maybe")] internal static string DateMaybe([Form] DateOnly? v) => Shown.Of(v);

    [Post("/time/form")] internal static string TimeForm([Form] TimeOnly v) => Shown.Of(v);
    [Post("/time/form-maybe")] internal static string TimeMaybe([Form] TimeOnly? v) => Shown.Of(v);

    [Post("/span/form")] internal static string SpanForm([Form] TimeSpan v) => Shown.Of(v);
    [Post("/span/form-maybe")] internal static string SpanMaybe([Form] TimeSpan? v) => Shown.Of(v);

    [Post("/uri/form")] internal static string UriForm([Form] Uri v) => Shown.Of(v);
    [Post("/uri/form-maybe")] internal static string UriMaybe([Form] Uri? v) => Shown.Of(v);

    [Post("/version/form")] internal static string VersionForm([Form] Version v) => Shown.Of(v);
    [Post("/version/form-maybe")] internal static string VersionMaybe([Form] Version? v) => Shown.Of(v);

    [Post("/ip/form")] internal static string IpForm([Form] IPAddress v) => Shown.Of(v);
    [Post("/ip/form-maybe")] internal static string IpMaybe([Form] IPAddress? v) => Shown.Of(v);

    [Post("/day/form")] internal static string DayForm([Form] DayOfWeek v) => Shown.Of(v);
    [Post("/day/form-maybe")] internal static string DayMaybe([Form] DayOfWeek? v) => Shown.Of(v);

    [Post("/int/form")] internal static string IntForm([Form] int v) => Shown.Of(v);
    [Post("/int/form-maybe")] internal static string IntMaybe([Form] int? v) => Shown.Of(v);

    [Post("/long/form")] internal static string LongForm([Form] long v) => Shown.Of(v);
    [Post("/long/form-maybe")] internal static string LongMaybe([Form] long? v) => Shown.Of(v);

    [Post("/short/form")] internal static string ShortForm([Form] short v) => Shown.Of(v);
    [Post("/short/form-maybe")] internal static string ShortMaybe([Form] short? v) => Shown.Of(v);

    [Post("/ushort/form")] internal static string UshortForm([Form] ushort v) => Shown.Of(v);
    [Post("/ushort/form-maybe")] internal static string UshortMaybe([Form] ushort? v) => Shown.Of(v);

    [Post("/uint/form")] internal static string UintForm([Form] uint v) => Shown.Of(v);
    [Post("/uint/form-maybe")] internal static string UintMaybe([Form] uint? v) => Shown.Of(v);

    [Post("/ulong/form")] internal static string UlongForm([Form] ulong v) => Shown.Of(v);
    [Post("/ulong/form-maybe")] internal static string UlongMaybe([Form] ulong? v) => Shown.Of(v);

    [Post("/byte/form")] internal static string ByteForm([Form] byte v) => Shown.Of(v);
    [Post("/byte/form-maybe")] internal static string ByteMaybe([Form] byte? v) => Shown.Of(v);

    [Post("/sbyte/form")] internal static string SbyteForm([Form] sbyte v) => Shown.Of(v);
    [Post("/sbyte/form-maybe")] internal static string SbyteMaybe([Form] sbyte? v) => Shown.Of(v);

    [Post("/nint/form")] internal static string NintForm([Form] nint v) => Shown.Of(v);
    [Post("/nint/form-maybe")] internal static string NintMaybe([Form] nint? v) => Shown.Of(v);

    [Post("/nuint/form")] internal static string NuintForm([Form] nuint v) => Shown.Of(v);
    [Post("/nuint/form-maybe")] internal static string NuintMaybe([Form] nuint? v) => Shown.Of(v);

    [Post("/int128/form")] internal static string Int128Form([Form] Int128 v) => Shown.Of(v);
    [Post("/int128/form-maybe")] internal static string Int128Maybe([Form] Int128? v) => Shown.Of(v);

    [Post("/uint128/form")] internal static string Uint128Form([Form] UInt128 v) => Shown.Of(v);
    [Post("/uint128/form-maybe")] internal static string Uint128Maybe([Form] UInt128? v) => Shown.Of(v);

    [Post("/half/form")] internal static string HalfForm([Form] Half v) => Shown.Of(v);
    [Post("/half/form-maybe")] internal static string HalfMaybe([Form] Half? v) => Shown.Of(v);

    [Post("/float/form")] internal static string FloatForm([Form] float v) => Shown.Of(v);
    [Post("/float/form-maybe")] internal static string FloatMaybe([Form] float? v) => Shown.Of(v);

    [Post("/double/form")] internal static string DoubleForm([Form] double v) => Shown.Of(v);
    [Post("/double/form-maybe")] internal static string DoubleMaybe([Form] double? v) => Shown.Of(v);

    [Post("/decimal/form")] internal static string DecimalForm([Form] decimal v) => Shown.Of(v);
    [Post("/decimal/form-maybe")] internal static string DecimalMaybe([Form] decimal? v) => Shown.Of(v);

    [Post("/bigint/form")] internal static string BigintForm([Form] BigInteger v) => Shown.Of(v);
    [Post("/bigint/form-maybe")] internal static string BigintMaybe([Form] BigInteger? v) => Shown.Of(v);
}
