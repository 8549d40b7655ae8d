using System.Text.Json;

namespace Waymark.Middleware;

/// <summary>A token taken apart: RFC 7515 section 7.1. Nothing is true before the signature is verified.</summary>
/// <remarks>
/// <code>BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)</code>
/// Of the header, <c>alg</c>, <c>kid</c> and <c>typ</c> are read. Keys inside it and addresses of keys (jwk, jku, x5c,
/// x5u) are of no account: who signs does not say with what to verify.
/// </remarks>
internal readonly ref struct JwtToken
{
    private JwtToken(JwtAlgorithm? algorithm, string? keyId, string? type)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        Type = type;
    }

    public JwtAlgorithm? Algorithm { get; }

    public string? KeyId { get; }

    public string? Type { get; }

    /// <summary>What is signed.</summary>
    public ReadOnlySpan<byte> Signed { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <summary>Takes a token apart.</summary>
    public static JwtRejection Read(ReadOnlySpan<byte> text, out JwtToken token)
    {
        token = default;
        int first = text.IndexOf((byte)'.');
        int last = text.LastIndexOf((byte)'.');
        if (first <= 0 || last == first || text.Count((byte)'.') != 2
            || !Base64UrlText.TryDecode(text[..first], out byte[]? header)
            || !Base64UrlText.TryDecode(text[(first + 1)..last], out byte[]? payload)
            || !Base64UrlText.TryDecode(text[(last + 1)..], out byte[]? signature)
            || !JsonChecks.TryParseObject(header, out JsonElement? members))
        {
            return JwtRejection.Malformed;
        }

        // RFC 7515 section 4.1.11: none of what crit could name is known here. b64 (RFC 7797) needs crit, and without
        // it would mean something else to others.
        if (members.Value.TryGetProperty("crit", out _) || members.Value.TryGetProperty("b64", out _))
            return JwtRejection.Critical;
        if (!TryRead(members.Value, "alg", out string? name) || name is null
            || !TryRead(members.Value, "kid", out string? keyId) || !TryRead(members.Value, "typ", out string? type))
        {
            return JwtRejection.Malformed;
        }

        token = new JwtToken(JwksReader.AlgorithmOf(name), keyId, type)
        {
            Signed = text[..last],
            Payload = payload,
            Signature = signature,
        };
        return JwtRejection.None;
    }

    /// <summary>A member that is a string or missing; false for anything else.</summary>
    private static bool TryRead(JsonElement members, string name, out string? value)
    {
        value = null;
        if (!members.TryGetProperty(name, out JsonElement member))
            return true;
        if (member.ValueKind != JsonValueKind.String)
            return false;
        value = member.GetString();
        return true;
    }
}
