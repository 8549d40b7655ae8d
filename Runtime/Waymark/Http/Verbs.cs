namespace Waymark.CompilerServices;

/// <summary>A set of request methods that a route can answer, one bit each (RFC 9110 section 9.3, RFC 5789).</summary>
/// <remarks>Called by generated code; not meant for direct use. The bits are part of the contract with it.</remarks>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
[Flags]
public enum Verbs
{
    /// <summary>No method. The parser's answer for a token that is none of these.</summary>
    None = 0,

    /// <summary>GET.</summary>
    Get = 1,

    /// <summary>HEAD.</summary>
    Head = 2,

    /// <summary>POST.</summary>
    Post = 4,

    /// <summary>PUT.</summary>
    Put = 8,

    /// <summary>DELETE.</summary>
    Delete = 16,

    /// <summary>PATCH.</summary>
    Patch = 32,

    /// <summary>OPTIONS.</summary>
    Options = 64,

    /// <summary>TRACE: known, and served only where a route names it (RFC 9110 section 9.3.8).</summary>
    Trace = 128,

    /// <summary>The first of a table's own methods; the others follow bit by bit, 22 at most.</summary>
    FirstCustom = 256,

    /// <summary>A token that no route of the table names. Only routes for every method take it.</summary>
    Unknown = 1 << 30,
}
