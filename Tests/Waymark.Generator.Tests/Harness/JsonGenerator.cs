using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Waymark.Generator.Tests.Harness;

/// <summary>
/// The generator that completes a JsonSerializerContext; it lies beside the SDK's reference assemblies.
/// </summary>
internal static class JsonGenerator
{
    public static ISourceGenerator Create()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string packs = Path.GetFullPath(Path.Combine(runtime, "../../../packs/Microsoft.NETCore.App.Ref"));
        string path = Directory.GetFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories)
            .Where(file => !file.Contains("resources", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Last();
        Type generator = Assembly.LoadFrom(path).GetTypes()
            .Single(type => typeof(IIncrementalGenerator).IsAssignableFrom(type) && !type.IsAbstract);
        return ((IIncrementalGenerator)Activator.CreateInstance(generator)!).AsSourceGenerator();
    }
}
