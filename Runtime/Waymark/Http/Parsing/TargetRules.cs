namespace Waymark.Http.Parsing;

/// <summary>What a server accepts in a target beyond the strict grammar.</summary>
[Flags]
internal enum TargetRules
{
    /// <summary>RFC 3986 to the letter, and no dot segments.</summary>
    Strict = 0,

    /// <summary>Dot segments are removed from the path that is matched: RFC 3986 section 5.2.4.</summary>
    RemoveDotSegments = 1,

    /// <summary>Octets from 0x80 may stand without an escape where all of the target is UTF-8.</summary>
    RawOctets = 2,

    /// <summary><c>{</c>, <c>}</c>, <c>|</c> and <c>"</c> may stand without an escape.</summary>
    Unwise = 4,

    /// <summary>The authority of an absolute target may be another than Host, which is ignored then.</summary>
    AnyHost = 8,
}
