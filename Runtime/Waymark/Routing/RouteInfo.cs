namespace Waymark;

/// <summary>One row of a route table, for people and tools: nothing is routed with it.</summary>
/// <param name="Method">The request method, upper case.</param>
/// <param name="Template">The whole template, group prefixes included.</param>
/// <param name="Handler">The handler as <c>Class.Method</c>.</param>
public sealed record RouteInfo(string Method, string Template, string Handler);
