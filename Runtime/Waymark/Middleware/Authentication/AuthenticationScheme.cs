namespace Waymark;

/// <summary>A way for clients to say who they are: RFC 9110 section 11.</summary>
/// <remarks>
/// <para>As a middleware it demands: a request without valid credentials gets 401 with <c>WWW-Authenticate</c>, any
/// other has its <see cref="Exchange.User"/>. <see cref="Authentication.Required"/> demands any of several schemes,
/// <see cref="Authentication.Optional"/> lets those in who say nothing.</para>
/// <para>A scheme is safe for use by any number of threads, and so must those be that a program derives.</para>
/// </remarks>
public abstract class AuthenticationScheme : IMiddleware
{
    /// <summary>
    /// What <c>WWW-Authenticate</c> holds in a 401, for example <c>Basic realm="admin"</c>. Asked for once, when the
    /// server starts; RFC 9110 section 11.6.1.
    /// </summary>
    public abstract string Challenge { get; }

    /// <summary>Looks for credentials in a request. Must not write to the response.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="server">The server, with its clock.</param>
    /// <returns>A task that is complete costs nothing.</returns>
    protected internal abstract ValueTask<AuthenticationResult> AuthenticateAsync(
        Exchange exchange, ServerContext server);

    /// <inheritdoc/>
    public Handler Wrap(Handler next, ServerContext server) => Authentication.Required(this).Wrap(next, server);
}
