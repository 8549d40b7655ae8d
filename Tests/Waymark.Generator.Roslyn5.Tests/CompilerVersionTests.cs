using Microsoft.CodeAnalysis.CSharp;

namespace Waymark.Generator.Tests;

public sealed class CompilerVersionTests
{
    [Fact]
    public void The_generator_runs_in_a_newer_compiler_than_the_one_it_is_built_for()
    {
        Assert.Equal(new Version(5, 12), Short(typeof(CSharpCompilation).Assembly.GetName().Version!));
        Assert.Equal(
            new Version(4, 14),
            Short(typeof(RouteGenerator).Assembly.GetReferencedAssemblies()
                .Single(reference => reference.Name == "Microsoft.CodeAnalysis.CSharp").Version!));

        static Version Short(Version version) => new(version.Major, version.Minor);
    }
}
