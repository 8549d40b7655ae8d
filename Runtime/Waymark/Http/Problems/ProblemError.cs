namespace Waymark.Http.Problems;

/// <summary>One member of a document's <c>errors</c>.</summary>
/// <param name="Detail">A sentence.</param>
/// <param name="In">Which kind of parameter it is about: <c>query</c>; null where it is about the body.</param>
/// <param name="Name">The parameter's name, or a JSON pointer into the body; null for a note about the list.</param>
internal readonly record struct ProblemError(string Detail, string? In, string? Name);
