using System.Diagnostics;
using System.Globalization;
using Waymark.Benchmarks.RoundTrips;

// RoundTrips serve <kind> <address>: one server, until its standard input ends.
// RoundTrips [--quick]: starts each kind in a process of its own and asks it, one thing after the other.
if (args is ["serve", var kind, var address])
    return await Servers.ServeAsync(kind, address);

bool isQuick = args is ["--quick"];
int rounds = isQuick ? 1 : 5;
TimeSpan time = TimeSpan.FromSeconds(isQuick ? 0.2 : 2);
var results = new Dictionary<(string Kind, string Network), List<double>>();
for (int round = 0; round < rounds; round++)
{
    foreach (string network in new[] { "tcp", "unix" })
    {
        foreach (string each in Servers.Kinds)
        {
            using Child child = Child.Start(each, network);
            double rate = Asking.Measure(child.EndPoint, each == Servers.Http, time);
            if (!results.TryGetValue((each, network), out List<double>? rates))
                results.Add((each, network), rates = []);
            rates.Add(rate);
        }
    }
}

Console.WriteLine("| server | over | round trips/s | of the floor |\n|---|---|---|---|");
foreach (((string each, string network), List<double> rates) in results)
{
    double median = Median(rates);
    double share = median / Median(results[(Servers.Floor, network)]);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {each} | {network} | {median:N0} | {share:0.00} |"));
}

return 0;

static double Median(List<double> values)
{
    Debug.Assert(values.Count > 0);
    values.Sort();
    return values[values.Count / 2];
}
