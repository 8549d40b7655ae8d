using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Waymark.Middleware;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Keys out of JWKS documents, given and fetched, and the tokens that are remembered.</summary>
public sealed class JwtKeyTests
{
    private const string Payload = """{"sub":"ada","exp":1900000000}""";

    private static readonly string P256 = Jwk(JwtMaker.P256, "e");

    /// <summary>A member of "keys" and how many usable keys it is; -1 for a document that is refused.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("{EC}", 1)]
    [InlineData("{EC,\"use\":\"sig\",\"alg\":\"ES256\",\"key_ops\":[\"verify\"]}", 1)]
    [InlineData("{EC,\"use\":\"enc\"}", 0)]
    [InlineData("{EC,\"alg\":\"ES384\"}", 0)]
    [InlineData("{EC,\"alg\":\"ECDH-ES\"}", 0)]
    [InlineData("{EC,\"key_ops\":[\"sign\"]}", 0)]
    [InlineData("{EC,\"key_ops\":\"verify\"}", 0)]
    [InlineData("{EC,\"kty\":\"EC\"}", -1)]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}", -1)]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\"}", -1)]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}", -1)]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AAAA\",\"y\":\"AAAA\"}", 0)]
    [InlineData("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}", 0)]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}", -1)]
    [InlineData("{\"kty\":\"oct\",\"k\":\"AAAA\"}", 0)]
    [InlineData("{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"AAAA\"}", -1)]
    [InlineData("{\"kty\":\"oct\",\"alg\":\"RS256\",\"k\":\"AAAA\"}", 0)]
    [InlineData("7,null,[],\"EC\",{}", 0)]
    [InlineData("{\"kty\":7}", 0)]
    public void A_document_is_read(string members, int count)
    {
        string text = members.Replace("EC,", P256[1..^1] + ",", StringComparison.Ordinal)
            .Replace("{EC}", P256, StringComparison.Ordinal);
        byte[] document = Encoding.UTF8.GetBytes($"{{\"keys\":[{text}]}}");
        if (count < 0)
            Assert.Throws<FormatException>(() => JwtKey.FromJwks(document));
        else
            Assert.Equal(count, JwtKey.FromJwks(document).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("{\"keys\":[]}x")]
    public void What_is_no_document_is_refused(string document) =>
        Assert.Throws<FormatException>(() => JwtKey.FromJwks(Encoding.UTF8.GetBytes(document)));

    [Fact]
    public void A_document_has_its_limits()
    {
        Assert.Equal(256, JwtKey.FromJwks(Keys(Enumerable.Repeat(P256, 256))).Count);
        Assert.Throws<FormatException>(() => JwtKey.FromJwks(Keys(Enumerable.Repeat(P256, 257))));
        byte[] padded = [.. Keys([]), .. Enumerable.Repeat((byte)' ', 256 * 1024)];
        Assert.Throws<FormatException>(() => JwtKey.FromJwks(padded));
        Assert.Empty(JwtKey.FromJwks(padded.AsSpan(0, 256 * 1024)));
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_all_who_wait_and_anew_for_a_name_that_is_not_known()
    {
        using var rotated = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var time = new ManualTimeProvider();
        var documents = new Queue<byte[]>([Keys([P256]), Keys([Jwk(rotated, "new")])]);
        int fetches = 0;
        Handler handler = Around.Handle(Around.Context(time), Around.SayUser, JwtAuthentication.From(new()
        {
            FetchKeys = _ =>
            {
                fetches++;
                return Task.FromResult(documents.Dequeue());
            },
        }));
        string known = JwtMaker.Es256(Payload);
        string later = JwtMaker.Sign(
            """{"alg":"ES256","kid":"new"}""", Payload, data => rotated.SignData(data, HashAlgorithmName.SHA256));
        Assert.Equal(0, fetches);
        int[] statuses = await Task.WhenAll(Ask(handler, known), Ask(handler, known), Ask(handler, known));
        Assert.Equal([200, 200, 200], statuses);
        Assert.Equal(1, fetches);

        // Just fetched: no token makes it fetch again at once.
        Assert.Equal(401, await Ask(handler, later));
        Assert.Equal(1, fetches);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, await Ask(handler, later));
        Assert.Equal(2, fetches);

        // What the old key signed is remembered no longer than the key.
        Assert.Equal(401, await Ask(handler, known));
    }

    [Fact]
    public async Task Keys_that_cannot_be_fetched_anew_stay_and_it_is_logged()
    {
        var time = new ManualTimeProvider();
        var logger = new ListLogger();
        var refetched = new TaskCompletionSource();
        int fetches = 0;
        ServerContext context = Context(time, logger);
        Handler handler = Around.Handle(context, Around.SayUser, JwtAuthentication.From(new()
        {
            RefreshKeysAfter = TimeSpan.FromMinutes(1),
            FetchKeys = _ =>
            {
                if (++fetches == 1)
                    return Task.FromResult(Keys([P256]));
                refetched.TrySetResult();
                throw new HttpRequestException("down");
            },
        }));
        string token = JwtMaker.Es256(Payload);
        Assert.Equal(200, await Ask(handler, token));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, await Ask(handler, token));
        await refetched.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(200, await Ask(handler, token));
        Assert.Equal(2, fetches);
    }

    [Fact]
    public async Task Until_keys_have_come_nobody_is_told_that_the_token_is_wrong()
    {
        var logger = new ListLogger();
        var time = new ManualTimeProvider();
        bool isUp = false;
        Handler handler = Around.Handle(
            Context(time, logger), Around.SayUser, JwtAuthentication.From(new()
            {
                FetchKeys = _ => Task.FromResult(isUp ? Keys([P256]) : Encoding.UTF8.GetBytes("<html>")),
            }));
        string token = JwtMaker.Es256(Payload);
        Assert.Equal(503, await Ask(handler, token));
        Assert.Single(logger.Events, logged => logged.Id == 1451);
        time.Advance(TimeSpan.FromSeconds(10));
        isUp = true;
        Assert.Contains(
            "\r\nRetry-After: 20\r\n", await Around.AskAsync(handler, $"Authorization: Bearer {token}"),
            StringComparison.Ordinal);
        Assert.Equal(401, await Ask(handler, token[..^5])); // No key would make it right.
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, await Ask(handler, token));
    }

    [Fact]
    public async Task A_secret_in_a_fetched_document_verifies_nothing()
    {
        string secret = $"{{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"{Base64Url.EncodeToString(JwtMaker.Secret)}\"}}";
        Assert.Single(JwtKey.FromJwks(Keys([secret])));
        Handler handler = Around.Handle(Around.SayUser, JwtAuthentication.From(new()
        {
            FetchKeys = _ => Task.FromResult(Keys([secret])),
        }));
        Assert.Equal(401, await Ask(handler, JwtMaker.Hs256(Payload)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    public void No_more_tokens_are_remembered_than_the_limit_and_those_in_use_stay(int countMax)
    {
        var cache = new TokenCache(countMax);
        var token = new AcceptedToken(new Principal("a"), 1, []);
        TokenHash used = TokenCache.HashOf("used"u8);
        cache.Add(used, token);
        for (int index = 0; index < 1000; index++)
        {
            cache.Add(TokenCache.HashOf(Encoding.ASCII.GetBytes($"{index}")), token);
            Assert.InRange(cache.Count, 1, Math.Max(2, countMax));
            if (countMax > 2)
                Assert.True(cache.TryGet(used, out _), $"after {index}");
        }

        Assert.False(cache.TryGet(TokenCache.HashOf("0"u8), out _));
    }

    private static ServerContext Context(TimeProvider time, ILogger logger)
    {
        ServerContext plain = Around.Context(time);
        return new ServerContext
        {
            Logger = logger,
            TimeProvider = time,
            Services = plain.Services,
            Routes = plain.Routes,
            Stopping = CancellationToken.None,
        };
    }

    private static async Task<int> Ask(Handler handler, string token)
    {
        string answer = await Around.AskAsync(handler, $"Authorization: Bearer {token}");
        return int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Keys(IEnumerable<string> keys) =>
        Encoding.UTF8.GetBytes($"{{\"keys\":[{string.Join(',', keys)}]}}");

    private static string Jwk(ECDsa key, string id)
    {
        ECPoint point = key.ExportParameters(false).Q;
        return $"{{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"{id}\",\"x\":\"{Base64Url.EncodeToString(point.X)}\",\"y\":\"{Base64Url.EncodeToString(point.Y)}\"}}";
    }
}
