using System.Diagnostics;
using System.Globalization;
using Waymark.Fuzz.Coverage;
using Waymark.Fuzz.Engine;

namespace Waymark.Fuzz;

/// <summary>The process that is started: rewrites a copy of the program, runs it, and survives its crash.</summary>
internal static class Outer
{
    public static int Run(Options options)
    {
        Directory.CreateDirectory(options.Out);
        string copy = Directory.CreateTempSubdirectory("waymark-fuzz-").FullName;
        try
        {
            int blocks = Rewriting.CopyTo(copy);
            Console.WriteLine($"{blocks} basic blocks are watched; seed {options.Seed}; findings go to {options.Out}");
            int exitCode = RunCopy(copy, options);
            if (exitCode is 0 or 1)
                return exitCode;
            Console.WriteLine($"exit code {exitCode}: {Flight.ReadWreck(options.Out) ?? "nothing was being run"}");
            return 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static int RunCopy(string copy, Options options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        string program = Path.Combine(copy, "Waymark.Fuzz.dll");
        if (Path.GetFileNameWithoutExtension(start.FileName) != "dotnet")
            start.FileName = Path.Combine(copy, Path.GetFileName(start.FileName));
        else
            start.ArgumentList.Add(program);
        string[] arguments =
        [
            "--rewritten", "--seconds", Text(options.Seconds), "--seed", Text(options.Seed), "--out", options.Out,
            .. options.Repeat is null ? [] : (string[])["--repeat", Path.GetFullPath(options.Repeat)],
            .. options.Targets,
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        // Runs are short methods called a million times: nothing is won by compiling them twice. And what is compiled
        // in haste may allocate where the same code, compiled well, does not.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
