namespace Waymark.Routing;

/// <summary>
/// A middleware that a server puts outside of all others and of the bound on concurrent requests: what it tells of
/// requests holds for the refused ones as well, and what it answers is answered by a busy server too.
/// </summary>
internal interface IOutermost : IMiddleware;
