using System.Globalization;
using Waymark.Fuzz;

return Options.TryParse(args, out Options options, out string problem)
    ? options.IsRewritten ? Inner.Run(options) : Outer.Run(options)
    : Fail(problem);

static int Fail(string problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage =
        "Waymark.Fuzz [--seconds N] [--seed N] [--out DIRECTORY] [--repeat FILE] [target ...]\n"
        + "targets: head chunk path query cookie multipart prelude route connection frame; all of them where none is given";

    public int Seconds { get; init; } = 60;

    public int Seed { get; init; } = Environment.TickCount;

    public string Out { get; init; } = Path.Combine(Path.GetTempPath(), "waymark-fuzz");

    /// <summary>A file that a finding named: it is run once.</summary>
    public string? Repeat { get; init; }

    /// <summary>True in the process whose Waymark was rewritten.</summary>
    public bool IsRewritten { get; init; }

    public IReadOnlyList<string> Targets { get; init; } = [];

    public static bool TryParse(string[] args, out Options options, out string problem)
    {
        options = new Options();
        problem = "";
        var targets = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            string value = i + 1 < args.Length ? args[i + 1] : "";
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (args[i])
            {
                case "--seconds" when isNumber && number > 0:
                    options = options with { Seconds = number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--out" when value.Length > 0:
                    options = options with { Out = value };
                    break;
                case "--repeat" when File.Exists(value):
                    options = options with { Repeat = value };
                    break;
                case "--rewritten":
                    options = options with { IsRewritten = true };
                    continue;
                case string name when Inner.TargetNames.Contains(name):
                    targets.Add(name);
                    continue;
                default:
                    problem = $"\"{args[i]} {value}\" is not understood.";
                    return false;
            }

            i++;
        }

        options = options with { Targets = targets.Count > 0 ? targets : Inner.TargetNames };
        return true;
    }
}
