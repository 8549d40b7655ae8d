using System.Runtime.InteropServices;

namespace Waymark.Testing;

/// <summary>How a project is published.</summary>
/// <remarks>Immutable, and so safe for use by any number of threads.</remarks>
public sealed record NativeAppOptions
{
    /// <summary>The framework, where the project has several: <c>net9.0</c>. Default null: the project's own.</summary>
    public string? Framework { get; init; }

    /// <summary>What the binary is for. Default: this machine, such as <c>linux-x64</c>.</summary>
    public string RuntimeIdentifier { get; init; } = RuntimeInformation.RuntimeIdentifier;

    /// <summary>The configuration. Default <c>Release</c>.</summary>
    public string Configuration { get; init; } = "Release";

    /// <summary>More arguments of <c>dotnet publish</c>. Default none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The binary's name without its ending. Default null: that of the project.</summary>
    public string? BinaryName { get; init; }

    /// <summary>
    /// Where build outputs are kept from run to run, so that only what has changed is built anew. Default null: a
    /// folder of its own for each set of options, below <c>obj/</c> beside the project.
    /// </summary>
    public string? OutputFolder { get; init; }

    /// <summary>How long a publish may take. Default 15 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(15);
}
