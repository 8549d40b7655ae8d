using System.ComponentModel;

namespace Waymark.CompilerServices;

/// <summary>A service that a handler cannot do without.</summary>
/// <remarks>Called by generated code; not meant for direct use.</remarks>
/// <param name="Type">Its type.</param>
/// <param name="Route">The first route that needs it, as <c>GET /users/:id</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct RequiredService(Type Type, string Route);
