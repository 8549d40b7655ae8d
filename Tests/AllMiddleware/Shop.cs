using System.Net.WebSockets;
using System.Text;
using Waymark;

namespace AllMiddleware;

internal sealed record Order(int Id, string Lamp);

internal static class Shop
{
    private static readonly SealedCookie Session =
        SealedCookie.From(new SealedCookieOptions { Name = "session", Keys = [Secrets.CookieKey] });

    internal static readonly CsrfTokens Tokens = new(
        SealedCookie.From(new SealedCookieOptions { Name = "csrf", Keys = [Secrets.CookieKey] }));

    [Get("/")]
    internal static string Home(Exchange exchange) => $"{exchange.RequestId} {exchange.Request.RemoteEndPoint}\n";

    [Get("/long")]
    internal static string Long() => new('a', 100_000);

    [Post("/length")]
    internal static string Length([Body] string text) => $"{text.Length}\n";

    [Get("/orders/:id")]
    internal static Order Find(int id) => new(id, "bright");

    [Delete("/orders/:id"), Use<Audit>]
    internal static string Remove(int id) => $"{id} is gone\n";

    [Get("/me"), RequireUser]
    internal static string Me(Exchange exchange) => exchange.User!.Name;

    [Get("/scope"), RequireScope("orders:write")]
    internal static string Scope(Exchange exchange) => exchange.User!.Name;

    [Get("/role"), RequireRole("admin")]
    internal static string Role(Exchange exchange) => exchange.User!.Name;

    [Get("/few"), RateLimit(1, 3600)]
    internal static string Few() => "once\n";

    [Post("/session")]
    internal static void SignIn(Exchange exchange)
    {
        Session.Write(exchange, "user=7");
        exchange.Response.Cookies.Set("theme", "dark", new CookieOptions { MaxAge = TimeSpan.FromDays(400) });
    }

    [Get("/session")]
    internal static string? ReadSession(Exchange exchange) => Session.ReadText(exchange);

    [Get("/form")]
    internal static string Form(Exchange exchange) => Tokens.Issue(exchange);

    [Post("/form"), Use<FormToken>]
    internal static string Send() => "sent\n";

    [Get("/events")]
    internal static async IAsyncEnumerable<SseItem<Order>> Follow()
    {
        for (int id = 1; id <= 2; id++)
        {
            yield return new SseItem<Order>(new Order(id, "new"), "order", $"{id}");
            await Task.Yield();
        }
    }

    [WebSocket("/ws/:room", Subprotocols = ["echo"], Compresses = true)]
    internal static async Task Echo(string room, WebSocket socket, CancellationToken stop)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(room), WebSocketMessageType.Text, true, stop);
        Memory<byte> buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, stop) is { MessageType: not WebSocketMessageType.Close } part)
            await socket.SendAsync(buffer[..part.Count], part.MessageType, part.EndOfMessage, stop);
    }
}

/// <summary>A middleware of the program's own.</summary>
internal sealed class Audit : IMiddleware
{
    public Handler Wrap(Handler next, ServerContext server) => exchange =>
    {
        exchange.Response.Headers.Set("X-Audited", "yes");
        return next(exchange);
    };
}

/// <summary>The field X-CSRF-Token has to be the form's.</summary>
internal sealed class FormToken : IMiddleware
{
    public Handler Wrap(Handler next, ServerContext server) => Shop.Tokens.Wrap(next, server);
}
