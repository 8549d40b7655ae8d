namespace Waymark.CompilerServices;

/// <summary>A set of request methods that a route can answer, one bit each (RFC 9110 section 9.3, RFC 5789).</summary>
/// <remarks>Called by generated code; not meant for direct use. The bits are part of the contract with it.</remarks>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
[Flags]
public enum Verbs
{
    /// <summary>No method, or one that no attribute names.</summary>
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
}
