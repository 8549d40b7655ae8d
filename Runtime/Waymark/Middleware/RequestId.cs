using System.Buffers;
using System.Security.Cryptography;
using Waymark.Http;
using Waymark.Routing;
using Waymark.Transport;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark;

/// <summary>
/// Gives every request an id (<see cref="Exchange.RequestId"/>), and sends it with every answer, errors included.
/// </summary>
/// <remarks>
/// An id that a trusted peer sends is taken over where it is one line of 1 to 128 letters, digits and
/// <c>-._~+/=:@</c>; otherwise one of 32 hexadecimal digits is made, unique among all servers. Making one allocates
/// nothing. Only requests that no handler sees, because they cannot be read, have none.
/// </remarks>
/// <example>
/// <code>
/// server.Use(RequestId.From(new RequestIdOptions { TrustedPeers = ["10.0.0.0/8"] }));
/// </code>
/// </example>
public static class RequestId
{
    internal const int LengthMax = 128;
    private const int FieldNameMax = 64;

    // No quote, backslash or blank, so that an id stands as it is in every log format and in every field.
    private static readonly SearchValues<byte> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=:@"u8);

    /// <summary>Makes an id for each request.</summary>
    /// <param name="options">Whose ids are taken over, and in which field; null for the defaults.</param>
    /// <returns>The middleware; on a server it stands outside of all others, wherever it was added.</returns>
    /// <exception cref="OptionsException">Values are out of their range: all are listed.</exception>
    public static IMiddleware From(RequestIdOptions? options = null)
    {
        options ??= new RequestIdOptions();
        var problems = new List<string>();
        byte[] name = System.Text.Encoding.UTF8.GetBytes(options.FieldName ?? "");
        if (name.Length is 0 or > FieldNameMax || name.AsSpan().ContainsAnyExcept(Ascii.Token))
        {
            problems.Add($"RequestIdOptions.FieldName is '{options.FieldName}'; it must be a token of 1 to "
                + $"{FieldNameMax} characters, for example X-Request-Id.");
        }

        TrustedPeers? trusted = options.TrustedPeers is { Count: 0 }
            ? null
            : TrustedPeers.Parse(options.TrustedPeers, "RequestIdOptions.TrustedPeers", problems);
        if (problems.Count > 0)
            throw new OptionsException(problems);
        return new Giver(name, trusted);
    }

    private sealed class Giver : IOutermost
    {
        private readonly byte[] _name;
        private readonly TrustedPeers? _trusted;
        private readonly Action<Exchange> _echo;
        private readonly ulong _connectionKey = Random();
        private readonly ulong _requestKey = Random();

        public Giver(byte[] name, TrustedPeers? trusted)
        {
            _name = name;
            _trusted = trusted;
            _echo = Echo;
        }

        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            // Outside and inside of a group: the outer one has decided.
            if (exchange.RequestIdBytes.IsEmpty)
            {
                if (_trusted is null || !_trusted.Contains(exchange.Connection.RemoteEndPoint) || !TryTake(exchange))
                    Make(exchange);
                exchange.OnStarting(_echo);
            }

            return next(exchange);
        };

        private void Echo(Exchange exchange) => exchange.Response.Headers.Set(_name, exchange.RequestIdBytes);

        private bool TryTake(Exchange exchange)
        {
            ReadOnlySpan<byte> found = default;
            foreach (HeaderLine line in exchange.Request.Headers)
            {
                if (!Ascii.EqualsIgnoreCase(line.Name, _name))
                    continue;
                if (!found.IsEmpty)
                    return false;
                found = line.Value;
            }

            if (found.Length is 0 or > LengthMax || found.ContainsAnyExcept(Allowed))
                return false;
            found.CopyTo(exchange.TakeRequestId(found.Length));
            return true;
        }

        /// <summary>
        /// Number of the connection and number of the request on it, each mixed by a bijection, so that no two requests
        /// of a server share an id; the keys keep servers apart, and nobody can tell how much traffic there is.
        /// </summary>
        private void Make(Exchange exchange)
        {
            ulong connection = Mix((ulong)exchange.Connection.Id ^ _connectionKey);
            ulong request = Mix((ulong)exchange.Connection.RequestCount ^ _requestKey ^ connection);
            Span<byte> id = exchange.TakeRequestId(32);
            WriteHex(connection, id);
            WriteHex(request, id[16..]);
        }

        // The finaliser of SplitMix64: every step can be undone, so different values stay different.
        private static ulong Mix(ulong value)
        {
            value = unchecked((value ^ (value >> 30)) * 0xbf58476d1ce4e5b9);
            value = unchecked((value ^ (value >> 27)) * 0x94d049bb133111eb);
            return value ^ (value >> 31);
        }

        private static void WriteHex(ulong value, Span<byte> target)
        {
            for (int index = 15; index >= 0; index--, value >>= 4)
                target[index] = "0123456789abcdef"u8[(int)(value & 15)];
        }

        private static ulong Random() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    }
}
