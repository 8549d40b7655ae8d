using Microsoft.Extensions.DependencyInjection;
using Waymark.CompilerServices;

namespace Waymark.Hosting;

/// <summary>Whether a server has the services that its handlers cannot do without.</summary>
internal static class ServiceChecks
{
    /// <summary>A sentence for each service that is missing.</summary>
    /// <remarks>
    /// A provider that cannot tell without making the service (<see cref="IServiceProviderIsService"/>) is not asked:
    /// a scoped service may not be made here. Its handlers then fail with the first request.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    public static List<string> Of(RouteTable table, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(table);
        var problems = new List<string>();
        Check(table, services, problems);
        return problems;
    }

    private static void Check(RouteTable table, IServiceProvider? services, List<string> problems)
    {
        var known = services?.GetService(typeof(IServiceProviderIsService)) as IServiceProviderIsService;
        foreach (RequiredService required in table.RequiredServices)
        {
            if (services is null)
            {
                problems.Add(
                    $"{required.Route} takes the service {required.Type}, but ServerOptions.Services is not set.");
            }
            else if (known is not null && !known.IsService(required.Type))
            {
                problems.Add(
                    $"{required.Route} takes the service {required.Type}, which ServerOptions.Services does not have: "
                    + "register it, or make the parameter nullable.");
            }
        }

        foreach (RouteTable mounted in table.Mounted)
            Check(mounted, services, problems);
    }
}
