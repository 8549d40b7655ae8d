using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.TestSupport;

namespace Waymark.Package.Tests;

/// <summary>
/// docs/tutorial.md to the letter: its files and its publish command make one static file, and every curl of the page
/// is answered as the page shows it.
/// </summary>
public sealed partial class TutorialTests(PackedWaymark package)
{
    private const uint DynamicSegment = 2; // PT_DYNAMIC
    private const uint InterpreterSegment = 3; // PT_INTERP

    [Fact]
    public async Task Its_commands_make_a_static_file_that_answers_as_the_page_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The tutorial is for Linux.");
        string page = await File.ReadAllTextAsync(
            Repository.PathOf("docs/tutorial.md"), TestContext.Current.CancellationToken);
        string file = await PublishAsync(page);
        Assert.Contains("\nCOPY out/shop /shop\n", page, StringComparison.Ordinal);
        Assert.Empty(SegmentsOf(file).Intersect([DynamicSegment, InterpreterSegment]));

        await using RunningServer server = await RunningServer.StartAsync([file, "http://127.0.0.1:0"]);
        string[][] exchanges = [.. Exchange().Matches(BlockOf(page, "console"))
            .Select(match => new[] { match.Groups["command"].Value, match.Groups["answer"].Value })];
        Assert.True(exchanges.Length >= 4, $"{exchanges.Length} commands were found");
        foreach (string[] exchange in exchanges)
            Assert.Equal(exchange[1], await AnswerToAsync(exchange[0], server.Client));
        Assert.Equal(0, await server.TerminateAsync());
    }

    /// <summary>Writes the project of the page, with the packed version, and runs the page's command.</summary>
    private async Task<string> PublishAsync(string page)
    {
        string project = BlockOf(page, "xml");
        Assert.Contains("Include=\"Waymark\" Version=\"0.1.0\"", project, StringComparison.Ordinal);
        Directory.CreateDirectory(package.PathOf("tutorial/shop"));
        await File.WriteAllTextAsync(
            package.PathOf("tutorial/shop/shop.csproj"),
            project.Replace("0.1.0", PackedWaymark.Version, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            package.PathOf("tutorial/shop/Program.cs"),
            BlockOf(page, "csharp"),
            TestContext.Current.CancellationToken);

        string[] command = PublishCommand().Match(page).Groups["arguments"].Value.Split(' ');
        Assert.Equal("publish", command[0]);
        // The page is in the folder of the project; the fixture's commands run in one above.
        int place = Array.IndexOf(command, "-o") + 1;
        command[place] = package.PathOf($"tutorial/shop/{command[place]}");
        (int exitCode, string output) = await package.RunAsync(
            [command[0], "tutorial/shop", .. command[1..], "--nologo"]);
        Assert.True(exitCode == 0, output);
        return Path.Combine(command[place], "shop");
    }

    private static async Task<string> AnswerToAsync(string command, HttpClient client)
    {
        string[] words = [.. Word().Matches(command).Select(match => match.Value.Trim('\''))];
        Assert.Equal("curl", words[0]);
        Assert.StartsWith("localhost:8080/", words[1], StringComparison.Ordinal);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(words[1]["localhost:8080".Length..], UriKind.Relative));
        for (int index = 2; index < words.Length; index += 2)
        {
            if (words[index] == "-d")
            {
                request.Method = HttpMethod.Post;
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(words[index + 1]));
            }
        }

        if (request.Content is not null)
        {
            Assert.Equal("-H", words[2]);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(words[3].Split(": ")[1]);
        }

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer.TrimEnd('\n');
    }

    /// <summary>The kinds of the segments of a 64-bit ELF file, as elf(5) lays them out.</summary>
    private static List<uint> SegmentsOf(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        Assert.True(bytes.StartsWith("\u007fELF\u0002"u8));
        int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(bytes[54..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[56..]);
        var kinds = new List<uint>();
        for (int index = 0; index < count; index++)
            kinds.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(offset + index * size)..]));
        return kinds;
    }

    /// <summary>The first block of a language.</summary>
    private static string BlockOf(string page, string language) =>
        page.Split($"```{language}\n")[1].Split("```")[0];

    [GeneratedRegex(@"^dotnet (?<arguments>publish .*)$", RegexOptions.Multiline)]
    private static partial Regex PublishCommand();

    [GeneratedRegex(@"^\$ (?<command>.*)\n(?<answer>.*)\n", RegexOptions.Multiline)]
    private static partial Regex Exchange();

    [GeneratedRegex("'[^']*'|[^ ]+")]
    private static partial Regex Word();
}
