using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Benchmarks.Matching;

/// <summary>ASP.NET Core's endpoint routing with the routes of a table: <c>UseRouting</c>, then nothing.</summary>
/// <remarks>
/// A delegate behind the routing middleware ends the pipeline, so that matching and the choice of an endpoint are
/// measured and no handler is called: the same work as <see cref="RouteTable.Match"/>. The context is reused.
/// </remarks>
internal sealed class AspNetMatcher
{
    private readonly RequestDelegate _pipeline;
    private readonly DefaultHttpContext _context = new();

    public AspNetMatcher(RouteTable table)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddRouting();
        services.AddSingleton(new DiagnosticListener("Microsoft.AspNetCore"));
        var app = new ApplicationBuilder(services.BuildServiceProvider());
        app.UseRouting();
        app.Use((RequestDelegate _) => _ => Task.CompletedTask);
        app.UseEndpoints(endpoints =>
        {
            foreach (RouteInfo route in table.Routes)
                endpoints.MapMethods(TemplateOf(route), [route.Method], _ => Task.CompletedTask);
        });
        _pipeline = app.Build();
        _context.RequestServices = app.ApplicationServices;
    }

    /// <summary>The endpoint for a request, or null; 405 is an endpoint too.</summary>
    public Endpoint? Match(Probe probe)
    {
        _context.SetEndpoint(null);
        _context.Request.Path = probe.DecodedPath;
        _context.Request.Method = probe.Method;
        Task task = _pipeline(_context);
        if (!task.IsCompletedSuccessfully)
            task.GetAwaiter().GetResult();
        return _context.GetEndpoint();
    }

    /// <summary>The template in ASP.NET Core's own syntax.</summary>
    public static string TemplateOf(RouteInfo route) => Regex.Replace(
        Regex.Replace(route.Template, ":([A-Za-z0-9_]+)", "{$1}"), @"\*([A-Za-z0-9_]+)", "{**$1}");
}
