namespace Waymark;

/// <summary>Answers a request. Middleware is a function from one handler to the next outer one.</summary>
/// <param name="exchange">The request and its response; valid until the returned task ends.</param>
/// <returns>A task that ends when the answer is complete; one already complete costs nothing.</returns>
public delegate ValueTask Handler(Exchange exchange);
