namespace Waymark;

/// <summary>Says that a parameter is a capture of the template, which then has to hold it (WM2002).</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PathAttribute : Attribute;

/// <summary>
/// Says that a parameter comes from the query: its name is the key; repeated keys give the first value.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueryAttribute : Attribute;

/// <summary>Says that a parameter is the request body, read as JSON.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BodyAttribute : Attribute;
