namespace Waymark.Transport;

/// <summary>STUB: to be written with the transport.</summary>
internal sealed class Endpoint;
