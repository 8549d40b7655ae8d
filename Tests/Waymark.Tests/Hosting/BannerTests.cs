using Waymark.Hosting;

namespace Waymark.Tests.Hosting;

public sealed class BannerTests
{
    [Fact]
    public void H33_The_banner_shows_addresses_and_routes_in_columns()
    {
        RouteInfo[] routes =
        [
            new("GET", "/", "Home.Index"),
            new("DELETE", "/users/:id", "Users.Remove"),
            new("GET", "/users/:id", "Users.Find"),
        ];

        const string Golden = """
            Waymark 0.1.0

              http://127.0.0.1:8080
              http://[::1]:8080

              GET     /           Home.Index
              DELETE  /users/:id  Users.Remove
              GET     /users/:id  Users.Find

            Ctrl+C stops.

            """;
        string banner = Banner.Format(["http://127.0.0.1:8080", "http://[::1]:8080"], routes, TextStyle.Plain);
        Assert.Equal(Golden, banner);

        Assert.DoesNotContain('\u001b', banner);
    }

    [Fact]
    public void A_table_without_routes_says_so()
    {
        const string Golden = """
            Waymark 0.1.0

              unix:@app

              No routes: every request is answered 404.

            Ctrl+C stops.

            """;
        Assert.Equal(Golden, Banner.Format(["unix:@app"], [], TextStyle.Plain));
    }

    [Fact]
    public void The_banners_version_is_the_assemblys() =>
        Assert.Equal(Banner.Version, typeof(HttpServer).Assembly.GetName().Version!.ToString(3));
}
