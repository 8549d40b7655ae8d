using System.Diagnostics;
using System.Net;

namespace Waymark.Benchmarks.RoundTrips;

/// <summary>A server in a process of its own, which ends with its standard input.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process, EndPoint endPoint) => (_process, EndPoint) = (process, endPoint);

    public EndPoint EndPoint { get; }

    public static Child Start(string kind, string network)
    {
        string address = network == "unix" ? $"unix:@waymark-round-trips-{Environment.ProcessId}" : "tcp://127.0.0.1:0";
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (string argument in new[] { "serve", kind, address })
            start.ArgumentList.Add(argument);
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        string bound = process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"The server '{kind}' did not start.");
        return new Child(process, Asking.ToEndPoint(bound));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
            _process.Kill();
        _process.Dispose();
    }
}
