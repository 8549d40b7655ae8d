using System.Runtime.CompilerServices;
using Waymark.TestSupport;

namespace Waymark.Generator.Tests.Harness;

/// <summary>Compares text with a file beside the test, named as Verify names them.</summary>
/// <remarks>
/// A difference writes <c>Class.Method#Hint.received.cs</c> and fails. <c>WAYMARK_ACCEPT=1</c> writes the verified file
/// instead, except where <c>CI</c> is set: a build machine never accepts.
/// </remarks>
internal static class Snapshot
{
    private static readonly bool IsAccepting =
        Environment.GetEnvironmentVariable("WAYMARK_ACCEPT") == "1"
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));

    /// <summary>Compares every generated file of a run.</summary>
    public static void Match(
        Dictionary<string, string> files, [CallerMemberName] string method = "", [CallerFilePath] string testFile = "")
    {
        // The compiler's path of a source is rewritten in deterministic builds: what lies below Tests stays.
        string below = testFile[testFile.LastIndexOf("/Tests/", StringComparison.Ordinal)..];
        string folder = Path.GetDirectoryName(Repository.PathOf(below.TrimStart('/')))!;
        string prefix = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(testFile)}.{method}#");
        var differing = new List<string>();
        foreach ((string hint, string text) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            string name = prefix + hint[..^".cs".Length];
            if (Differs(name, text))
                differing.Add(Path.GetFileName(name));
        }

        IEnumerable<string> stale = Directory
            .EnumerateFiles(folder, Path.GetFileName(prefix) + "*.verified.cs")
            .Where(path => !files.ContainsKey(path[prefix.Length..^".verified.cs".Length] + ".cs"));
        differing.AddRange(stale.Select(path => Path.GetFileName(path) + " (no longer generated)"));
        Assert.True(differing.Count == 0, "Differs from the verified snapshot: " + string.Join(", ", differing));
    }

    private static bool Differs(string name, string text)
    {
        string verified = name + ".verified.cs";
        string received = name + ".received.cs";
        File.Delete(received);
        if (File.Exists(verified) && File.ReadAllText(verified) == text)
            return false;
        File.WriteAllText(IsAccepting ? verified : received, text);
        return !IsAccepting;
    }
}
