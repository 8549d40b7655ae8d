using System.Runtime.CompilerServices;

namespace Waymark.Isolation;

/// <summary>How this program is started once more.</summary>
internal static class SelfCommand
{
    /// <summary>The file to execute, and the arguments: those that this process has, so that it configures itself
    /// alike.</summary>
    /// <exception cref="PlatformNotSupportedException">The program's own file is not known.</exception>
    public static (string File, List<string> Arguments) Find()
    {
        string file = Environment.ProcessPath
            ?? throw new PlatformNotSupportedException("The file of this program is not known: it has no child.");
        string[] command = Environment.GetCommandLineArgs();

        // `dotnet app.dll`: the process is the host, and the first argument is the program. A native program and one
        // with a host of its own (bin/app) are their own files.
        bool isHosted = RuntimeFeature.IsDynamicCodeSupported
            && Path.GetFileNameWithoutExtension(file) == "dotnet"
            && command[0].EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        return (file, isHosted ? [.. command] : [.. command.AsSpan(1)]);
    }
}
