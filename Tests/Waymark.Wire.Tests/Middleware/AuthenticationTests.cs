using System.Text;
using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Basic, bearer and API-key authentication: who comes in, who does not, and what they are told.</summary>
public sealed class AuthenticationTests
{
    private const string Token = "mF_9.B5f-4.1JqM";
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string BasicChallenge = "Basic realm=\"restricted\", charset=\"UTF-8\"";

    private static readonly BasicAuthentication Basic = BasicAuthentication.From(new BasicAuthenticationOptions
    {
        Users = new Dictionary<string, string>
        {
            ["Aladdin"] = "open sesame",
            ["test"] = "123\u00A3",
            ["a"] = "b:c",
        },
    });

    private static readonly BearerAuthentication Bearer = BearerAuthentication.From(new BearerAuthenticationOptions
    {
        Tokens = new Dictionary<string, Principal> { [Token] = new("backup"), ["abc="] = new("padded") },
    });

    private static readonly ApiKeyAuthentication ApiKey = ApiKeyAuthentication.From(new ApiKeyAuthenticationOptions
    {
        Query = "key",
        Keys = new Dictionary<string, Principal> { [Key] = new("till"), ["a key/with+signs"] = new("odd") },
    });

    /// <summary>The examples of RFC 7617 sections 2 and 2.1, and what else is right.</summary>
    [Theory]
    [InlineData("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin")]
    [InlineData("Authorization: Basic dGVzdDoxMjPCow==", "test")]
    [InlineData("authorization: bAsIc QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin")]
    [InlineData("Authorization: Basic   QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin")]
    [InlineData("Authorization: Basic YTpiOmM=", "a")]
    public async Task Basic_lets_a_user_in(string field, string name) =>
        Assert.Equal(name, BodyOf(await Around.AskAsync(Around.Handle(Around.SayUser, Basic), field)));

    public static TheoryData<string> WrongBasic =>
    [
        "Authorization: Basic " + Encode("Aladdin:wrong"),
        "Authorization: Basic " + Encode("Nobody:open sesame"),
        "Authorization: Basic " + Encode("aladdin:open sesame"),
        "Authorization: Basic " + Encode("Aladdin:open sesame "),
        "Authorization: Basic " + Encode("Aladdin:"),
        "Authorization: Basic " + Encode(":open sesame"),
        "Authorization: Basic " + Encode("Aladdin"),
        "Authorization: Basic " + Encode("Aladdin:open\0sesame"),
        "Authorization: Basic " + Encode(new string('a', 3000)),
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ",
        "Authorization: Basic QWxhZGRpbjpvcGVu IHNlc2FtZQ==",
        "Authorization: Basic QWxhZGRpbjpvcGVu\tIHNlc2FtZQ==",
        "Authorization: Basic Q!xhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Authorization: Basic",
        "Authorization: BasicQWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Authorization: Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Authorization: Digest x\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "X: y",
    ];

    [Theory]
    [MemberData(nameof(WrongBasic))]
    public async Task Basic_answers_everything_else_alike(string field)
    {
        int calls = 0;
        string answer = await Around.AskAsync(
            Around.Handle(_ => throw new InvalidOperationException($"{++calls}"), Basic), field);
        Assert.Equal(Refusal(BasicChallenge), answer);
        Assert.Equal(0, calls);
    }

    [Theory]
    [InlineData("Authorization: Bearer mF_9.B5f-4.1JqM", "backup")]
    [InlineData("Authorization: bearer abc=", "padded")]
    public async Task Bearer_lets_a_known_token_in(string field, string name) =>
        Assert.Equal(name, BodyOf(await Around.AskAsync(Around.Handle(Around.SayUser, Bearer), field)));

    /// <summary>RFC 6750 section 3: no error where no token was sent, invalid_token where one was.</summary>
    [Theory]
    [InlineData("X: y", "Bearer")]
    [InlineData("Authorization: Basic YTpi", "Bearer")]
    [InlineData("Authorization: Bearer mF_9.B5f-4.1JqN", "Bearer error=\"invalid_token\"")]
    [InlineData("Authorization: Bearer mF_9.B5f-4.1Jq", "Bearer error=\"invalid_token\"")]
    [InlineData("Authorization: Bearer mF_9.B5f-4.1JqM extra", "Bearer error=\"invalid_token\"")]
    [InlineData("Authorization: Bearer", "Bearer error=\"invalid_token\"")]
    [InlineData("Authorization: Bearer =", "Bearer error=\"invalid_token\"")]
    [InlineData("Authorization: Bearer a,b", "Bearer error=\"invalid_token\"")]
    public async Task Bearer_refuses_what_is_no_known_token(string field, string challenge) =>
        Assert.Equal(Refusal(challenge), await Around.AskAsync(Around.Handle(Around.SayUser, Bearer), field));

    [Fact]
    public async Task A_bearer_token_in_the_query_is_not_looked_at() => Assert.Equal(
        Refusal("Bearer"), await Around.AskAsync(Around.Handle(Around.SayUser, Bearer), "", $"/?access_token={Token}"));

    [Theory]
    [InlineData("X-Api-Key: " + Key, "/", "till")]
    [InlineData("x-api-key:\t" + Key, "/?key2=1", "till")]
    [InlineData("", "/?a=b&key=" + Key, "till")]
    [InlineData("", "/?%6Bey=a+key%2Fwith%2bsigns", "odd")]
    [InlineData("X-Api-Key: a key/with+signs", "/", "odd")]
    public async Task An_api_key_is_found_in_field_and_query(string field, string target, string name) =>
        Assert.Equal(name, BodyOf(await Around.AskAsync(Around.Handle(Around.SayUser, ApiKey), field, target)));

    [Theory]
    [InlineData("", "/")]
    [InlineData("X-Api-Key: 0123456789abcdef0123456789abcdee", "/")]
    [InlineData("X-Api-Key:", "/")]
    [InlineData("X-Api-Key: " + Key + "\r\nX-Api-Key: " + Key, "/")]
    [InlineData("X-Api-Key: " + Key, "/?key=" + Key)]
    [InlineData("", "/?key=" + Key + "&key=x")]
    [InlineData("", "/?KEY=" + Key)]
    [InlineData("Cookie: key=" + Key, "/")]
    [InlineData("", "/?key=%zz")]
    public async Task Every_other_api_key_is_refused(string field, string target)
    {
        string answer = await Around.AskAsync(Around.Handle(Around.SayUser, ApiKey), field, target);
        if (target.Contains("%zz", StringComparison.Ordinal))
            Assert.StartsWith("HTTP/1.1 40", answer, StringComparison.Ordinal);
        else
            Assert.Equal(Refusal("ApiKey realm=\"restricted\", header=\"X-Api-Key\", query=\"key\""), answer);
    }

    [Fact]
    public async Task A_delegate_is_asked_for_what_the_fixed_set_does_not_hold_and_may_take_its_time()
    {
        var asked = new List<string>();
        Handler handler = Around.Handle(Around.SayUser, Authentication.Required(
            BasicAuthentication.From(new BasicAuthenticationOptions
            {
                Validate = async (_, name, password) =>
                {
                    await Task.Yield();
                    asked.Add($"{name}/{password}");
                    return password == "r\u00E9" ? new Principal(name) : null;
                },
            }),
            BearerAuthentication.From(new BearerAuthenticationOptions
            {
                Tokens = new Dictionary<string, Principal> { ["fixed"] = new("fixed") },
                Validate = async (exchange, token) =>
                {
                    await Task.Yield();
                    asked.Add(token);
                    return token == "good" && exchange.Request.Method == "GET" ? new Principal("later") : null;
                },
            })));

        Assert.Equal("ada", BodyOf(await Around.AskAsync(handler, "Authorization: Basic " + Encode("ada:r\u00E9"))));
        Assert.Equal("later", BodyOf(await Around.AskAsync(handler, "Authorization: Bearer good")));
        Assert.Equal("fixed", BodyOf(await Around.AskAsync(handler, "Authorization: Bearer fixed")));
        Assert.Equal(
            Refusal(BasicChallenge, "Bearer error=\"invalid_token\""),
            await Around.AskAsync(handler, "Authorization: Bearer bad"));
        Assert.Equal(
            Refusal(BasicChallenge, "Bearer"), await Around.AskAsync(handler, "Authorization: Basic " + Encode("a:b")));
        // Not UTF-8: nobody is asked.
        Assert.Equal(
            Refusal(BasicChallenge, "Bearer"), await Around.AskAsync(handler, "Authorization: Basic YTr/"));
        Assert.Equal(["ada/r\u00E9", "good", "bad", "a/b"], asked);
    }

    [Fact]
    public async Task A_user_of_one_request_is_not_that_of_the_next_on_the_connection()
    {
        Handler handler = Around.Handle(Around.SayUser, Authentication.Optional(Bearer));
        WireAnswer answer = await Engine.PlayAsync(
            Around.Request($"Authorization: Bearer {Token}") + Around.Request(""), handler: handler);
        Assert.Equal(["backup", "nobody"], answer.Text.Split("\r\n\r\n").Skip(1).Select(text => text.Split("HTTP")[0]));
    }

    [Fact]
    public async Task Optional_schemes_let_everybody_in_and_tell_later_what_was_wrong()
    {
        IMiddleware optional = Authentication.Optional(Basic, Bearer);
        Assert.Equal("nobody", BodyOf(await Around.AskAsync(
            Around.Handle(Around.SayUser, optional), "Authorization: Bearer x")));
        Assert.Equal("Aladdin", BodyOf(await Around.AskAsync(
            Around.Handle(Around.SayUser, optional), "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")));
        Assert.Equal(
            Refusal(BasicChallenge, "Bearer error=\"invalid_token\""),
            await Around.AskAsync(Around.Handle(Authentication.Challenge, optional), "Authorization: Bearer x"));
    }

    [Fact]
    public async Task An_inner_demand_stands_beside_an_outer_one()
    {
        Handler handler = Around.Handle(Around.SayUser, ApiKey, Basic);
        Assert.Equal("Aladdin", BodyOf(await Around.AskAsync(
            handler, $"X-Api-Key: {Key}\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")));
        Assert.StartsWith(
            "HTTP/1.1 401 ", await Around.AskAsync(handler, $"X-Api-Key: {Key}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_known_comes_in_without_an_allocation()
    {
        IMiddleware all = Authentication.Required(Basic, Bearer, ApiKey);
        Handler handler = Around.Handle(static exchange => ValueTask.CompletedTask, all);
        Assert.Equal(0, Around.Allocated(
            handler, Around.Request("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")));
        Assert.Equal(0, Around.Allocated(handler, Around.Request($"Authorization: Bearer {Token}")));
        Assert.Equal(0, Around.Allocated(handler, Around.Request($"X-Api-Key: {Key}")));
        Assert.Equal(0, Around.Allocated(handler, Around.Request("", $"/?key={Key}")));
    }

    [Fact]
    public void Options_are_checked_all_at_once_and_no_secret_is_told()
    {
        var basic = Assert.Throws<OptionsException>(() => BasicAuthentication.From(new BasicAuthenticationOptions
        {
            Realm = "a\"b",
            Users = new Dictionary<string, string> { ["a:b"] = "c", ["d"] = "", ["e\n"] = "f", ["g"] = "hunter2\0" },
        }));
        Assert.Equal(5, basic.Problems.Count);
        Assert.DoesNotContain("hunter2", basic.Message, StringComparison.Ordinal);
        var bearer = Assert.Throws<OptionsException>(() => BearerAuthentication.From(new BearerAuthenticationOptions
        {
            Realm = "\u00E9",
            Tokens = new Dictionary<string, Principal> { ["hunter 2"] = new("a"), [""] = new("b"), ["c"] = null! },
            TokenBytesMax = 15,
        }));
        Assert.Equal(5, bearer.Problems.Count);
        Assert.DoesNotContain("hunter", bearer.Message, StringComparison.Ordinal);
        var key = Assert.Throws<OptionsException>(() => ApiKeyAuthentication.From(new ApiKeyAuthenticationOptions
        {
            Header = "X Key",
            Query = "",
            Realm = null!,
            KeyBytesMax = 4097,
        }));
        Assert.Equal(4, key.Problems.Count);
        Assert.Single(Assert.Throws<OptionsException>(() => BasicAuthentication.From(new())).Problems);
        Assert.Single(Assert.Throws<OptionsException>(() => BearerAuthentication.From(new())).Problems);
        Assert.Single(Assert.Throws<OptionsException>(() => ApiKeyAuthentication.From(new())).Problems);
        Assert.Throws<ArgumentException>(() => Authentication.Required());
        Assert.Throws<ArgumentException>(() => Authentication.Optional(Basic, null!));
        Assert.Throws<ArgumentException>(() => new Principal(""));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public async Task A_token_longer_than_the_limit_is_nobodys(int length, bool isTaken)
    {
        BearerAuthentication scheme = BearerAuthentication.From(new BearerAuthenticationOptions
        {
            Validate = (_, token) => ValueTask.FromResult<Principal?>(new Principal("any")),
            TokenBytesMax = 16,
        });
        string answer = await Around.AskAsync(
            Around.Handle(Around.SayUser, scheme), "Authorization: Bearer " + new string('a', length));
        Assert.StartsWith(isTaken ? "HTTP/1.1 200 " : "HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    private static string Refusal(params string[] challenges)
    {
        const string Body =
            "{\"type\":\"urn:waymark:problem:unauthorized\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Credentials are missing or not valid.\"}";
        string fields = string.Concat(challenges.Select(challenge => $"WWW-Authenticate: {challenge}\r\n"));
        return $"HTTP/1.1 401 Unauthorized\r\nDate: *\r\n{fields}Content-Type: application/problem+json\r\n"
            + $"Content-Length: {Body.Length}\r\n\r\n{Body}";
    }

    private static string BodyOf(string answer)
    {
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    private static string Encode(string pair) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}
