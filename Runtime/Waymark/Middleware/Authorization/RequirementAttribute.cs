using System.Text;
using Waymark.CompilerServices;
using Waymark.Routing;

namespace Waymark;

/// <summary>What a user must fulfil for a route; base of the attributes that say so, also of a program's own.</summary>
/// <remarks>
/// Who is not known gets 401, as somebody with other credentials may come in; who is known and does not meet it gets
/// 403, as the same credentials never will (RFC 9110 sections 15.5.2 and 15.5.4). Safe for use by any number of
/// threads, and so must those be that a program derives. <see cref="AllowAnonymousAttribute"/> says how requirements
/// are taken off.
/// </remarks>
/// <example>
/// <code>
/// sealed class RequireStaffAttribute : RequirementAttribute
/// {
///     protected override bool IsMetBy(Principal user) => user.Name.EndsWith("@shop.example");
/// }
/// </code>
/// </example>
public abstract class RequirementAttribute : MiddlewareAttribute, IAccessRule
{
    /// <summary>True where the user may go on. Called for each request, so it should not take long.</summary>
    /// <param name="user">Who it is.</param>
    protected abstract bool IsMetBy(Principal user);

    /// <summary>A sentence for who does not meet it; null (the default) for none.</summary>
    protected virtual string? Detail => null;

    /// <summary>
    /// The value of <c>WWW-Authenticate</c> in a 403 to a bearer token, printable ASCII; null (the default) for none.
    /// </summary>
    /// <remarks>RFC 6750 section 3.1: <c>insufficient_scope</c>.</remarks>
    protected virtual string? Challenge => null;

    bool IAccessRule.Opens => false;

    /// <inheritdoc/>
    public sealed override Handler Wrap(Handler next, ServerContext server)
    {
        string? detail = Detail;
        byte[]? challenge = Challenge is { } text ? Encoding.ASCII.GetBytes(text) : null;
        return exchange =>
        {
            // A preflight carries no credentials (Fetch section 3.2.2), and learns nothing but the methods.
            if (exchange.PreflightAllow != Verbs.None)
                return next(exchange);
            if (exchange.User is not { } user)
                return Authentication.Challenge(exchange);
            if (IsMetBy(user))
                return next(exchange);
            if (challenge is not null && IsAskedForToken(exchange))
                exchange.Response.Headers.Set("WWW-Authenticate"u8, challenge);
            return Authentication.Forbid(exchange, detail);
        };
    }

    /// <summary>True where one of the schemes around takes bearer tokens: nobody else would know the error.</summary>
    private static bool IsAskedForToken(Exchange exchange)
    {
        for (int index = 0; index < exchange.Challenges.Count; index++)
        {
            if (exchange.Challenges[index].AsSpan().StartsWith("Bearer"u8))
                return true;
        }

        return false;
    }
}
