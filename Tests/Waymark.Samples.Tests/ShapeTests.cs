namespace Waymark.Samples.Tests;

/// <summary>What every lesson keeps to, so that it can be read in one go.</summary>
public sealed class ShapeTests
{
    private const int ProgramLinesMax = 79;
    private const int ReadmeLinesMax = 10;

    public static TheoryData<string> Names => new(Course.Names);

    [Fact]
    public void The_lessons_are_numbered_from_1_to_12() => Assert.Equal(
        Enumerable.Range(1, 12).Select(number => $"{number:00}"), Course.Names.Select(name => name[..2]));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_is_one_short_file_and_a_readme(string name)
    {
        string folder = Path.Combine(Course.Folder, name);
        Assert.Equal("Program.cs", Path.GetFileName(Assert.Single(Directory.GetFiles(folder, "*.cs"))));
        Assert.InRange(File.ReadLines(Path.Combine(folder, "Program.cs")).Count(), 10, ProgramLinesMax);
        string[] readme = [.. File.ReadLines(Path.Combine(folder, "README.md")).Where(line => line.Length > 0)];
        Assert.InRange(readme.Length, 5, ReadmeLinesMax);
        Assert.StartsWith($"# {name[..2]} ", readme[0], StringComparison.Ordinal);
        string command = $"dotnet run --project Samples/{name}";
        Assert.Contains(readme, line => line.Contains(command, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_list_of_samples_leads_to_a_lesson(string name) => Assert.Contains(
        $"`{name}`", File.ReadAllText(Path.Combine(Course.Folder, "README.md")), StringComparison.Ordinal);
}
