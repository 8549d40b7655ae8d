using System.Net.Sockets;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Waymark.Generator.Tests.Harness;

/// <summary>A class <c>Handler</c> with commands, compiled with warnings as errors, loaded, and served on a free
/// port.</summary>
internal sealed class LoadedCommands : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly AssemblyLoadContext _context;
    private readonly TcpServer _server;

    private LoadedCommands(AssemblyLoadContext context, TcpServer server, StreamHandler<CommandLine, string> handler) =>
        (_context, _server, Handler) = (context, server, handler);

    public StreamHandler<CommandLine, string> Handler { get; }

    /// <summary>The commands as the handler lists them.</summary>
    public IReadOnlyList<CommandInfo> Commands =>
        (IReadOnlyList<CommandInfo>)Handler.GetType().GetProperty("Commands")!.GetValue(Handler)!;

    /// <summary>A class <c>Handler</c> of strings whose answer to what it rejects shows all of the rejection.</summary>
    public static string HandlerOf(string members, string more = "") =>
        $$"""
        public sealed partial class Handler : CommandHandler<string>
        {
        {{members}}
            protected override string Reject(CommandRejection rejection) =>
                $"{rejection.Kind}|{rejection.Command}|{rejection.Parameter}|{rejection.Message}";
        }

        {{more}}
        """;

    public static Task<LoadedCommands> StartAsync(params string[] sources) =>
        StartWithAsync(new CommandLineProtocol(), new TcpServerOptions(), sources);

    public static async Task<LoadedCommands> StartWithAsync(
        IStreamProtocol<CommandLine, string> protocol, TcpServerOptions options, params string[] sources)
    {
        CSharpCompilation compilation = GeneratorRun.Compile(sources);
        GeneratorRun.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = updated.Emit(assembly);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        assembly.Position = 0;
        var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
        Type type = context.LoadFromStream(assembly).GetType("Handler", throwOnError: true)!;
        var handler = (StreamHandler<CommandLine, string>)Activator.CreateInstance(type)!;
        TcpServer server = TcpServer.Create(
            protocol, handler, options with { Logger = NullLogger.Instance });
        await server.StartAsync("tcp://127.0.0.1:0");
        return new LoadedCommands(context, server, handler);
    }

    public async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(
            "127.0.0.1", new Uri(_server.Endpoints[0]).Port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>What a client hears in all, after it has said something and finished; each character is an
    /// octet.</summary>
    public async Task<string> TalkAsync(string text)
    {
        using Socket socket = await ConnectAsync();
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        // Both at once: a server whose answers are not read takes no more.
        Task<string> hearing = HearAsync(socket);
        for (int sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes.AsMemory(sent), TestContext.Current.CancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        return await hearing.WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer lines to lines.</summary>
    public async Task<string[]> AskAsync(params string[] lines)
    {
        string heard = await TalkAsync(string.Concat(lines.Select(line => line + "\n")));
        return heard.Length == 0 ? [] : heard.TrimEnd('\n').Split('\n');
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _context.Unload();
    }

    private static async Task<string> HearAsync(Socket socket)
    {
        var heard = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and int count)
            heard.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return heard.ToString();
    }
}
