using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Waymark.CompilerServices;

namespace Waymark.Wire.Tests.Support;

/// <summary>A route table by hand: the protocol is tested without the generator.</summary>
internal sealed class TestTable : RouteTable
{
    private static readonly (string Method, string Path, Func<Exchange, ValueTask> Handler)[] Rows =
    [
        ("GET", "/", static exchange => ResultWriter.Text(exchange, "hello")),
        ("GET", "/json", static exchange => ResultWriter.Json(exchange, Point.One, Json)),
        ("POST", "/json", PostJsonAsync),
        ("GET", "/null", static exchange => ResultWriter.Json(exchange, (Point?)null, Json)),
        ("GET", "/nothing", static exchange => ResultWriter.Nothing(exchange)),
        ("GET", "/bytes", static exchange => ResultWriter.Bytes(exchange, new byte[100_000])),
        ("POST", "/echo", EchoAsync),
        ("POST", "/len", LengthAsync),
        ("POST", "/ignore", static exchange => ResultWriter.Text(exchange, "ignored")),
        ("GET", "/throw", static exchange => throw new InvalidOperationException("secret")),
        ("GET", "/throw-later", ThrowLaterAsync),
        ("GET", "/throw-after", ThrowAfterAsync),
        ("GET", "/chunked", ChunkedAsync),
        ("GET", "/short", static exchange => Declare(exchange, 10, "short")),
        ("GET", "/long", static exchange => Declare(exchange, 2, "long")),
        ("GET", "/split", static exchange => SetField(exchange, "a\r\nSet-Cookie: b")),
        ("GET", "/304", static exchange => Status(exchange, 304)),
        ("GET", "/204-body", static exchange => Status(exchange, 204)),
        ("GET", "/query", Query),
        ("GET", "/int/*", IntOf),
        ("GET", "/text/*", TextOf),
    ];

    private static JsonTypeInfo<Point> Json => TestJson.Default.Point;

    public override IReadOnlyList<RouteInfo> Routes { get; } =
        Rows.Select(row => new RouteInfo(row.Method, row.Path, "Test")).ToArray();

    protected internal override int Match(ReadOnlySpan<byte> path, Verbs verb, ref RouteMatch match)
    {
        match.Allow = Verbs.None;
        for (int index = 0; index < Rows.Length; index++)
        {
            (string method, string template, _) = Rows[index];
            int star = template.IndexOf('*', StringComparison.Ordinal);
            ReadOnlySpan<byte> start = star < 0 ? path : path[..Math.Min(star, path.Length)];
            if (!System.Text.Ascii.Equals(start, star < 0 ? template : template.AsSpan(0, star)))
                continue;
            if (star >= 0)
                match.Capture(0, star, path.Length);
            Verbs own = method == "GET" ? Verbs.Get | Verbs.Head : Verbs.Post;
            if ((own & verb) != 0)
                return index;
            match.Allow |= own | Verbs.Options;
        }

        return NoRoute;
    }

    protected internal override ValueTask InvokeAsync(int route, Exchange exchange) => Rows[route].Handler(exchange);

    private static ValueTask Query(Exchange exchange)
    {
        BindErrors errors = default;
        int n = Bind.Optional<int, Int32Parser>(RequestValue.Query(exchange, "n"u8, "n"), 7, ref errors);
        return errors.IsEmpty
            ? ResultWriter.Text(exchange, n == 7 ? "seven" : "other")
            : Bind.Reject(exchange, errors);
    }

    private static ValueTask IntOf(Exchange exchange)
    {
        BindErrors errors = default;
        int id = Bind.Required<int, Int32Parser>(RequestValue.Path(exchange, 0, "id"), ref errors);
        return errors.IsEmpty
            ? ResultWriter.Text(exchange, id == 42 ? "forty-two" : "other")
            : Bind.Reject(exchange, errors);
    }

    private static ValueTask TextOf(Exchange exchange)
    {
        BindErrors errors = default;
        RequestValue value = RequestValue.Path(exchange, 0, "text");
        return ResultWriter.Text(exchange, Bind.Optional<string, TextParser>(value, "", ref errors));
    }

    private static async ValueTask PostJsonAsync(Exchange exchange)
    {
        BodyValue<Point> body = await Bind.JsonAsync(exchange, Json, isRequired: true);
        if (body.HasValue)
            await ResultWriter.Json(exchange, body.Value! with { X = body.Value!.X + 1 }, Json);
        else
            await Bind.Reject(exchange, default, body.Refusal);
    }

    private static async ValueTask EchoAsync(Exchange exchange)
    {
        byte[] buffer = new byte[7];
        for (int count; (count = await exchange.Request.Body.ReadAsync(buffer)) > 0;)
            exchange.Response.Write(buffer.AsSpan(0, count));
    }

    private static async ValueTask LengthAsync(Exchange exchange)
    {
        ReadOnlyMemory<byte> body = await exchange.Request.Body.ReadAllAsync();
        var text = new StringBuilder($"{body.Length}");
        foreach (var line in exchange.Request.Body.Trailers)
            text.Append($" {Encoding.ASCII.GetString(line.Name)}={Encoding.ASCII.GetString(line.Value)}");
        exchange.Response.Write(text.ToString());
    }

    private static async ValueTask ThrowLaterAsync(Exchange exchange)
    {
        exchange.Response.Write("half");
        await Task.Yield();
        throw new InvalidOperationException("secret");
    }

    private static async ValueTask ThrowAfterAsync(Exchange exchange)
    {
        exchange.Response.Write("half");
        await exchange.Response.FlushAsync();
        throw new InvalidOperationException("secret");
    }

    private static async ValueTask ChunkedAsync(Exchange exchange)
    {
        for (int part = 0; part < 3; part++)
        {
            exchange.Response.Write($"part{part}\n");
            await exchange.Response.FlushAsync();
        }
    }

    private static ValueTask Declare(Exchange exchange, long length, string text)
    {
        exchange.Response.ContentLength = length;
        exchange.Response.Write(text);
        return ValueTask.CompletedTask;
    }

    private static ValueTask SetField(Exchange exchange, string value)
    {
        exchange.Response.Headers.Set("X-Val", value);
        return ResultWriter.Text(exchange, "set");
    }

    private static ValueTask Status(Exchange exchange, int status)
    {
        exchange.Response.StatusCode = status;
        exchange.Response.Write("a body that may not be sent");
        return ValueTask.CompletedTask;
    }
}

internal sealed record Point(int X, int Y)
{
    public static readonly Point One = new(1, 1);
}

[JsonSerializable(typeof(Point))]
internal sealed partial class TestJson : JsonSerializerContext;
