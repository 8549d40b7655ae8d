using System.Numerics;

namespace Waymark.Wire.Routes;

/// <summary>Numbers from each source.</summary>
/// <remarks>For each type: path, query, header, cookie, and what may be missing.</remarks>
internal static class NumberRoutes
{
    [Get("/int/path/:v")] internal static string IntPath(int v) => Shown.Of(v);
    [Get("/int/query")] internal static string IntQuery(int v) => Shown.Of(v);
    [Get("/int/header")] internal static string IntHeader([Header] int v) => Shown.Of(v);
    [Get("/int/cookie")] internal static string IntCookie([Cookie] int v) => Shown.Of(v);

    [Get("/int/maybe/:v?")]
    internal static string IntMaybe(int? v, [Query] int? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/long/path/:v")] internal static string LongPath(long v) => Shown.Of(v);
    [Get("/long/query")] internal static string LongQuery(long v) => Shown.Of(v);
    [Get("/long/header")] internal static string LongHeader([Header] long v) => Shown.Of(v);
    [Get("/long/cookie")] internal static string LongCookie([Cookie] long v) => Shown.Of(v);

    [Get("/long/maybe/:v?")]
    internal static string LongMaybe(long? v, [Query] long? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/short/path/:v")] internal static string ShortPath(short v) => Shown.Of(v);
    [Get("/short/query")] internal static string ShortQuery(short v) => Shown.Of(v);
    [Get("/short/header")] internal static string ShortHeader([Header] short v) => Shown.Of(v);
    [Get("/short/cookie")] internal static string ShortCookie([Cookie] short v) => Shown.Of(v);

    [Get("/short/maybe/:v?")]
    internal static string ShortMaybe(short? v, [Query] short? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/ushort/path/:v")] internal static string UshortPath(ushort v) => Shown.Of(v);
    [Get("/ushort/query")] internal static string UshortQuery(ushort v) => Shown.Of(v);
    [Get("/ushort/header")] internal static string UshortHeader([Header] ushort v) => Shown.Of(v);
    [Get("/ushort/cookie")] internal static string UshortCookie([Cookie] ushort v) => Shown.Of(v);

    [Get("/ushort/maybe/:v?")]
    internal static string UshortMaybe(ushort? v, [Query] ushort? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/uint/path/:v")] internal static string UintPath(uint v) => Shown.Of(v);
    [Get("/uint/query")] internal static string UintQuery(uint v) => Shown.Of(v);
    [Get("/uint/header")] internal static string UintHeader([Header] uint v) => Shown.Of(v);
    [Get("/uint/cookie")] internal static string UintCookie([Cookie] uint v) => Shown.Of(v);

    [Get("/uint/maybe/:v?")]
    internal static string UintMaybe(uint? v, [Query] uint? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/ulong/path/:v")] internal static string UlongPath(ulong v) => Shown.Of(v);
    [Get("/ulong/query")] internal static string UlongQuery(ulong v) => Shown.Of(v);
    [Get("/ulong/header")] internal static string UlongHeader([Header] ulong v) => Shown.Of(v);
    [Get("/ulong/cookie")] internal static string UlongCookie([Cookie] ulong v) => Shown.Of(v);

    [Get("/ulong/maybe/:v?")]
    internal static string UlongMaybe(ulong? v, [Query] ulong? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/byte/path/:v")] internal static string BytePath(byte v) => Shown.Of(v);
    [Get("/byte/query")] internal static string ByteQuery(byte v) => Shown.Of(v);
    [Get("/byte/header")] internal static string ByteHeader([Header] byte v) => Shown.Of(v);
    [Get("/byte/cookie")] internal static string ByteCookie([Cookie] byte v) => Shown.Of(v);

    [Get("/byte/maybe/:v?")]
    internal static string ByteMaybe(byte? v, [Query] byte? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/sbyte/path/:v")] internal static string SbytePath(sbyte v) => Shown.Of(v);
    [Get("/sbyte/query")] internal static string SbyteQuery(sbyte v) => Shown.Of(v);
    [Get("/sbyte/header")] internal static string SbyteHeader([Header] sbyte v) => Shown.Of(v);
    [Get("/sbyte/cookie")] internal static string SbyteCookie([Cookie] sbyte v) => Shown.Of(v);

    [Get("/sbyte/maybe/:v?")]
    internal static string SbyteMaybe(sbyte? v, [Query] sbyte? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/nint/path/:v")] internal static string NintPath(nint v) => Shown.Of(v);
    [Get("/nint/query")] internal static string NintQuery(nint v) => Shown.Of(v);
    [Get("/nint/header")] internal static string NintHeader([Header] nint v) => Shown.Of(v);
    [Get("/nint/cookie")] internal static string NintCookie([Cookie] nint v) => Shown.Of(v);

    [Get("/nint/maybe/:v?")]
    internal static string NintMaybe(nint? v, [Query] nint? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/nuint/path/:v")] internal static string NuintPath(nuint v) => Shown.Of(v);
    [Get("/nuint/query")] internal static string NuintQuery(nuint v) => Shown.Of(v);
    [Get("/nuint/header")] internal static string NuintHeader([Header] nuint v) => Shown.Of(v);
    [Get("/nuint/cookie")] internal static string NuintCookie([Cookie] nuint v) => Shown.Of(v);

    [Get("/nuint/maybe/:v?")]
    internal static string NuintMaybe(nuint? v, [Query] nuint? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/int128/path/:v")] internal static string Int128Path(Int128 v) => Shown.Of(v);
    [Get("/int128/query")] internal static string Int128Query(Int128 v) => Shown.Of(v);
    [Get("/int128/header")] internal static string Int128Header([Header] Int128 v) => Shown.Of(v);
    [Get("/int128/cookie")] internal static string Int128Cookie([Cookie] Int128 v) => Shown.Of(v);

    [Get("/int128/maybe/:v?")]
    internal static string Int128Maybe(Int128? v, [Query] Int128? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/uint128/path/:v")] internal static string Uint128Path(UInt128 v) => Shown.Of(v);
    [Get("/uint128/query")] internal static string Uint128Query(UInt128 v) => Shown.Of(v);
    [Get("/uint128/header")] internal static string Uint128Header([Header] UInt128 v) => Shown.Of(v);
    [Get("/uint128/cookie")] internal static string Uint128Cookie([Cookie] UInt128 v) => Shown.Of(v);

    [Get("/uint128/maybe/:v?")]
    internal static string Uint128Maybe(UInt128? v, [Query] UInt128? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/half/path/:v")] internal static string HalfPath(Half v) => Shown.Of(v);
    [Get("/half/query")] internal static string HalfQuery(Half v) => Shown.Of(v);
    [Get("/half/header")] internal static string HalfHeader([Header] Half v) => Shown.Of(v);
    [Get("/half/cookie")] internal static string HalfCookie([Cookie] Half v) => Shown.Of(v);

    [Get("/half/maybe/:v?")]
    internal static string HalfMaybe(Half? v, [Query] Half? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/float/path/:v")] internal static string FloatPath(float v) => Shown.Of(v);
    [Get("/float/query")] internal static string FloatQuery(float v) => Shown.Of(v);
    [Get("/float/header")] internal static string FloatHeader([Header] float v) => Shown.Of(v);
    [Get("/float/cookie")] internal static string FloatCookie([Cookie] float v) => Shown.Of(v);

    [Get("/float/maybe/:v?")]
    internal static string FloatMaybe(float? v, [Query] float? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/double/path/:v")] internal static string DoublePath(double v) => Shown.Of(v);
    [Get("/double/query")] internal static string DoubleQuery(double v) => Shown.Of(v);
    [Get("/double/header")] internal static string DoubleHeader([Header] double v) => Shown.Of(v);
    [Get("/double/cookie")] internal static string DoubleCookie([Cookie] double v) => Shown.Of(v);

    [Get("/double/maybe/:v?")]
    internal static string DoubleMaybe(double? v, [Query] double? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/decimal/path/:v")] internal static string DecimalPath(decimal v) => Shown.Of(v);
    [Get("/decimal/query")] internal static string DecimalQuery(decimal v) => Shown.Of(v);
    [Get("/decimal/header")] internal static string DecimalHeader([Header] decimal v) => Shown.Of(v);
    [Get("/decimal/cookie")] internal static string DecimalCookie([Cookie] decimal v) => Shown.Of(v);

    [Get("/decimal/maybe/:v?")]
    internal static string DecimalMaybe(decimal? v, [Query] decimal? q) =>
        Shown.Of(v) + Shown.Of(q);

    [Get("/bigint/path/:v")] internal static string BigintPath(BigInteger v) => Shown.Of(v);
    [Get("/bigint/query")] internal static string BigintQuery(BigInteger v) => Shown.Of(v);
    [Get("/bigint/header")] internal static string BigintHeader([Header] BigInteger v) => Shown.Of(v);
    [Get("/bigint/cookie")] internal static string BigintCookie([Cookie] BigInteger v) => Shown.Of(v);

    [Get("/bigint/maybe/:v?")]
    internal static string BigintMaybe(BigInteger? v, [Query] BigInteger? q) =>
        Shown.Of(v) + Shown.Of(q);
}
