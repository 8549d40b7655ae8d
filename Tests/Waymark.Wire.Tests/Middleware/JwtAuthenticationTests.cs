using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Waymark.Tests.Support;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Whose JWT comes in, by signature, time and parties; the cache and the fetched keys.</summary>
public sealed class JwtAuthenticationTests
{
    private const string Invalid = "Bearer error=\"invalid_token\"";
    private const string Expired = "Bearer error=\"invalid_token\", error_description=\"The token has expired.\"";

    // 2026-03-01T09:30:00Z, where the manual time stands still.
    private const long Now = 1_772_357_400;

    private static readonly JwtKey Hmac = JwtKey.Hmac(JwtAlgorithm.HS256, JwtMaker.Secret);

    private static readonly JwtAuthenticationOptions Plain = new() { Keys = [Hmac] };

    [Fact]
    public async Task A_token_of_each_kind_of_key_lets_its_user_in()
    {
        JwtAuthentication scheme = JwtAuthentication.From(new JwtAuthenticationOptions
        {
            Keys =
            [
                Hmac,
                JwtKey.FromPem(JwtAlgorithm.RS256, JwtMaker.Rsa.ExportSubjectPublicKeyInfoPem(), "r"),
                JwtKey.FromPem(JwtAlgorithm.ES256, JwtMaker.P256.ExportSubjectPublicKeyInfoPem(), "e"),
                JwtKey.Rsa(JwtAlgorithm.PS512, JwtMaker.Rsa, "p"),
                JwtKey.Hmac(JwtAlgorithm.HS512, JwtMaker.Secret),
            ],
        });
        Handler handler = Around.Handle(Around.SayUser, scheme);
        string payload = Claims("");
        string[] tokens =
        [
            JwtMaker.Hs256(payload), JwtMaker.Rs256(payload), JwtMaker.Es256(payload),
            JwtMaker.Sign("""{"alg":"PS512"}""", payload, Pss),
            JwtMaker.Sign("""{"alg":"HS512"}""", payload, data => HMACSHA512.HashData(JwtMaker.Secret, data)),
        ];
        foreach (string token in tokens)
        {
            string answer = await Around.AskAsync(handler, $"Authorization: Bearer {token}");
            Assert.EndsWith("\r\n\r\nada", answer, StringComparison.Ordinal);
        }
    }

    /// <summary>Claims beside sub and exp, and what becomes of them: null for coming in.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData(",\"nbf\":1772357400,\"iat\":1772357400", null)]
    [InlineData(",\"nbf\":1772357460", null)]
    [InlineData(",\"nbf\":1772357461", Invalid)]
    [InlineData(",\"iat\":1772357460", null)]
    [InlineData(",\"iat\":1772357461", Invalid)]
    [InlineData(",\"nbf\":\"1772357400\"", Invalid)]
    [InlineData(",\"iat\":null", Invalid)]
    [InlineData(",\"nbf\":1e999", Invalid)]
    [InlineData(",\"aud\":\"somebody\"", Invalid)]
    [InlineData(",\"aud\":[]", Invalid)]
    [InlineData(",\"iss\":\"anybody\"", null)]
    [InlineData(",\"sub\":\"eve\"", Invalid)]
    [InlineData(",\"a\":{\"b\":1,\"\\u0062\":2}", Invalid)]
    [InlineData(",\"a\":\"\\ud800\"", Invalid)]
    [InlineData(",\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", Invalid)]
    [InlineData("}{\"a\":1", Invalid)]
    public async Task Claims_are_judged(string more, string? challenge) =>
        await AssertAnswerAsync(Plain, JwtMaker.Hs256(Claims(more)), challenge);

    /// <summary>The whole payload.</summary>
    [Theory]
    [InlineData("{\"sub\":\"ada\",\"exp\":1772357401}", null)]
    [InlineData("{\"sub\":\"ada\",\"exp\":1772357340.5}", null)]
    [InlineData("{\"sub\":\"ada\",\"exp\":1772357340}", Expired)]
    [InlineData("{\"sub\":\"ada\",\"exp\":1}", Expired)]
    [InlineData("{\"sub\":\"ada\",\"exp\":-1e300}", Expired)]
    [InlineData("{\"sub\":\"ada\"}", Invalid)]
    [InlineData("{\"sub\":\"ada\",\"exp\":\"1772357401\"}", Invalid)]
    [InlineData("{\"sub\":\"ada\",\"exp\":1772357401,\"exp\":1772357402}", Invalid)]
    [InlineData("{\"exp\":1772357401}", Invalid)]
    [InlineData("{\"sub\":\"\",\"exp\":1772357401}", Invalid)]
    [InlineData("{\"sub\":7,\"exp\":1772357401}", Invalid)]
    [InlineData("[\"sub\"]", Invalid)]
    [InlineData("\"sub\"", Invalid)]
    [InlineData("", Invalid)]
    [InlineData("{\"sub\":\"ada\",\"exp\":1772357401} ", null)]
    [InlineData("{\"sub\":\"ada\",\"exp\":1772357401,}", Invalid)]
    [InlineData("\uFEFF{\"sub\":\"ada\",\"exp\":1772357401}", Invalid)]
    public async Task A_payload_is_judged(string payload, string? challenge) =>
        await AssertAnswerAsync(Plain, JwtMaker.Hs256(payload), challenge);

    [Theory]
    [InlineData("\"iss\":\"https://id.example\",\"aud\":\"shop\"", null)]
    [InlineData("\"iss\":\"https://id.example\",\"aud\":[\"other\",7,\"shop\"]", null)]
    [InlineData("\"iss\":\"https://id.example\"", Invalid)]
    [InlineData("\"iss\":\"https://id.example\",\"aud\":[\"other\"]", Invalid)]
    [InlineData("\"iss\":\"https://id.example\",\"aud\":{\"shop\":1}", Invalid)]
    [InlineData("\"iss\":\"https://id.example/\",\"aud\":\"shop\"", Invalid)]
    [InlineData("\"iss\":[\"https://id.example\"],\"aud\":\"shop\"", Invalid)]
    [InlineData("\"aud\":\"shop\"", Invalid)]
    public async Task Issuer_and_audience_have_to_be_the_named_ones(string parties, string? challenge) =>
        await AssertAnswerAsync(
            Plain with { Issuers = ["https://id.example"], Audiences = ["shop", "shop2"] },
            JwtMaker.Hs256(Claims("," + parties)),
            challenge);

    [Theory]
    [InlineData("at+jwt", null)]
    [InlineData("AT+JWT", null)]
    [InlineData("application/at+jwt", null)]
    [InlineData("JWT", Invalid)]
    [InlineData(null, Invalid)]
    public async Task The_type_has_to_be_the_one_that_is_asked_for(string? type, string? challenge)
    {
        string header = type is null ? """{"alg":"HS256"}""" : $$"""{"alg":"HS256","typ":"{{type}}"}""";
        await AssertAnswerAsync(Plain with { Type = "at+jwt" }, JwtMaker.Hs256(Claims(""), header), challenge);
        await AssertAnswerAsync(Plain, JwtMaker.Hs256(Claims(""), header), null);
    }

    [Fact]
    public async Task A_token_at_the_limit_of_its_length_is_read_and_one_beyond_is_not()
    {
        string token = JwtMaker.Hs256(Claims(""));
        await AssertAnswerAsync(Plain with { TokenBytesMax = token.Length }, token, null);
        await AssertAnswerAsync(Plain with { TokenBytesMax = token.Length - 1 }, token, Invalid);
    }

    [Fact]
    public async Task Scopes_roles_and_claims_are_the_users()
    {
        Principal? user = null;
        Handler handler = Around.Handle(
            exchange =>
            {
                user = exchange.User;
                return ValueTask.CompletedTask;
            },
            JwtAuthentication.From(Plain));
        string more = ",\"scope\":\"read write\",\"roles\":[\"clerk\",1],\"email\":\"ada@shop.example\",\"n\":7";
        await Around.AskAsync(handler, $"Authorization: Bearer {JwtMaker.Hs256(Claims(more))}");
        var known = Assert.IsType<JwtPrincipal>(user);
        Assert.Equal(["read", "write"], known.Scopes);
        Assert.Equal(["clerk"], known.Roles);
        Assert.Equal("ada@shop.example", known.FindText("email"));
        Assert.Null(known.FindText("n"));
        Assert.Equal(7, known.Claims.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task The_program_may_make_the_user_and_refuse_one()
    {
        JwtAuthenticationOptions options = Plain with
        {
            CreateUser = static claims => claims.TryGetProperty("id", out JsonElement id)
                ? new Principal(id.GetRawText()) : null,
        };
        Handler handler = Around.Handle(Around.SayUser, JwtAuthentication.From(options));
        Assert.EndsWith(
            "\r\n\r\n42",
            await Around.AskAsync(handler, $"Authorization: Bearer {JwtMaker.Hs256(Claims(",\"id\":42"))}"),
            StringComparison.Ordinal);
        await AssertAnswerAsync(options, JwtMaker.Hs256(Claims("")), Invalid);
    }

    [Fact]
    public async Task A_remembered_token_costs_no_allocation_and_ends_in_time()
    {
        var time = new ManualTimeProvider();
        int made = 0;
        JwtAuthentication scheme = JwtAuthentication.From(Plain with
        {
            CreateUser = _ => new Principal($"user {++made}"),
        });
        Handler handler = Around.Handle(Around.Context(time), Around.SayUser, scheme);
        string request = $"Authorization: Bearer {JwtMaker.Hs256(Claims(""))}";
        Handler quiet = Around.Handle(Around.Context(time), static _ => ValueTask.CompletedTask, scheme);
        Assert.Equal(0, Around.Allocated(quiet, Around.Request(request)));

        made = 0;
        handler = Around.Handle(Around.Context(time), Around.SayUser, scheme);
        for (int count = 0; count < 3; count++)
            Assert.EndsWith("user 1", await Around.AskAsync(handler, request), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(659.9));
        Assert.EndsWith("user 1", await Around.AskAsync(handler, request), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Contains(Expired, await Around.AskAsync(handler, request), StringComparison.Ordinal);
        Assert.Equal(1, made);
    }

    [Fact]
    public void Options_are_checked_all_at_once()
    {
        var e = Assert.Throws<OptionsException>(() => JwtAuthentication.From(new JwtAuthenticationOptions
        {
            Realm = "\"",
            RefreshKeysAfter = TimeSpan.Zero,
            Issuers = [""],
            Audiences = null!,
            Type = "application/jwt",
            ClockSkew = TimeSpan.FromHours(1),
            TokenBytesMax = 63,
            CachedTokensMax = -1,
        }));
        Assert.Equal(9, e.Problems.Count);
        Assert.Throws<ArgumentNullException>(() => JwtAuthentication.From(null!));
    }

    private static byte[] Pss(byte[] data) =>
        JwtMaker.Rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pss);

    private static string Claims(string more) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"sub\":\"ada\",\"exp\":{Now + 600}{more}}}");

    private static async Task AssertAnswerAsync(JwtAuthenticationOptions options, string token, string? challenge)
    {
        Handler handler = Around.Handle(Around.SayUser, JwtAuthentication.From(options));
        string answer = await Around.AskAsync(handler, $"Authorization: Bearer {token}");
        if (challenge is null)
        {
            Assert.EndsWith("\r\n\r\nada", answer, StringComparison.Ordinal);
            return;
        }

        Assert.StartsWith("HTTP/1.1 401 Unauthorized\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nWWW-Authenticate: {challenge}\r\n", answer, StringComparison.Ordinal);
    }
}
