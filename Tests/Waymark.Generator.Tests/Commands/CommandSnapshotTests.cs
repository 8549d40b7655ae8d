using Waymark.Generator.Tests.Harness;

namespace Waymark.Generator.Tests.Commands;

/// <summary>What is emitted for two classes: every kind of parameter and result, constraints and parsers.</summary>
public sealed class CommandSnapshotTests
{
    private const string Ftp =
        """
        namespace Shop;

        public sealed class Session { public string? User { get; set; } }

        public enum Mode { Ascii, Image }

        internal sealed partial class Ftp(List<string> files) : CommandHandler<string, Session>
        {
            [Command("NOOP")] static string NoOp() => "200 Okay.";
            [Command("USER :name")] static string User(string name, Session session) => session.User = name;
            [Command("TYPE :mode")] static string? Type(Mode mode) => null;
            [Command("LIST :path?")] IEnumerable<string> List(string path = "/") => files;
            [Command("STOR *path"), Command("APPE *path")]
            async ValueTask<string> Store(string path, CancellationToken stop)
            {
                await Task.Yield();
                files.Add(path);
                return "226 Stored.";
            }
            [Command("WALK")] async IAsyncEnumerable<string> Walk()
            {
                foreach (string file in files)
                {
                    await Task.Yield();
                    yield return file;
                }
            }
            [Command("SIZE :path :unit<in(k|m)>")] static Task<string[]> Size(ReadOnlySpan<byte> path, string unit) =>
                Task.FromResult(new[] { unit });
            [Command("DELE *paths")] static void Delete(string[] paths) { }
            [Command("SITE CHMOD :mode<re([0-7]{3})> *path")]
            static string Mode(int mode, ReadOnlyMemory<byte> path) => "";
            [Command("SITE TAG :tag<tag>")] static string Tag(byte[] tag, CommandLine line) => line.ToString();
            [Command("QUIT")] static async ValueTask Quit(
                StreamClient<CommandLine, string, Session> client, CancellationToken stop)
            {
                await client.SendAsync("221 Bye.", stop);
                await client.CloseAsync();
            }

            [Constraint("tag")] internal static bool IsTag(ReadOnlySpan<byte> value) => value[0] == (byte)'#';

            protected override Session CreateState(ConnectionInfo connection) => new();
            protected override string Reject(CommandRejection rejection) => "500 " + rejection.Message;
        }
        """;

    private const string Counter =
        """
        public partial struct Numbers
        {
            internal abstract partial class Counting : CommandHandler<long>
            {
                [Command("ADD :left :right")] internal static long? Add(long left, long? right = null) => left + right;
                [Command("SUM *values?")] internal static ValueTask<long?> Sum(int[]? values) => new((long?)null);
                protected override long Reject(CommandRejection rejection) => -1;
            }

            private sealed partial class @event : Counting
            {
                [Command("ADD ONE *values")]
                private Task<long> Add(params ReadOnlyMemory<byte>[] values) => Task.FromResult(1L);
                [Command("ADD TWO *values")] private Task Add(byte[][] values) => Task.CompletedTask;
                internal static @event Create() => new();
            }
        }
        """;

    [Fact]
    public void Files() => Compare(Ftp);

    [Fact]
    public void Nested() => Compare(Counter);

    private static void Compare(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation = GeneratorRun.Compile(source);
        GeneratorRun.CreateDriver().RunGeneratorsAndUpdateCompilation(
            compilation, out Microsoft.CodeAnalysis.Compilation updated, out _);
        Assert.DoesNotContain(
            updated.GetDiagnostics(TestContext.Current.CancellationToken),
            found => found.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden);
        Snapshot.Match(GeneratorRun.Run(compilation), method);
    }
}
