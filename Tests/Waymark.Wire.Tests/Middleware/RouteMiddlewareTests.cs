using Microsoft.Extensions.Logging.Abstractions;
using Waymark.Routing;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Middleware around single routes: what it costs, and what it leaves alone.</summary>
public sealed class RouteMiddlewareTests
{
    [Theory]
    [InlineData("GET /json HTTP/1.1\r\nHost: x\r\n\r\n", true)]
    [InlineData("HEAD /json HTTP/1.1\r\nHost: x\r\n\r\n", true)]
    [InlineData("OPTIONS /json HTTP/1.1\r\nHost: x\r\nOrigin: https://y\r\n" +
        "Access-Control-Request-Method: GET\r\n\r\n", true)]
    [InlineData("OPTIONS /json HTTP/1.1\r\nHost: x\r\n\r\n", false)]
    [InlineData("GET /int/42 HTTP/1.1\r\nHost: x\r\n\r\n", false)]
    public void A_request_allocates_nothing(string request, bool isWrapped)
    {
        var counting = new Counting();
        Handler handler = HandlerOf(new WrappedTable("/json", counting, new Counting()));

        Assert.Equal(0, AllocationTests.MeasureRequests(request, handler: handler));
        Assert.Equal(isWrapped, counting.Count > 0);
    }

    [Fact]
    public async Task The_answer_to_a_preflight_is_the_automatic_one_at_every_split()
    {
        Handler handler = HandlerOf(new WrappedTable("/json", new Counting()));
        const string request = "OPTIONS /json HTTP/1.1\r\nHost: x\r\nOrigin: https://y\r\n";

        WireAnswer plain = await Engine.PlayAtEverySplitAsync(request + "\r\n", handler: handler);
        WireAnswer preflight = await Engine.PlayAtEverySplitAsync(
            request + "Access-Control-Request-Method: GET\r\n\r\n", handler: handler);

        Assert.Equal("200", plain.Statuses);
        Assert.Equal(plain.Text, preflight.Text);
    }

    [Fact]
    public void A_table_with_middleware_wants_the_server_that_it_runs_in() =>
        Assert.Throws<ArgumentNullException>(() => new Router(new WrappedTable("/json", new Counting())));

    [Fact]
    public void Problems_with_options_stay_what_they_are_and_say_where()
    {
        var table = new WrappedTable("/json", new Refusing());

        OptionsException thrown = Assert.Throws<OptionsException>(() => HandlerOf(table));
        Assert.Equal(
            ["Refusing around GET /json: first", "Refusing around GET /json: second"], thrown.Problems);
    }

    private static Handler HandlerOf(RouteTable table) => new Router(table, new ServerContext
    {
        Logger = NullLogger.Instance,
        TimeProvider = TimeProvider.System,
        Services = new ServiceSet(),
        Routes = table,
        Stopping = CancellationToken.None,
    }).HandleAsync;

    private sealed class Counting : IMiddleware
    {
        public int Count { get; private set; }

        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            Count++;
            return next(exchange);
        };
    }

    private sealed class Refusing : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) => throw new OptionsException(["first", "second"]);
    }
}
