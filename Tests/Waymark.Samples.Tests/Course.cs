using System.Reflection;
using Waymark.TestSupport;
using Waymark.Testing;

namespace Waymark.Samples.Tests;

/// <summary>The samples that are numbered: each makes its server in one method, which is what these tests
/// start.</summary>
internal static class Course
{
    /// <summary>Their folder in the repository.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "Samples");

    /// <summary>The names of their folders, in their order.</summary>
    public static string[] Names { get; } =
    [
        .. Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!)
            .Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal),
    ];

    /// <summary>Starts the server of a sample in memory, as its program makes it.</summary>
    /// <param name="name">The sample.</param>
    /// <param name="arguments">What its <c>MakeServer</c> takes.</param>
    public static Task<TestHost> StartAsync(string name, params object?[] arguments)
    {
        MethodInfo make = Assembly.Load(name).GetType("Program", throwOnError: true)!
            .GetMethod("MakeServer", BindingFlags.Static | BindingFlags.NonPublic)!;
        return TestHost.StartAsync((HttpServer)make.Invoke(null, arguments)!);
    }
}
