using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark;

// Serves until Ctrl+C or SIGTERM: lines at the first address, JSON in lines at the second.
string lineAddress = args.ElementAtOrDefault(0) ?? "tcp://localhost:7000";
string jsonAddress = args.ElementAtOrDefault(1) ?? "tcp://localhost:7001";
await using var lines = TcpServer.Create(new LineProtocol(), new LineEcho());
await using var json = TcpServer.Create(
    new JsonLinesProtocol<Question, Answer>(EchoJson.Default.Question, EchoJson.Default.Answer), new JsonEcho());
return await lines.AddServer(json, jsonAddress).RunAsync(lineAddress);

/// <summary>Sends back what it gets, and after "quit" closes.</summary>
internal sealed class LineEcho : StreamHandler<string, string>
{
    protected override async ValueTask HandleAsync(StreamClient<string, string> client, CancellationToken stop)
    {
        string line = await client.ReceiveAsync(TimeSpan.FromMinutes(5), stop);
        await client.SendAsync(line, stop);
        if (line == "quit")
            await client.CloseAsync();
    }
}

/// <summary>Numbers what each client says; what is no JSON gets an error, and the connection stays.</summary>
internal sealed class JsonEcho : StreamHandler<Question, Answer, Session>
{
    protected override Session CreateState(ConnectionInfo connection) => new();

    protected override async ValueTask HandleAsync(
        StreamClient<Question, Answer, Session> client, CancellationToken stop)
    {
        Answer answer;
        try
        {
            Question question = await client.ReceiveAsync(TimeSpan.FromMinutes(5), stop);
            answer = new Answer(question.Text, ++client.State.Count, null);
        }
        catch (StreamProtocolException e)
        {
            answer = new Answer(null, null, e.Message);
        }

        await client.SendAsync(answer, stop);
    }
}

internal sealed class Session
{
    public int Count { get; set; }
}

internal sealed record Question(string Text);

internal sealed record Answer(string? Text, int? Number, string? Error);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class EchoJson : JsonSerializerContext;
