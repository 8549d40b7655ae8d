using Mono.Cecil;

namespace Waymark.Fuzz.Coverage;

/// <summary>Makes a copy of this program whose Waymark notes what it runs.</summary>
internal static class Rewriting
{
    private const string Library = "Waymark.dll";
    private const string Routes = "Waymark.Fuzz.Routes.dll";

    // What starts and stops servers, speaks to the kernel, or only holds texts is not what is fuzzed.
    private static readonly string[] Left =
        ["Waymark.Hosting", "Waymark.OpenApi", "Waymark.Transport.Sockets", "Waymark.Errors"];

    /// <summary>Copies the program and rewrites its assemblies.</summary>
    /// <returns>How many basic blocks are watched.</returns>
    public static int CopyTo(string directory)
    {
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)), overwrite: true);

        using ModuleDefinition library = Read(directory, Library);
        var rewriter = new EdgeRewriter(library);
        int blocks = rewriter.Rewrite(library, IsWanted);
        using ModuleDefinition routes = Read(directory, Routes);
        blocks += rewriter.Rewrite(routes, static _ => true);
        library.Write(Path.Combine(directory, Library));
        routes.Write(Path.Combine(directory, Routes));
        return blocks;
    }

    private static ModuleDefinition Read(string directory, string name)
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(directory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        return ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, name),
            new ReaderParameters { InMemory = true, AssemblyResolver = resolver });
    }

    private static bool IsWanted(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return !Left.Any(space => type.Namespace.StartsWith(space, StringComparison.Ordinal));
    }
}
