using Waymark.Hosting;
using Waymark.Tests.Support;

namespace Waymark.Tests.Hosting;

/// <summary><c>--routes</c> prints the table instead of serving it.</summary>
public sealed class RoutesArgumentTests
{
    private const string Text = """
        GET     /                Home.Index
        DELETE  /users/:id       Users.Remove
        GET     /users/:id<int>  Users.Find

        """;

    private const string Json = """
        [
          {
            "method": "GET",
            "template": "/",
            "handler": "Home.Index"
          },
          {
            "method": "DELETE",
            "template": "/users/:id",
            "handler": "Users.Remove"
          },
          {
            "method": "GET",
            "template": "/users/:id<int>",
            "handler": "Users.Find",
            "name": "user",
            "rank": -1
          }
        ]

        """;

    private static readonly RouteInfo[] Routes =
    [
        new("GET", "/", "Home.Index"),
        new("DELETE", "/users/:id", "Users.Remove"),
        new("GET", "/users/:id<int>", "Users.Find", "user", -1),
    ];

    private readonly ListLogger _logger = new();
    private readonly ManualSignals _signals = new();
    private readonly TaskCompletionSource<string> _output = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _errors = "";
    private bool _isTerminal;

    [Theory]
    [InlineData(Text, "--routes")]
    [InlineData(Text, "http://127.0.0.1:1", "--routes")]
    [InlineData(Text, "--routes", "--verbose")]
    [InlineData(Text, "--routes", "--", "json")]
    [InlineData(Json, "--routes", "json")]
    [InlineData(Json, "--routes=json")]
    [InlineData(Json, "--first", "--routes", "json", "more")]
    public async Task The_routes_are_printed_and_nothing_is_opened(string expected, params string[] arguments)
    {
        HttpServer server = New(arguments);
        Assert.Equal(0, await server.RunAsync("this is no address"));
        Assert.Equal(expected, await _output.Task);
        Assert.Empty(_errors);
        Assert.Empty(_logger.Events);
        Assert.Empty(server.Endpoints);
        Assert.False(_signals.WasRegistered);
    }

    [Theory]
    [InlineData("xml", "--routes", "xml")]
    [InlineData("JSON", "--routes=JSON")]
    [InlineData("http://127.0.0.1:0", "--routes", "http://127.0.0.1:0")]
    public async Task An_unknown_format_is_an_error_with_exit_code_2(string format, params string[] arguments)
    {
        Assert.Equal(2, await New(arguments).RunAsync("this is no address"));
        Assert.Equal(
            $"--routes knows no format '{format}'. Use --routes for a text, --routes json for JSON.\n", _errors);
        Assert.False(_output.Task.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "--route")]
    [InlineData(true, "--routess")]
    [InlineData(true, "--Routes")]
    [InlineData(true, "json")]
    [InlineData(true, "--", "--routes")]
    [InlineData(false, "--routes")]
    [InlineData(false, "--routes", "xml")]
    public async Task Without_the_argument_or_with_the_option_off_the_server_serves(
        bool handles, params string[] arguments)
    {
        HttpServer server = New(arguments, new ServerOptions { HandlesRoutesArgument = handles });
        Task<int> run = server.RunAsync("http://127.0.0.1:0");
        string banner = await _output.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.StartsWith("Waymark ", banner, StringComparison.Ordinal);
        await server.StopAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public void A_table_without_routes_is_an_empty_text_and_an_empty_array()
    {
        Assert.Equal("", RoutesArgument.FormatText([], TextStyle.Plain));
        Assert.Equal("[]\n", RoutesArgument.FormatJson([]));
    }

    [Fact]
    public void Text_that_JSON_must_escape_is_escaped()
    {
        string json = RoutesArgument.FormatJson([new RouteInfo("GET", "/\"\\\n\u00e9", "A.B")]);
        Assert.Contains("\"template\": \"/\\\"\\\\\\n\u00e9\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--routes", true)]
    [InlineData("--routes=json", false)]
    public async Task On_a_terminal_the_text_has_colors_and_json_has_none(string argument, bool isColored)
    {
        _isTerminal = true;
        await using HttpServer server = New([argument]);
        Assert.Equal(0, await server.RunAsync());
        Assert.Equal(isColored, (await _output.Task).Contains('\u001b'));
    }

    [Fact]
    public void The_default_arguments_are_those_of_the_process() =>
        Assert.Equal(Environment.GetCommandLineArgs().Skip(1), new HostEnvironment().GetArguments());

    private HttpServer New(string[] arguments, ServerOptions? options = null) => new(
        new FixedTable(Routes),
        (options ?? new ServerOptions()) with { Logger = _logger },
        new HostEnvironment
        {
            GetArguments = () => arguments,
            GetVariable = _ => null,
            Signals = _signals,
            IsOutputTerminal = () => _isTerminal,
            WriteOutput = text => _output.TrySetResult(text),
            WriteError = text => _errors += text,
        });
}
