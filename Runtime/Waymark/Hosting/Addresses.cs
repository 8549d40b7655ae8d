using Waymark.Transport;

namespace Waymark.Hosting;

/// <summary>
/// Decides what to listen on: the arguments, else the environment, else sockets that were passed, else a default.
/// </summary>
internal static class Addresses
{
    /// <summary>The environment variable that holds addresses, separated by semicolons.</summary>
    public const string Variable = "WAYMARK_URLS";

    /// <summary>What an <see cref="HttpServer"/> takes where nothing says anything.</summary>
    public const string Default = "http://localhost:8080";

    /// <summary>All sockets that systemd passed.</summary>
    public const string Passed = "fd:listen";

    /// <summary>Reads the addresses.</summary>
    /// <param name="addresses">The arguments.</param>
    /// <param name="scheme">How they are named.</param>
    /// <param name="fallback">
    /// What counts where nothing else does. Null for a server that has none, and that does not look at <see
    /// cref="Variable"/> either, since that is for the HTTP server beside it.
    /// </param>
    /// <param name="environment">Has the variables, and the process that passed sockets must be meant for.</param>
    /// <exception cref="OptionsException">Some cannot be read, or there are none: all of those are listed.</exception>
    /// <exception cref="ServerStartupException">Passed sockets are asked for, and there are none.</exception>
    public static List<Endpoint> Resolve(
        string[] addresses, AddressScheme scheme, string? fallback, HostEnvironment environment)
    {
        (Func<string, string?> getVariable, int processId) = (environment.GetVariable, environment.ProcessId);
        string origin = "";
        if (addresses.Length == 0 && fallback is not null && getVariable(Variable) is { Length: > 0 } value)
        {
            origin = $"{Variable}: ";
            addresses = value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        if (addresses.Length == 0)
        {
            string? address = PassedSockets.Count(getVariable, processId, out _) > 0 ? Passed : fallback;
            addresses = address is not null ? [address] : throw new OptionsException([
                $"There is no address to listen on: write for example {scheme.Clear}://localhost:7000."]);
        }

        var read = new List<Endpoint>(addresses.Length);
        var problems = new List<string>();
        foreach (string address in addresses)
        {
            if (Endpoint.TryParse(address, out Endpoint endpoint, out string problem, scheme))
                read.Add(endpoint);
            else
                problems.Add(origin + problem);
        }

        if (problems.Count > 0)
            throw new OptionsException(problems);

        List<Endpoint> endpoints = Expand(read, getVariable, processId);
        AddTwins(endpoints, origin, problems);
        return problems.Count == 0 ? endpoints : throw new OptionsException(problems);
    }

    private static List<Endpoint> Expand(List<Endpoint> read, Func<string, string?> getVariable, int processId)
    {
        var endpoints = new List<Endpoint>(read.Count);
        foreach (Endpoint endpoint in read)
        {
            if (endpoint.Kind == EndpointKind.Passed)
                PassedSockets.AddTo(endpoints, endpoint, getVariable, processId);
            else
                endpoints.Add(endpoint);
        }

        return endpoints;
    }

    // Two that share one descriptor would close it under each other; for other addresses the system says so.
    private static void AddTwins(List<Endpoint> endpoints, string origin, List<string> problems)
    {
        var seen = new HashSet<int>();
        foreach (Endpoint endpoint in endpoints)
        {
            if (endpoint.Kind == EndpointKind.Inherited && !seen.Add(endpoint.Descriptor))
                problems.Add($"{origin}Descriptor {endpoint.Descriptor} is given twice; once is enough.");
        }
    }
}
