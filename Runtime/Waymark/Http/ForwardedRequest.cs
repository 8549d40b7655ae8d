using System.Net;

namespace Waymark.Http;

/// <summary>What trusted proxies say of the request that they pass on.</summary>
/// <param name="Client">The client's address.</param>
/// <param name="Scheme">What the client spoke; null where they do not say.</param>
/// <param name="Host">The host that the client asked for; null where they do not say.</param>
internal sealed record ForwardedRequest(EndPoint? Client, string? Scheme, string? Host);
