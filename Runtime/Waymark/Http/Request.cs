namespace Waymark;

/// <summary>STUB: to be written with the HTTP engine.</summary>
public sealed class Request { internal Request() { } }
