using Waymark.Wire.Tests.Support;

namespace Waymark.Wire.Tests.Middleware;

/// <summary>Who may go on: 401 for who is not known, 403 for who is and may not.</summary>
public sealed class AuthorizationTests
{
    private static readonly IMiddleware Known = Authentication.Optional(
        BearerAuthentication.From(new BearerAuthenticationOptions
        {
            Tokens = new Dictionary<string, Principal>
            {
                ["plain"] = new("plain"),
                ["reader"] = new("reader") { Scopes = ["read"] },
                ["writer"] = new("writer") { Scopes = ["read", "write"], Roles = ["clerk"] },
                ["upper"] = new("upper") { Scopes = ["READ", "WRITE"], Roles = ["CLERK"] },
            },
        }));

    [Theory]
    [InlineData("plain", 200, 403, 403)]
    [InlineData("reader", 200, 403, 403)]
    [InlineData("writer", 200, 200, 200)]
    [InlineData("upper", 200, 403, 403)]
    [InlineData("wrong", 401, 401, 401)]
    [InlineData("", 401, 401, 401)]
    public async Task Requirements_are_met_or_not(string token, int user, int scope, int role)
    {
        string field = token.Length == 0 ? "" : $"Authorization: Bearer {token}";
        Assert.Equal(user, await AskAsync(field, new RequireUserAttribute()));
        Assert.Equal(scope, await AskAsync(field, new RequireScopeAttribute("read", "write")));
        Assert.Equal(role, await AskAsync(field, new RequireRoleAttribute("manager", "clerk")));
    }

    [Fact]
    public async Task Requirements_add_up()
    {
        const string Reader = "Authorization: Bearer reader";
        Assert.Equal(200, await AskAsync(Reader, new RequireUserAttribute(), new RequireScopeAttribute("read")));
        var read = new RequireScopeAttribute("read");
        var write = new RequireScopeAttribute("write");
        Assert.Equal(403, await AskAsync(Reader, read, write));
        Assert.Equal(403, await AskAsync(Reader, write, read));
    }

    [Fact]
    public async Task A_401_asks_for_credentials_and_a_403_names_the_scopes()
    {
        Handler handler = Around.Handle(Around.SayUser, Known, new RequireScopeAttribute("read", "write"));
        Assert.Contains(
            "\r\nWWW-Authenticate: Bearer\r\n", await Around.AskAsync(handler, ""), StringComparison.Ordinal);
        Assert.Contains(
            "\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n",
            await Around.AskAsync(handler, "Authorization: Bearer wrong"),
            StringComparison.Ordinal);
        string forbidden = await Around.AskAsync(handler, "Authorization: Bearer plain");
        Assert.Contains(
            "\r\nWWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"read write\"\r\n",
            forbidden,
            StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"This needs the scope read write.\"", forbidden, StringComparison.Ordinal);

        // Where no bearer token is taken, nobody would know that error.
        string plain = await Around.AskAsync(
            Around.Handle(
                Around.SayUser, new Finder(new Principal("ada")), new RequireScopeAttribute("read")),
            "");
        Assert.StartsWith("HTTP/1.1 403 ", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("WWW-Authenticate", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_401_asks_for_something_also_where_the_program_finds_its_users() => Assert.Contains(
        "\r\nWWW-Authenticate: Unspecified\r\n",
        await Around.AskAsync(Around.Handle(Around.SayUser, new RequireUserAttribute()), ""),
        StringComparison.Ordinal);

    [Fact]
    public void Who_may_go_on_does_so_without_an_allocation()
    {
        Handler handler = Around.Handle(
            static _ => ValueTask.CompletedTask,
            Known, new RequireUserAttribute(), new RequireScopeAttribute("write"), new RequireRoleAttribute("clerk"));
        Assert.Equal(0, Around.Allocated(handler, Around.Request("Authorization: Bearer writer")));
    }

    [Fact]
    public void Scopes_and_roles_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new RequireScopeAttribute());
        Assert.Throws<ArgumentException>(() => new RequireScopeAttribute("a b"));
        Assert.Throws<ArgumentException>(() => new RequireScopeAttribute("a\"b"));
        Assert.Throws<ArgumentException>(() => new RequireScopeAttribute("a", ""));
        Assert.Throws<ArgumentException>(() => new RequireRoleAttribute());
        Assert.Throws<ArgumentException>(() => new RequireRoleAttribute(""));
    }

    private static async Task<int> AskAsync(string field, params IMiddleware[] requirements)
    {
        string answer = await Around.AskAsync(Around.Handle(Around.SayUser, [Known, .. requirements]), field);
        return int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class Finder(Principal user) : IMiddleware
    {
        public Handler Wrap(Handler next, ServerContext server) => exchange =>
        {
            exchange.User = user;
            return next(exchange);
        };
    }
}
