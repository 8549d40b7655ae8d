using System.Buffers.Text;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Waymark.Http;
using Ascii = Waymark.Buffers.Ascii;

namespace Waymark.Realtime;

/// <summary>What a client offers of permessage-deflate, and what is agreed on: RFC 7692 section 7.1.</summary>
internal struct DeflateOffer
{
    private bool _isServerContextRefused;
    private bool _isClientContextRefused;
    private int _serverBits;
    private int _clientBits;
    private bool _letsClientBits;

    /// <summary>Takes the first offer that can be met; the answer leaves out the rest.</summary>
    /// <param name="request">The handshake.</param>
    /// <param name="compression">What the program wants.</param>
    /// <param name="agreed">What the frames are read and written with.</param>
    /// <param name="field">The value of Sec-WebSocket-Extensions.</param>
    public static bool TryAgree(
        Request request, WebSocketCompression compression, out WebSocketDeflateOptions? agreed, out string field)
    {
        foreach (HeaderLine line in request.Headers)
        {
            if (!Ascii.EqualsIgnoreCase(line.Name, "sec-websocket-extensions"u8))
                continue;
            ReadOnlySpan<byte> rest = line.Value;
            while (!rest.IsEmpty)
            {
                // A quoted comma would tear an offer in two, of which neither can be read: it is declined.
                if (TryRead(Ascii.TakeElement(ref rest, (byte)','), out DeflateOffer offer))
                {
                    agreed = offer.Agree(compression, out field);
                    return true;
                }
            }
        }

        agreed = null;
        field = "";
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> element, out DeflateOffer offer)
    {
        offer = new DeflateOffer { _serverBits = 15, _clientBits = 15 };
        if (!Ascii.EqualsIgnoreCase(Ascii.TakeElement(ref element, (byte)';'), "permessage-deflate"u8))
            return false;
        int seen = 0;
        while (!element.IsEmpty)
        {
            ReadOnlySpan<byte> parameter = Ascii.TakeElement(ref element, (byte)';');
            int flag = offer.Read(parameter);

            // RFC 7692 section 7.1: an unknown, wrong or repeated parameter declines the offer.
            if (flag == 0 || (seen & flag) != 0)
                return false;
            seen |= flag;
        }

        return true;
    }

    /// <returns>A bit of its own for each parameter; 0 for one that cannot be met.</returns>
    private int Read(ReadOnlySpan<byte> parameter)
    {
        int equals = parameter.IndexOf((byte)'=');
        ReadOnlySpan<byte> name = Ascii.Trim(equals < 0 ? parameter : parameter[..equals]);
        ReadOnlySpan<byte> value = equals < 0 ? default : Ascii.Trim(parameter[(equals + 1)..]).Trim("\""u8);
        if (name.SequenceEqual("server_no_context_takeover"u8) && equals < 0)
        {
            _isServerContextRefused = true;
            return 1;
        }

        if (name.SequenceEqual("client_no_context_takeover"u8) && equals < 0)
        {
            _isClientContextRefused = true;
            return 2;
        }

        // A window of 8 bits is allowed, and no zlib can write it.
        if (name.SequenceEqual("server_max_window_bits"u8))
            return TryReadBits(value, 9, out _serverBits) ? 4 : 0;
        if (!name.SequenceEqual("client_max_window_bits"u8))
            return 0;
        _letsClientBits = true;
        return equals < 0 || TryReadBits(value, 8, out _clientBits) ? 8 : 0;
    }

    private readonly WebSocketDeflateOptions Agree(WebSocketCompression compression, out string field)
    {
        int serverBits = Math.Min(_serverBits, compression.ServerWindowBits);
        int clientBits = _letsClientBits ? Math.Max(9, Math.Min(_clientBits, compression.ClientWindowBits)) : 15;
        bool keepsServer = compression.KeepsContext && !_isServerContextRefused;
        bool keepsClient = compression.KeepsContext && !_isClientContextRefused;
        var text = new StringBuilder("permessage-deflate");
        if (!keepsServer)
            text.Append("; server_no_context_takeover");
        if (!keepsClient)
            text.Append("; client_no_context_takeover");
        if (serverBits < 15)
            text.Append(CultureInfo.InvariantCulture, $"; server_max_window_bits={serverBits}");

        // Who offers less than 9 bits sends with that; reading takes the larger window.
        if (clientBits < 15 && _clientBits >= clientBits)
            text.Append(CultureInfo.InvariantCulture, $"; client_max_window_bits={clientBits}");
        field = text.ToString();
        return new WebSocketDeflateOptions
        {
            ServerMaxWindowBits = serverBits,
            ClientMaxWindowBits = clientBits,
            ServerContextTakeover = keepsServer,
            ClientContextTakeover = keepsClient,
        };
    }

    private static bool TryReadBits(ReadOnlySpan<byte> value, int bitsMin, out int bits) =>
        Utf8Parser.TryParse(value, out bits, out int used) && used == value.Length && value.Length is 1 or 2
        && value[0] != (byte)'0' && bits >= bitsMin && bits <= 15;
}
