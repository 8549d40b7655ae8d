using Waymark.CompilerServices;

namespace Waymark.Tests.Hosting;

public sealed class ServiceTests
{
    [Fact]
    public void A_server_without_the_services_of_its_handlers_is_not_made()
    {
        var table = new NeedyTable();
        OptionsException none = Assert.Throws<OptionsException>(() => new HttpServer(table));
        Assert.Contains("GET /clock takes the service System.TimeProvider", none.Message, StringComparison.Ordinal);
        Assert.Contains("ServerOptions.Services is not set", none.Message, StringComparison.Ordinal);

        var empty = new ServerOptions { Services = new ServiceSet { "another" } };
        OptionsException missing = Assert.Throws<OptionsException>(() => new HttpServer(table, empty));
        Assert.Contains("does not have", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_mounted_table_needs_is_needed()
    {
        var host = new NeedyTable { Tables = [new NeedyTable()], Needs = [] };
        Assert.Throws<OptionsException>(() => new HttpServer(host));
    }

    [Fact]
    public async Task A_provider_that_cannot_tell_is_not_asked_for_a_service()
    {
        var silent = new SilentServices();
        await using var server = new HttpServer(new NeedyTable(), new ServerOptions { Services = silent });
        Assert.DoesNotContain(typeof(TimeProvider), silent.Asked);
    }

    [Fact]
    public async Task Services_are_found_by_the_type_they_were_added_under()
    {
        var services = new ServiceSet { TimeProvider.System };
        await using var server = new HttpServer(new NeedyTable(), new ServerOptions { Services = services });
        Assert.Same(TimeProvider.System, services.GetService(typeof(TimeProvider)));
        Assert.Null(services.GetService(typeof(object)));
        Assert.Throws<ArgumentException>(() => services.Add(TimeProvider.System));
    }

    private sealed class SilentServices : IServiceProvider
    {
        public List<Type> Asked { get; } = [];

        public object? GetService(Type serviceType)
        {
            Asked.Add(serviceType);
            return null;
        }
    }

    private sealed class NeedyTable : RouteTable
    {
        public IReadOnlyList<RequiredService> Needs { get; init; } =
            [new RequiredService(typeof(TimeProvider), "GET /clock")];

        public IReadOnlyList<RouteTable> Tables { get; init; } = [];

        public override IReadOnlyList<RouteInfo> Routes => [];

        protected internal override IReadOnlyList<RequiredService> RequiredServices => Needs;

        protected internal override IReadOnlyList<RouteTable> Mounted => Tables;

        protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match) => NoRoute;

        protected internal override ValueTask InvokeAsync(int route, Exchange exchange) => ValueTask.CompletedTask;
    }
}
