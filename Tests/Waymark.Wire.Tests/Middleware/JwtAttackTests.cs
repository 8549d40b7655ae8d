using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Waymark.Middleware;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Tokens that others have believed: RFC 8725 section 2, and what was found since.</summary>
public sealed class JwtAttackTests
{
    private const string Payload = """{"sub":"eve","exp":1772360000}""";

    private static readonly string PublicPem = JwtMaker.Rsa.ExportSubjectPublicKeyInfoPem();

    private static readonly JwtKey[] Keys =
    [
        JwtKey.FromPem(JwtAlgorithm.RS256, PublicPem, "r"),
        JwtKey.FromPem(JwtAlgorithm.ES256, JwtMaker.P256.ExportSubjectPublicKeyInfoPem(), "e"),
        JwtKey.Hmac(JwtAlgorithm.HS256, JwtMaker.Secret, "h"),
    ];

    public static TheoryData<string, string, string> Attacks
    {
        get
        {
            string none = JwtMaker.Encode("""{"alg":"none"}""") + "." + JwtMaker.Encode(Payload);
            string good = JwtMaker.Rs256(Payload);
            string data = good[..good.LastIndexOf('.')];
            string curve = JwtMaker.Es256(Payload);
            string curveData = curve[..curve.LastIndexOf('.')];
            string[] parts = good.Split('.');
            string cut = Base64Url.EncodeToString(Base64Url.DecodeFromChars(parts[2]).AsSpan()[..^1]);
            string root = JwtMaker.Encode("""{"sub":"root","exp":1772360000}""");
            return new()
            {
                { "none without a signature", none + ".", "UnknownKey" },
                { "none with a signature", none + "." + parts[2], "UnknownKey" },
                { "none in two parts", none, "Malformed" },
                { "None in another case", JwtMaker.Hs256(Payload, """{"alg":"nOnE","kid":"h"}"""), "UnknownKey" },
                { "a lower-case algorithm", JwtMaker.Hs256(Payload, """{"alg":"hs256","kid":"h"}"""), "UnknownKey" },
                { "an empty algorithm", JwtMaker.Hs256(Payload, """{"alg":"","kid":"h"}"""), "UnknownKey" },
                { "no algorithm", JwtMaker.Hs256(Payload, """{"kid":"h"}"""), "Malformed" },
                { "a null algorithm", JwtMaker.Hs256(Payload, """{"alg":null,"kid":"h"}"""), "Malformed" },
                { "two algorithms", JwtMaker.Hs256(Payload, """{"alg":"HS256","alg":"none"}"""), "Malformed" },
                { "two algorithms, one escaped", JwtMaker.Hs256(Payload, """{"alg":"HS256","\u0061lg":"none"}"""), "Malformed" },
                { "an array of algorithms", JwtMaker.Hs256(Payload, """{"alg":["HS256"]}"""), "Malformed" },
                { "the public key as a secret", Confused("""{"alg":"HS256","kid":"r"}"""), "UnknownKey" },
                { "the public key as a secret, unnamed", Confused("""{"alg":"HS256"}"""), "Signature" },
                { "another RSA padding", JwtMaker.Rs256(Payload, """{"alg":"PS256","kid":"r"}"""), "UnknownKey" },
                { "another hash", JwtMaker.Rs256(Payload, """{"alg":"RS512","kid":"r"}"""), "UnknownKey" },
                { "a signature cut short", data + "." + cut, "Signature" },
                { "an empty signature", data + ".", "Signature" },
                { "a signature of zeros", data + "." + Base64Url.EncodeToString(new byte[256]), "Signature" },
                { "ECDSA zeros", curveData + "." + Base64Url.EncodeToString(new byte[64]), "Signature" },
                { "ECDSA R of zero", curveData + "." + Base64Url.EncodeToString([.. new byte[32], .. Ones()]), "Signature" },
                { "ECDSA S of zero", curveData + "." + Base64Url.EncodeToString([.. Ones(), .. new byte[32]]), "Signature" },
                { "ECDSA in DER", JwtMaker.Sign("""{"alg":"ES256","kid":"e"}""", Payload, Der), "Signature" },
                { "R and S beyond the order of the curve", curveData + "." + Beyond(), "Signature" },
                { "another's name on a key", JwtMaker.Rs256(Payload, """{"alg":"RS256","kid":"e"}"""), "UnknownKey" },
                { "a key that there is not", JwtMaker.Rs256(Payload, """{"alg":"RS256","kid":"../../dev/null"}"""), "UnknownKey" },
                { "an injection in kid", JwtMaker.Hs256(Payload, """{"alg":"HS256","kid":"x' UNION SELECT 'k"}"""), "UnknownKey" },
                { "a kid that is a number", JwtMaker.Hs256(Payload, """{"alg":"HS256","kid":1}"""), "Malformed" },
                { "a kid that is null", JwtMaker.Hs256(Payload, """{"alg":"HS256","kid":null}"""), "Malformed" },
                { "a key of its own", OwnKey(), "Signature" },
                { "critical extensions", JwtMaker.Hs256(Payload, """{"alg":"HS256","crit":["exp"],"exp":1}"""), "Critical" },
                { "no critical extensions", JwtMaker.Hs256(Payload, """{"alg":"HS256","crit":[]}"""), "Critical" },
                { "an unencoded payload", JwtMaker.Hs256(Payload, """{"alg":"HS256","b64":false}"""), "Critical" },
                { "padding", good + "==", "Malformed" },
                { "another last character", OtherLast(curve), "Malformed" },
                { "a dot more", good + ".", "Malformed" },
                { "five parts", good + ".a.b", "Malformed" },
                { "no header", good[parts[0].Length..], "Malformed" },
                { "an empty payload", $"{parts[0]}..{parts[2]}", "Signature" },
                { "the payload of another", $"{parts[0]}.{root}.{parts[2]}", "Signature" },
                { "a header that is no object", JwtMaker.Hs256(Payload, "[]"), "Malformed" },
                { "a header that is no JSON", JwtMaker.Hs256(Payload, "alg"), "Malformed" },
                { "nothing", "..", "Malformed" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task It_is_refused(string attack, string token, string rejection)
    {
        var validator = new JwtValidator(new JwtAuthenticationOptions());
        DateTimeOffset now = new Waymark.Tests.Support.ManualTimeProvider().GetUtcNow();
        JwtRejection found = validator.Validate(Encoding.UTF8.GetBytes(token), Keys, now, out AcceptedToken accepted);
        Assert.True(found.ToString() == rejection, $"{attack}: {found}");
        Assert.Null(accepted.User);

        JwtAuthentication scheme = JwtAuthentication.From(new JwtAuthenticationOptions { Keys = Keys });
        string answer = await Around.AskAsync(
            Around.Handle(Around.SayUser, scheme), $"Authorization: Bearer {token}");
        Assert.StartsWith(
            "HTTP/1.1 401 Unauthorized\r\nDate: *\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n",
            answer,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_without_the_attack_comes_in()
    {
        JwtAuthentication scheme = JwtAuthentication.From(new JwtAuthenticationOptions { Keys = Keys });
        Handler handler = Around.Handle(Around.SayUser, scheme);
        string[] tokens =
        [
            JwtMaker.Rs256(Payload), JwtMaker.Es256(Payload), JwtMaker.Hs256(Payload),
            JwtMaker.Hs256(Payload, """{"alg":"HS256","kid":"h","jku":"https://evil.example","x5c":[]}"""),
        ];
        foreach (string token in tokens)
        {
            string answer = await Around.AskAsync(handler, $"Authorization: Bearer {token}");
            Assert.EndsWith("\r\n\r\neve", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Keys_that_are_too_weak_or_of_another_kind_are_refused()
    {
        using var small = RSA.Create(1024);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => JwtKey.Hmac(JwtAlgorithm.HS256, new byte[31]));
        Assert.Throws<ArgumentException>(() => JwtKey.Hmac(JwtAlgorithm.HS384, new byte[47]));
        Assert.Throws<ArgumentException>(() => JwtKey.Hmac(JwtAlgorithm.HS512, new byte[63]));
        Assert.Throws<ArgumentException>(() => JwtKey.Hmac(JwtAlgorithm.HS512, new byte[1025]));
        Assert.Throws<ArgumentException>(() => JwtKey.Hmac(JwtAlgorithm.RS256, JwtMaker.Secret));
        Assert.Throws<ArgumentException>(() => JwtKey.Rsa(JwtAlgorithm.RS256, small));
        Assert.Throws<ArgumentException>(() => JwtKey.Rsa(JwtAlgorithm.HS256, JwtMaker.Rsa));
        Assert.Throws<ArgumentException>(() => JwtKey.Rsa(JwtAlgorithm.ES256, JwtMaker.Rsa));
        Assert.Throws<ArgumentException>(() => JwtKey.Ecdsa(JwtAlgorithm.ES256, other));
        Assert.Throws<ArgumentException>(() => JwtKey.Ecdsa(JwtAlgorithm.RS256, JwtMaker.P256));
        Assert.Throws<ArgumentException>(() => JwtKey.FromPem(JwtAlgorithm.RS256, "no key"));
        Assert.NotNull(JwtKey.Ecdsa(JwtAlgorithm.ES384, other));
        Assert.NotNull(JwtKey.Hmac(JwtAlgorithm.HS384, new byte[48]));
    }

    private static string Confused(string header) =>
        JwtMaker.Sign(header, Payload, data => HMACSHA256.HashData(Encoding.ASCII.GetBytes(PublicPem), data));

    private static string Beyond() => Base64Url.EncodeToString(Enumerable.Repeat((byte)255, 64).ToArray());

    private static byte[] Ones() => [.. new byte[31], 1];

    private static byte[] Der(byte[] data) =>
        JwtMaker.P256.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    private static string OwnKey()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters key = own.ExportParameters(false);
        string x = Base64Url.EncodeToString(key.Q.X);
        string y = Base64Url.EncodeToString(key.Q.Y);
        string header =
            $$$"""{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"{{{x}}}","y":"{{{y}}}"}}""";
        return JwtMaker.Sign(header, Payload, data => own.SignData(data, HashAlgorithmName.SHA256));
    }

    /// <summary>Of the last character of 64 octets, the lower four bits count for nothing.</summary>
    private static string OtherLast(string token) =>
        token[..^1] + (token[^1] switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', _ => 'x' });
}
