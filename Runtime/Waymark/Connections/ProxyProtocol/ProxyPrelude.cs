using System.Net;

namespace Waymark.Connections.ProxyProtocol;

/// <summary>How far a prelude has been read.</summary>
internal enum PreludeResult
{
    /// <summary>It is whole and valid.</summary>
    Done,

    /// <summary>What there is may become a valid one.</summary>
    NeedMore,

    /// <summary>It is none, whatever follows.</summary>
    Rejected,
}

/// <summary>What a proxy says in front of a connection: whose it is.</summary>
/// <param name="Length">How many bytes the prelude has.</param>
/// <param name="Source">The client's address; null where the real one counts.</param>
/// <param name="Destination">The address that the client went to; null where the real one counts.</param>
internal readonly record struct ProxyPrelude(int Length, IPEndPoint? Source, IPEndPoint? Destination);
