using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Waymark.Generator.Model;

namespace Waymark.Generator.Extraction;

/// <summary>Reads what is special about <c>[WebSocket]</c>: its options, and what its handler must look like.</summary>
internal static class WebSocketReader
{
    private const string Misshapen = "WM5013";
    private const int SecondsMax = 86_400;
    private const int Never = -1;

    /// <summary>The options of a WebSocket route; null for any other route.</summary>
    public static WebSocketModel? Read(AttributeData attribute, ImmutableArray<Problem>.Builder problems)
    {
        if (attribute.AttributeClass is not { Name: "WebSocketAttribute" })
            return null;
        var options = new List<MemberValue>();
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            // What does not compile is the compiler's to report.
            if (argument.Value.Kind == TypedConstantKind.Error)
                continue;
            if (OptionOf(argument.Key, argument.Value) is { } option)
                options.Add(option);
            if (FindMistake(argument.Key, argument.Value) is { } mistake)
                problems.Add(Problem.AtMethod(Misshapen, $"[WebSocket] has {argument.Key} {mistake}"));
        }

        return new WebSocketModel(options.ToEquatableArray());
    }

    /// <summary>Adds what is wrong with the handler of a WebSocket, or with a socket in another handler.</summary>
    /// <param name="method">The handler.</param>
    /// <param name="verb">The verb of the route.</param>
    /// <param name="isWebSocket">True under <c>[WebSocket]</c>.</param>
    /// <param name="parameters">Those that could be bound.</param>
    /// <param name="problems">Takes the problems.</param>
    public static void Check(
        IMethodSymbol method,
        string verb,
        bool isWebSocket,
        EquatableArray<ParameterModel> parameters,
        ImmutableArray<Problem>.Builder problems)
    {
        int sockets = 0;
        foreach (ParameterModel parameter in parameters)
        {
            foreach (ParameterModel leaf in parameter.Leaves)
            {
                string? mistake = leaf.Source switch
                {
                    ParameterSource.WebSocket when !isWebSocket =>
                        $"is a WebSocket, which no {verb} route opens: write [WebSocket(\"…\")] above " +
                        $"'{method.Name}'.",
                    ParameterSource.WebSocket when parameter.Source == ParameterSource.Members =>
                        "holds a WebSocket, which is not open yet when values are gathered: take it as a parameter " +
                        "of its own.",
                    ParameterSource.WebSocket when ++sockets > 1 =>
                        "is a second WebSocket, and there is one: take it once.",
                    ParameterSource.Body when isWebSocket =>
                        "is read from the body, and a request that opens a WebSocket has none: take it from the path " +
                        "or the query, or send it as the first message.",
                    _ => null,
                };
                if (mistake is not null)
                    problems.Add(Problem.AtParameter(Misshapen, parameter.Name, $"'{parameter.Name}' {mistake}"));
            }
        }

        if (isWebSocket)
            CheckShape(method, problems);
    }

    /// <summary>True for a type that a handler takes its socket as.</summary>
    public static bool IsSocket(ITypeSymbol type) => type is INamedTypeSymbol { Name: "WebSocket" } named
        && TypeNames.IsIn(named, "System", "Net", "WebSockets");

    private static void CheckShape(IMethodSymbol method, ImmutableArray<Problem>.Builder problems)
    {
        if (!method.Parameters.Any(parameter => IsSocket(parameter.Type)))
        {
            problems.Add(Problem.AtMethod(
                Misshapen,
                $"The handler '{method.Name}' opens a WebSocket and does not take it: add a parameter of the type " +
                "'System.Net.WebSockets.WebSocket', or use [Get]."));
        }

        if (method.ReturnType is not INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 } type
            || !TypeNames.IsIn(type, "System", "Threading", "Tasks"))
        {
            problems.Add(Problem.AtMethod(
                Misshapen,
                $"The handler '{method.Name}' returns '{TypeNames.Shown(method.ReturnType)}': a WebSocket is open " +
                "until its handler's task ends, and has no other answer than its messages. Return Task or ValueTask."));
        }
    }

    private static MemberValue? OptionOf(string name, TypedConstant value) => name switch
    {
        "PingIntervalSeconds" => new MemberValue("PingInterval", TimeOf(value)),
        "PingTimeoutSeconds" => new MemberValue("PingTimeout", TimeOf(value)),
        "CloseTimeoutSeconds" => new MemberValue("CloseTimeout", TimeOf(value)),
        "Compresses" => value.Value is true
            ? new MemberValue("Compression", "new global::Waymark.WebSocketCompression()")
            : null,
        "Subprotocols" or "AllowedOrigins" => value.IsNull ? null : new MemberValue(name, ConstantText.Of(value)),
        "MessageBytesMax" or "FrameBytesMax" => new MemberValue(name, ConstantText.Of(value)),
        _ => null,
    };

    private static string TimeOf(TypedConstant seconds) => seconds.Value is int and not Never
        ? $"new global::System.TimeSpan(0, 0, {((int)seconds.Value).ToString(CultureInfo.InvariantCulture)})"
        : "global::System.Threading.Timeout.InfiniteTimeSpan";

    /// <summary>As WebSocketOptions validates its values when the socket opens, which is late for a constant.</summary>
    private static string? FindMistake(string name, TypedConstant value) => (name, value.Kind) switch
    {
        ("Subprotocols" or "AllowedOrigins", TypedConstantKind.Array) when value.IsNull => null,
        ("Subprotocols", TypedConstantKind.Array) => value.Values
            .Select(item => item.Value as string ?? "")
            .Where(item => !IsToken(item))
            .Select(item => $"\"{item}\": a subprotocol is a token (RFC 6455 section 4.1).")
            .FirstOrDefault(),
        ("AllowedOrigins", TypedConstantKind.Array) => value.Values
            .Select(item => item.Value as string ?? "")
            .Where(item => item is not ("*" or "null") && !IsOrigin(item))
            .Select(item => $"\"{item}\": an origin is a scheme and a host, such as https://app.example.com.")
            .FirstOrDefault(),
        ("MessageBytesMax", _) when value.Value is < 1 => "below 1.",
        ("FrameBytesMax", _) when value.Value is < 125 => "below 125.",
        ("PingIntervalSeconds", _) when value.Value is int seconds and not Never && IsNoTime(seconds) =>
            $"of {seconds}: it is from 1 to {SecondsMax}, or -1 for never.",
        ("PingTimeoutSeconds" or "CloseTimeoutSeconds", _) when value.Value is int seconds && IsNoTime(seconds) =>
            $"of {seconds}: it is from 1 to {SecondsMax}.",
        _ => null,
    };

    private static bool IsNoTime(int seconds) => seconds is < 1 or > SecondsMax;

    private static bool IsOrigin(string text)
    {
        int host = text.IndexOf("://", StringComparison.Ordinal) + 3;
        return host > 3 && host < text.Length && text.IndexOfAny(['/', '?', '#', '@', ' '], host) < 0;
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(character =>
        character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'
        || "!#$%&'*+-.^_`|~".IndexOf(character) >= 0);
}
