using System.Diagnostics;
using System.Globalization;
using Waymark.Benchmarks.RoundTrips;

// RoundTrips serve <kind> <address>: one server, until its standard input ends.
// RoundTrips [--quick]: starts each kind in a process of its own and asks it, one thing after the other; first with
// client and server on one processor, so that none of them has to be woken on another, then wherever the system likes.
if (args is ["serve", var kind, var address])
    return await Servers.ServeAsync(kind, address);

bool isQuick = args is ["--quick"];
int rounds = isQuick ? 1 : 5;
TimeSpan time = TimeSpan.FromSeconds(isQuick ? 0.2 : 2);
var results = new Dictionary<(string Processors, string Network, string Kind), List<double>>();
for (int round = 0; round < rounds; round++)
{
    foreach (string processors in Placement.All)
    {
        Placement.Take(processors);
        foreach (string network in new[] { "tcp", "unix" })
        {
            foreach (string each in Servers.Kinds)
            {
                using Child child = Child.Start(each, network);
                double rate = Asking.Measure(child.EndPoint, each == Servers.Http, time);
                if (!results.TryGetValue((processors, network, each), out List<double>? rates))
                    results.Add((processors, network, each), rates = []);
                rates.Add(rate);
            }
        }
    }
}

Console.WriteLine("| processors | over | server | round trips/s | of the floor |\n|---|---|---|---|---|");
foreach (((string processors, string network, string each), List<double> rates) in results)
{
    double median = Median(rates);
    double share = median / Median(results[(processors, network, Servers.Floor)]);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {processors} | {network} | {each} | {median:N0} | {share:0.00} |"));
}

return 0;

static double Median(List<double> values)
{
    Debug.Assert(values.Count > 0);
    values.Sort();
    return values[values.Count / 2];
}
