namespace Waymark;

/// <summary>One row of a route table, for people and tools: nothing is routed with it.</summary>
/// <param name="Method">The request method, or <c>*</c> for every method.</param>
/// <param name="Template">The whole template, prefixes of groups and mounts included.</param>
/// <param name="Handler">The handler as <c>Class.Method</c>.</param>
/// <param name="Name">The route's name for links; null where it has none.</param>
/// <param name="Rank">What decides between routes of which neither is more specific.</param>
public sealed record RouteInfo(string Method, string Template, string Handler, string? Name = null, int Rank = 0);
