using System.Globalization;
using Waymark.Transport;

namespace Waymark.Hosting;

/// <summary>The listening sockets that systemd has passed to this process: sd_listen_fds(3).</summary>
/// <remarks>
/// <c>LISTEN_FDS</c> says how many, from descriptor 3 on; <c>LISTEN_PID</c> for which process, since the variables are
/// inherited further than the sockets; <c>LISTEN_FDNAMES</c> what they are called, with colons between the names.
/// </remarks>
internal static class PassedSockets
{
    public const string PidVariable = "LISTEN_PID";
    public const string CountVariable = "LISTEN_FDS";
    public const string NamesVariable = "LISTEN_FDNAMES";
    private const int FirstDescriptor = 3; // SD_LISTEN_FDS_START
    private const int CountMax = 1024;

    /// <summary>How many were passed; 0 also where what the environment says is not for this process.</summary>
    /// <param name="getVariable">Reads an environment variable.</param>
    /// <param name="processId">The id of this process.</param>
    /// <param name="problem">Where there are none: why, as a sentence behind "Cannot listen on ...:".</param>
    public static int Count(Func<string, string?> getVariable, int processId, out string problem)
    {
        problem = "";
        string? count = getVariable(CountVariable);
        string? pid = getVariable(PidVariable);
        if (string.IsNullOrEmpty(count))
            problem = $"no sockets were passed ({CountVariable} is not set).";
        else if (!int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id != processId)
            problem = $"those passed are for another process ({PidVariable} is '{pid}', this one is {processId}).";
        else if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number is < 1 or > CountMax)
            problem = $"{CountVariable} is '{count}', which is no number from 1 to {CountMax}.";
        else
            return number;

        problem += " Start the program through a systemd socket unit or systemd-socket-activate, or give an address.";
        return 0;
    }

    /// <summary>Adds the passed sockets, all or those of one name.</summary>
    /// <exception cref="ServerStartupException">There are none, or none of that name.</exception>
    public static void AddTo(
        List<Endpoint> endpoints, Endpoint asked, Func<string, string?> getVariable, int processId)
    {
        int count = Count(getVariable, processId, out string problem);
        if (count == 0)
            throw new ServerStartupException(asked.Text, problem, cause: null);

        string[] names = getVariable(NamesVariable)?.Split(':') ?? [];
        int before = endpoints.Count;
        for (int i = 0; i < count; i++)
        {
            string name = i < names.Length ? names[i] : "";
            if (asked.PassedName is null || asked.PassedName == name)
            {
                int descriptor = FirstDescriptor + i;
                string named = name.Length > 0 ? $" ({name})" : "";
                string prefix = asked.Scheme.LocalPrefix(asked.IsTls);
                endpoints.Add(Endpoint.ForDescriptor(
                    descriptor,
                    string.Create(CultureInfo.InvariantCulture, $"{prefix}fd:{descriptor}{named}"),
                    asked.IsTls,
                    asked.Scheme));
            }
        }

        if (endpoints.Count == before)
        {
            throw new ServerStartupException(
                asked.Text,
                $"no socket named '{asked.PassedName}' was passed ({NamesVariable} is '{string.Join(':', names)}'). "
                + "FileDescriptorName= in the socket unit names it; fd:listen takes all.",
                cause: null);
        }
    }
}
