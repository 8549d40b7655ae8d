using System.Reflection;
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

        string golden = $"""
            Waymark {Banner.Version}

              http://127.0.0.1:8080
              http://[::1]:8080

              GET     /           Home.Index
              DELETE  /users/:id  Users.Remove
              GET     /users/:id  Users.Find

            Ctrl+C stops.

            """;
        string banner = Banner.Format(["http://127.0.0.1:8080", "http://[::1]:8080"], routes, TextStyle.Plain);
        Assert.Equal(golden, banner);

        Assert.DoesNotContain('\u001b', banner);
    }

    [Fact]
    public void A_table_without_routes_says_so()
    {
        string golden = $"""
            Waymark {Banner.Version}

              unix:@app

              No routes: every request is answered 404.

            Ctrl+C stops.

            """;
        Assert.Equal(golden, Banner.Format(["unix:@app"], [], TextStyle.Plain));
    }

    [Fact]
    public void The_banners_version_is_the_assemblys() =>
        Assert.Equal(
            Banner.Version,
            typeof(HttpServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion.Split('+')[0]);
}
