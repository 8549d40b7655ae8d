using Waymark.Transport;

namespace Waymark.Hosting;

/// <summary>Decides what to listen on: the arguments, else the environment, else a default.</summary>
internal static class Addresses
{
    /// <summary>The environment variable that holds addresses, separated by semicolons.</summary>
    public const string Variable = "WAYMARK_URLS";

    /// <summary>Where neither arguments nor environment say anything.</summary>
    public const string Default = "http://localhost:8080";

    /// <summary>Reads the addresses.</summary>
    /// <exception cref="OptionsException">Some cannot be read: all of those are listed.</exception>
    public static List<Endpoint> Resolve(string[] addresses, Func<string, string?> getVariable)
    {
        string origin = "";
        if (addresses.Length == 0 && getVariable(Variable) is { Length: > 0 } value)
        {
            origin = $"{Variable}: ";
            addresses = value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }

        if (addresses.Length == 0)
            addresses = [Default];

        var endpoints = new List<Endpoint>(addresses.Length);
        var problems = new List<string>();
        foreach (string address in addresses)
        {
            if (Endpoint.TryParse(address, out Endpoint endpoint, out string problem))
                endpoints.Add(endpoint);
            else
                problems.Add(origin + problem);
        }

        return problems.Count == 0 ? endpoints : throw new OptionsException(problems);
    }
}
