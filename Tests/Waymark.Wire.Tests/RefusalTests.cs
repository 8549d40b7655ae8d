using System.Text;
using Microsoft.Extensions.Logging;
using Waymark.Connections;
using Waymark.Http;
using Waymark.Routing;
using Waymark.Tests.Support;
using Waymark.Wire.Routes;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests;

/// <summary>
/// What a program's own types say of their values: <c>Validate</c>, and parsers, constructors and setters that throw.
/// </summary>
public sealed class RefusalTests
{
    private const int HandlerFailed = 1300;
    private const int ParameterFailed = 1308;
    private const string Invalid = "\"type\":\"urn:waymark:problem:invalid-parameters\"";

    private static readonly Handler Handler = new Router(ScenarioRoutes.Table).HandleAsync;

    private readonly ListLogger _logger = new();
    private readonly List<object?> _hooked = [];

    [Theory]
    [InlineData("/span?from=1&until=2", "200", "\r\n\r\n1-2 1")]
    [InlineData("/span?from=3&until=2", "400",
        "[{\"detail\":\"The query parameter 'until' must be at least 'from'.\",\"in\":\"query\",\"name\":\"until\"}]")]
    [InlineData("/span?from=3&until=2", "400", "\"detail\":\"The query parameter 'until' must be at least 'from'.\",\"err")]
    [InlineData("/span?from=13", "400", "[{\"detail\":\"Thirteen brings bad luck.\",\"in\":\"query\",\"name\":\"until\"}]")]
    [InlineData("/span?from=5&until=5", "400", "[{\"detail\":\"The span is empty.\"}]")]
    [InlineData("/span?from=77", "400", "[{\"detail\":\"The request must not have 77.\"}]")]
    [InlineData("/span?from=5&until=5", "400", "\"detail\":\"The span is empty.\",\"errors\"")]
    [InlineData("/nested?text=a&least=1&most=2&from=1", "200", "\r\n\r\na 1 1 ")]
    [InlineData("/nested?text=a&least=2&most=1&from=9&until=1", "400",
        "[{\"detail\":\"The query parameter 'most' must be at least 'least'.\",\"in\":\"query\",\"name\":\"most\"},"
        + "{\"detail\":\"The query parameter 'until' must be at least 'from'.\",\"in\":\"query\",\"name\":\"until\"}]")]
    [InlineData("/nested?text=1&least=1&most=1&from=1", "400",
        "[{\"detail\":\"The query parameter 'least' must not be the text.\",\"in\":\"query\",\"name\":\"least\"},"
        + "{\"detail\":\"The header field 'X-Made' must be later.\",\"in\":\"header\",\"name\":\"X-Made\"},"
        + "{\"detail\":\"The size is odd.\"}]")]
    public async Task A_gathered_type_validates_itself(string path, string status, string part)
    {
        string answer = await PlayAsync($"GET /refusals{path} HTTP/1.1\r\nHost: x\r\n\r\n");
        AssertAnswer(answer, status, part);
        Assert.Equal(status == "400", answer.Contains(Invalid, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/span?from=100&until=2", "must be from 0 to 99")]
    [InlineData("/span?from=3&until=2&page=x", "The query parameter 'page' is not a whole number")]
    [InlineData("/nested?text=1&least=1&most=0&from=1", "must be at least 'least'")]
    public async Task It_is_asked_only_once_everything_else_is_right(string path, string part)
    {
        string answer = await PlayAsync($"GET /refusals{path} HTTP/1.1\r\nHost: x\r\n\r\n");
        AssertAnswer(answer, "400", part);
        Assert.Equal(2, answer.Split("{\"detail\":").Length);
    }

    [Fact]
    public async Task It_may_gather_a_form_or_a_body()
    {
        AssertAnswer(
            await PlayAsync(At("span", FormAnswer.Post("application/x-www-form-urlencoded", "from=3&until=2"))),
            "400",
            "[{\"detail\":\"The form field 'until' must be at least 'from'.\",\"in\":\"form\",\"name\":\"until\"}]");
        AssertAnswer(
            await PlayAsync(At("with-body?note=n", FormAnswer.Post("application/json", "{\"name\":\"n\"}"))),
            "400",
            "[{\"detail\":\"must differ\",\"pointer\":\"#/name\"},"
            + "{\"detail\":\"The query parameter 'note' must differ from the name.\",\"in\":\"query\",\"name\":\"note\"}]");
        AssertAnswer(
            await PlayAsync(At("with-body?note=m", FormAnswer.Post("application/json", "{\"name\":\"n\"}"))),
            "200",
            "\r\n\r\nn: m");
    }

    [Theory]
    [InlineData("/made?a=1&bee=5&c=9", "200", "\r\n\r\n1 5 9")]
    [InlineData("/made?a=-1&bee=5", "400",
        "[{\"detail\":\"The query parameter 'a' must be valid.\",\"in\":\"query\",\"name\":\"a\"}]")]
    [InlineData("/made?a=1&bee=1", "400",
        "[{\"detail\":\"The query parameter 'bee' must be valid.\",\"in\":\"query\",\"name\":\"bee\"}]")]
    [InlineData("/made?a=1&bee=2", "400", "[{\"detail\":\"The values are not valid together: 'a', 'bee', 'c'.\"}]")]
    [InlineData("/made?a=1&c=100", "400", "[{\"detail\":\"The values are not valid together: 'a', 'bee', 'c'.\"}]")]
    [InlineData("/parsed?a=x&b=7&c=y", "200", "\r\n\r\nThrower { Text = x } Utf8Thrower { Value = 7 } 1")]
    [InlineData("/parsed?a=x&b=256", "400", "The query parameter 'b' is not a Utf8Thrower: '256'.")]
    [InlineData("/parsed?a=x&b=x", "400", "The query parameter 'b' is not a Utf8Thrower: 'x'.")]
    [InlineData("/parsed?a=toolong&c=abcde&c=%61bcdef", "400",
        "[{\"detail\":\"The query parameter 'a' is not a Thrower: 'toolong'.\",\"in\":\"query\",\"name\":\"a\"},"
        + "{\"detail\":\"The query parameter 'c' is not a Thrower: 'abcde'.\",\"in\":\"query\",\"name\":\"c\"},"
        + "{\"detail\":\"The query parameter 'c' is not a Thrower: 'abcdef'.\",\"in\":\"query\",\"name\":\"c\"}]")]
    public async Task A_value_that_a_type_refuses_by_throwing_is_the_clients_mistake(
        string path, string status, string part)
    {
        string answer = await PlayAsync($"GET /refusals{path} HTTP/1.1\r\nHost: x\r\n\r\n", isDetailed: true);
        AssertAnswer(answer, status, part);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.Empty(_hooked);
        Assert.Empty(_logger.Events);
    }

    [Theory]
    [InlineData("/made?a=1&bee=3", "The parameter 'picky'")]
    [InlineData("/parsed?a=bug", "The query parameter 'a'")]
    [InlineData("/parsed?a=x&c=b%75g", "The query parameter 'c'")]
    public async Task What_else_a_type_throws_is_a_failure_whose_log_names_the_parameter(string path, string parameter)
    {
        string request = $"GET /refusals{path} HTTP/1.1\r\nHost: x\r\n\r\n";
        AssertAnswer(await PlayAsync(request), "500", "urn:waymark:problem:internal-error");
        Assert.DoesNotContain("secret", await PlayAsync(request), StringComparison.Ordinal);
        Assert.Equal([parameter, parameter], _hooked);
        (LogLevel level, int id, string message, Exception? cause) = _logger.Events.First();
        Assert.Equal((LogLevel.Error, ParameterFailed), (level, id));
        Assert.StartsWith($"{parameter} of GET /refusals/", message, StringComparison.Ordinal);
        Assert.IsType<InvalidTimeZoneException>(cause);
        Assert.Contains("secret", await PlayAsync(request, isDetailed: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Validate_that_throws_is_a_failure_of_the_program_whatever_it_throws()
    {
        string answer = await PlayAsync("GET /refusals/span?from=66 HTTP/1.1\r\nHost: x\r\n\r\n");
        AssertAnswer(answer, "500", "urn:waymark:problem:internal-error");
        Assert.Equal(1, _logger.CountOf(HandlerFailed));
    }

    private static string At(string path, string request) =>
        request.Replace("POST / ", $"POST /refusals/{path} ", StringComparison.Ordinal);

    private static void AssertAnswer(string answer, string status, string part)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(part, answer, StringComparison.Ordinal);
    }

    private async Task<string> PlayAsync(string request, bool isDetailed = false)
    {
        var connection = new ScriptedConnection([Engine.Bytes(request)]);
        var policy = new ExceptionPolicy(
            (_, exception) =>
            {
                _hooked.Add(exception.Data["Waymark.Parameter"]);
                return new ValueTask<bool>(false);
            },
            new Dictionary<Type, Func<Exception, ProblemDetails>>(),
            CancellationToken.None);
        var protocol = new HttpConnectionHandler(
            Handler, new ServerLimits(), TimeProvider.System, _logger, isDetailed, exceptions: policy);
        await protocol.RunAsync(new ConnectionContext(connection, 1, CancellationToken.None));
        return Encoding.Latin1.GetString(connection.Sent);
    }
}
