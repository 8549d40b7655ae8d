using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

return await Program.MakeServer().RunAsync(args);

internal static partial class Program
{
    internal static HttpServer MakeServer()
    {
        var server = new HttpServer(Routes.Table);

        // An exception of yours becomes an answer; the most derived mapping counts.
        server.MapException<KeyNotFoundException>(404);
        server.MapException<OutOfMoneyException>(e => new ProblemDetails
        {
            Status = 402,
            Title = "Not enough money",
            Detail = $"{e.Missing} is missing.",
            Extensions = { { "missing", e.Missing } },
        });

        // Sees every exception first; false leaves the answer to the mappings and, at last, to a bare 500.
        server.OnError((exchange, exception) =>
        {
            Console.Error.WriteLine($"{exchange.Request.Method} {exchange.Request.Path}: {exception.GetType().Name}");
            return ValueTask.FromResult(false);
        });
        return server;
    }
}

internal static class Accounts
{
    private static readonly Dictionary<string, decimal> Balances = new() { ["ada"] = 100 };

    [Get("/accounts/:name")]
    internal static Balance Read(string name) => new(name, Balances[name]);

    [Post("/accounts/:name/payments")]
    internal static Balance Pay(string name, decimal amount)
    {
        decimal left = Balances[name] - amount;
        return left >= 0 ? new Balance(name, left) : throw new OutOfMoneyException(-left);
    }

    // A problem that is no exception.
    [Delete("/accounts/:name")]
    internal static ProblemResult Close(string name) =>
        Results.Problem(409, $"The account of {name} still holds money.", title: "Account in use");

    // What nobody expects is logged with its trace, and the client gets a 500 that tells nothing.
    [Get("/bug")]
    internal static string Fail() => throw new InvalidOperationException("The password is 1234.");
}

internal sealed class OutOfMoneyException(decimal missing) : Exception
{
    public decimal Missing => missing;
}

internal sealed record Balance(string Name, decimal Amount);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Balance))]
internal sealed partial class AccountsJson : JsonSerializerContext;
