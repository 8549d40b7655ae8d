namespace Waymark;

/// <summary>Lets only those in of whom it is known who they are: 401 for everybody else.</summary>
/// <remarks>
/// On a method, on a class for all of its routes, or on the assembly for every route, which then is the program's
/// default. Requirements add up: all of those around a route have to be met. <see cref="AllowAnonymousAttribute"/>
/// takes off those that stand further out. Somebody has to find out who it is before: see
/// <see cref="Authentication.Optional"/>.
/// </remarks>
/// <example>
/// <code>
/// [assembly: RequireUser]
///
/// [Get("/me")] static string Me(Exchange exchange) => exchange.User!.Name;
/// [Get("/health"), AllowAnonymous] static string Health() => "well";
/// </code>
/// </example>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Assembly,
    Inherited = false)]
public sealed class RequireUserAttribute : RequirementAttribute
{
    /// <inheritdoc/>
    protected override bool IsMetBy(Principal user) => true;
}
